import { sampleBindDn } from './sample-directory'
import { sampleDirectoryName, sampleProviders } from './sample-accounts'

const providers = [sampleProviders.id, sampleProviders.partner]

/** The demo's settings file: every way to sign in is on, and no secret is in it. */
export const demoProfile = `# The demo's sign-in. Its servers do not exist; the directory is tested against the sample file.
AUTH_METHOD=all

LDAP_HOST=ldaps://ldap.example.org
LDAP_BIND_DN=${sampleBindDn}
LDAP_BASE_DN=${sampleDirectoryName}
LDAP_USER_DN=ou=people
LDAP_GROUP_DN=ou=groups
LDAP_REQUIRED_GROUP=staff
LDAP_ADMIN_GROUP=admins
LDAP_HELPDESK_GROUP=helpdesk
LDAP_AUDITOR_GROUP=auditors

${providers
  .map(({ name, slug, issuer, clientId }, index) => {
    const prefix = `OIDC_PROVIDER_${index + 1}`
    return `${prefix}_NAME=${name}\n${prefix}_SLUG=${slug}\n${prefix}_ISSUER=${issuer}\n${prefix}_CLIENT_ID=${clientId}`
  })
  .join('\n\n')}
`

/** A second application, in its own names, to look at: nobody signs in by it. */
export const demoExaminedProfile = `# A to-do application's sign-in, as its own settings file says it.
AUTHDESK_APPLICATION=tududi
AUTHDESK_PRODUCTION=true
BASE_URL=https://todo.example.org
OIDC_ENABLED=true
PASSWORD_AUTH_ENABLED=false
OIDC_PROVIDER_NAME=Example ID
OIDC_PROVIDER_SLUG=example
OIDC_ISSUER_URL=https://id.example.org/realms/staff
OIDC_CLIENT_ID=todo
OIDC_SCOPE=openid profile email
OIDC_ADMIN_EMAIL_DOMAINS=example.org
`

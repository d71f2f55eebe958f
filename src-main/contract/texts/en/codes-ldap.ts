import type { LdapCode } from '../../errors'
import type { CodeText } from '../code-text'
import { ldapPersonCodeTexts } from './codes-ldap-person'

export const ldapCodeTexts = {
  LDAP_CONFIG_INVALID: {
    title: 'The directory settings are not complete',
    cause: 'A setting that the connection needs is missing, or two settings exclude each other.',
    next: 'Correct the setting that is named. LDAP_HOST, LDAP_BASE_DN, LDAP_BIND_DN and LDAP_BIND_PASSWORD are always needed, unless LDAP_ALLOW_ANONYMOUS is on.',
  },
  LDAP_DN_SYNTAX: {
    title: 'A name in the directory tree (DN) is not written correctly',
    cause:
      'A DN is a list of name=value parts separated by commas, such as ou=people,dc=example,dc=com. Commas, plus signs and quotes inside a value need a backslash.',
    next: 'Correct the DN at the position that is named.',
  },
  LDAP_FILTER_SYNTAX: {
    title: 'The filter is not written correctly',
    cause:
      'A filter is made of parentheses, such as (&(objectClass=person)(uid=ada)). Parentheses, asterisks and backslashes inside a value are written as \\28, \\29, \\2a and \\5c.',
    next: 'Correct LDAP_USER_FILTER at the position that is named.',
  },
  LDAP_DNS_NOT_FOUND: {
    title: 'The name of the directory server is not known',
    cause: 'The name service has no address for LDAP_HOST, or did not answer.',
    next: 'Check the spelling of LDAP_HOST. If it is right, check the name service (DNS) and any VPN of this computer.',
  },
  LDAP_CONNECT_REFUSED: {
    title: 'The server refuses the connection',
    cause: 'The computer is there, but nothing listens on this port, or a firewall rejects it at once.',
    next: 'Check LDAP_PORT (usually 389, or 636 for LDAPS) and whether the directory service is running.',
  },
  LDAP_CONNECT_TIMEOUT: {
    title: 'The server does not answer in time',
    cause:
      'Packets are lost on the way, often in a firewall, or the server is overloaded, or the port waits for something else.',
    next: 'Check host, port and firewall. If the server is only slow, raise LDAP_TIMEOUT.',
  },
  LDAP_UNREACHABLE: {
    title: 'There is no way to the server',
    cause: 'This computer’s network has no route to the address, or is not allowed to use it.',
    next: 'Check the network connection, the VPN and the address of the server.',
  },
  LDAP_TLS_ON_PLAIN_PORT: {
    title: 'The port speaks LDAP without encryption, but LDAPS was asked for',
    cause: 'LDAP_USE_SSL starts encryption at once; this port answers unencrypted LDAP.',
    next: 'Use the LDAPS port (usually 636), or LDAP_USE_TLS=true in place of LDAP_USE_SSL for StartTLS on this port.',
  },
  LDAP_PLAIN_ON_TLS_PORT: {
    title: 'The port expects encryption at once, but plain LDAP was sent',
    cause: 'This is an LDAPS port; StartTLS and unencrypted LDAP do not work on it.',
    next: 'Set LDAP_USE_SSL=true for this port, or use the plain port (usually 389) with LDAP_USE_TLS=true.',
  },
  LDAP_STARTTLS_REFUSED: {
    title: 'The server refuses to encrypt with StartTLS',
    cause: 'StartTLS is not set up on the server, often because it has no certificate.',
    next: 'Have a certificate installed on the directory server, or use LDAPS (LDAP_USE_SSL=true, usually port 636).',
  },
  LDAP_TLS_SELF_SIGNED: {
    title: 'The server’s certificate is signed by itself',
    cause: 'No authority vouches for it, so nobody can tell the real server from an impostor.',
    next: 'Give the server a certificate of your own authority, or, if its fingerprint is right, trust this certificate with LDAP_TLS_CA_CERT_FILE.',
  },
  LDAP_TLS_UNTRUSTED_CA: {
    title: 'The authority behind the server’s certificate is not trusted',
    cause:
      'The certificate leads to an authority that neither the bundled roots, nor the operating system, nor LDAP_TLS_CA_CERT_FILE contain.',
    next: 'Save the certificate of that authority (not the server’s) as a PEM file and name it in LDAP_TLS_CA_CERT_FILE.',
  },
  LDAP_TLS_MISSING_INTERMEDIATE: {
    title: 'The server leaves out an intermediate certificate',
    cause:
      'It sends only its own certificate; the one between it and the trusted authority is missing, so the chain has a gap.',
    next: 'Have the whole chain installed on the server: its certificate first, then the intermediate. Until then the intermediate can be added to LDAP_TLS_CA_CERT_FILE beside its root.',
  },
  LDAP_TLS_EXPIRED: {
    title: 'The server’s certificate has expired',
    cause:
      'Its period of validity, or that of an authority above it, is over; or this computer’s clock is ahead.',
    next: 'Have the certificate renewed on the server. Check the date of this computer.',
  },
  LDAP_TLS_NOT_YET_VALID: {
    title: 'The server’s certificate is not valid yet',
    cause: 'Its period of validity begins later; or this computer’s clock is behind.',
    next: 'Check the date of this computer, then the certificate’s first day.',
  },
  LDAP_TLS_HOSTNAME: {
    title: 'The server’s certificate is for another name',
    cause: 'The name in LDAP_HOST is not among the names that the certificate was made for.',
    next: 'Use one of the certificate’s names in LDAP_HOST, or set LDAP_TLS_SERVER_NAME to one if the server is reached by an address.',
  },
  LDAP_TLS_VERSION: {
    title: 'The server offers only outdated encryption',
    cause: 'No version of TLS from 1.2 on is common to both sides.',
    next: 'Have TLS 1.2 or 1.3 switched on at the directory server.',
  },
  LDAP_TLS_WEAK: {
    title: 'The server’s encryption is too weak',
    cause:
      'Its key, its signature or its ciphers are below what is considered safe, so no common ground is found.',
    next: 'Have a certificate with a stronger key (RSA 2048, EC 256 or more) and current ciphers set up on the server.',
  },
  LDAP_TLS_CLIENT_CERTIFICATE: {
    title: 'The server asks for a certificate of this computer',
    cause: 'The directory accepts only clients that show a certificate of their own; Authdesk has none.',
    next: 'Have client certificates made optional at the directory server (in OpenLDAP: TLSVerifyClient never or try).',
  },
  LDAP_CA_FILE: {
    title: 'The file of trusted certificates cannot be used',
    cause: 'The file in LDAP_TLS_CA_CERT_FILE is missing, may not be read, or holds no PEM certificate.',
    next: 'Check the path and its rights. The file must hold text blocks that begin with -----BEGIN CERTIFICATE-----.',
  },
  LDAP_NOT_LDAP: {
    title: 'What answers on this port is not a directory',
    cause: 'The bytes that came back are not LDAP; another service listens there.',
    next: 'Check LDAP_HOST and LDAP_PORT.',
  },
  LDAP_PLAINTEXT_FORBIDDEN: {
    title: 'The password would travel unencrypted',
    cause:
      'Neither LDAP_USE_SSL nor LDAP_USE_TLS is on and the server is not on this computer, so nothing secret was sent.',
    next: 'Set LDAP_USE_TLS=true (StartTLS) or LDAP_USE_SSL=true. LDAP_ALLOW_PLAINTEXT=true sends passwords readable for everyone on the way.',
  },
  LDAP_BIND_CREDENTIALS: {
    title: 'The directory does not accept the service account’s name or password',
    cause:
      'LDAP_BIND_DN does not exist, or LDAP_BIND_PASSWORD is not its password. The directory does not say which.',
    next: 'Check both. The name must be the whole DN, or in Active Directory name@domain.',
  },
  LDAP_BIND_DN_SYNTAX: {
    title: 'The directory cannot read the service account’s name',
    cause: 'LDAP_BIND_DN is not a DN such as cn=reader,dc=example,dc=com.',
    next: 'Write the whole DN of the service account; in Active Directory name@domain works too.',
  },
  LDAP_BIND_TLS_REQUIRED: {
    title: 'The directory accepts passwords only over an encrypted connection',
    cause: 'It is set up to refuse a sign-in with a password on a plain connection.',
    next: 'Set LDAP_USE_TLS=true (StartTLS) or LDAP_USE_SSL=true (LDAPS, usually port 636).',
  },
  LDAP_BIND_CHANNEL_BINDING: {
    title: 'The directory asks for channel binding',
    cause:
      'The domain controller demands a proof that ties the sign-in to its encrypted connection (LdapEnforceChannelBinding = 2), which a simple bind cannot give.',
    next: 'Have the domain controller’s setting changed to 1 (when supported), or use another domain controller.',
  },
  LDAP_ANONYMOUS_FORBIDDEN: {
    title: 'The directory does not let anonymous callers in',
    cause: 'It wants a service account before it answers.',
    next: 'Set LDAP_BIND_DN and LDAP_BIND_PASSWORD to an account that may read the directory.',
  },
  LDAP_EMPTY_PASSWORD_ACCEPTED: {
    title: 'The directory says yes to an empty password',
    cause: 'It treats a name without a password as an anonymous visitor and reports success.',
    next: 'Have unauthenticated binds switched off at the server. Authdesk itself never sends an empty password.',
  },
  LDAP_BASE_NOT_FOUND: {
    title: 'The place in the tree does not exist',
    cause:
      'The directory has no entry with the DN that is named, or does not show it to the service account.',
    next: 'Compare LDAP_BASE_DN, LDAP_USER_DN and LDAP_GROUP_DN with the naming contexts that the rootdse stage lists.',
  },
  LDAP_BASE_NOT_READABLE: {
    title: 'The service account may not read this place in the tree',
    cause: 'The entry exists, but the directory’s access rules hide it from LDAP_BIND_DN.',
    next: 'Have the service account given the right to read and search there.',
  },
  LDAP_NO_USERS: {
    title: 'No people are found',
    cause:
      'The base exists, but no entry below it has the class in LDAP_USER_OBJECT_CLASS and fits LDAP_USER_FILTER, or the service account may not see them.',
    next: 'Check LDAP_USER_DN, LDAP_USER_OBJECT_CLASS (inetOrgPerson, or user in Active Directory), LDAP_USER_FILTER and the account’s rights.',
  },
  LDAP_SIZE_LIMIT: {
    title: 'The directory returns only part of the entries',
    cause: 'Its limit for the number of entries was reached, so the number shown is only the least there is.',
    next: 'Have the limit for the service account raised, or paging allowed for it.',
  },
  LDAP_TIME_LIMIT: {
    title: 'The directory gave up the search',
    cause: 'Its own time limit was reached, often because the attribute searched for has no index.',
    next: 'Have the attributes of the filter indexed, or narrow LDAP_USER_DN.',
  },
  LDAP_ADMIN_LIMIT: {
    title: 'The directory’s limit for searches was exceeded',
    cause:
      'The page asked for is larger than the directory allows, or it would have to look through too many entries.',
    next: 'Lower LDAP_PAGE_SIZE, or have the limits for the service account raised.',
  },
  LDAP_BUSY: {
    title: 'The directory is too busy',
    cause: 'It is overloaded or in maintenance and says so.',
    next: 'Try again in a few minutes.',
  },
  LDAP_SERVER_ERROR: {
    title: 'The directory reports an error',
    cause: 'The answer is one that no setting explains; its own words are among the evidence.',
    next: 'Look at the directory’s log at this time.',
  },
  LDAP_PAGING_UNSUPPORTED: {
    title: 'The directory cannot answer page by page',
    cause: 'It does not know the control for paged results, or forbids it.',
    next: 'Have paging allowed for the service account; without it large directories are read only in part.',
  },
  LDAP_REFERRAL: {
    title: 'The directory sends us to another server',
    cause:
      'This server does not hold that part of the tree; Authdesk does not follow, so that no password goes astray.',
    next: 'Enter the server that is named as LDAP_HOST, or choose a base that this server holds.',
  },
  ...ldapPersonCodeTexts,
} as const satisfies Record<LdapCode, CodeText>

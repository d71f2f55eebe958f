/**
 * What is known about identity providers: where to click for a code, what they cannot do, and what their own words
 * mean. Sources: the vendors' documentation.
 */
export const ruleBookTexts = {
  product: {
    entra: {
      name: 'Microsoft Entra ID',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Entra admin center → App registrations → the application → Authentication → Add a platform → “Mobile and desktop applications”: add the shown redirect URI. There the port of localhost is not compared; 127.0.0.1 can only be added in the manifest.',
        OIDC_CLIENT_REJECTED:
          'App registrations → the application: compare “Application (client) ID”. With a secret: Certificates & secrets, where the value (not the secret ID) counts and has an end date. Without one: Authentication → “Allow public client flows” must be Yes.',
        OIDC_SCOPE_UNSUPPORTED:
          'Remove “groups” from the scopes: Entra has no such scope. Groups come by App registrations → Token configuration → Add groups claim.',
        OIDC_ISSUER_TEMPLATE:
          'App registrations → the application → Overview → “Directory (tenant) ID”: the issuer is https://login.microsoftonline.com/THAT-ID/v2.0.',
        OIDC_ISSUER_MISMATCH:
          'The issuer ends in /v2.0 and has the tenant’s ID, not its name. A token from sts.windows.net is one of version 1: set “requestedAccessTokenVersion” to 2 in the manifest.',
        OIDC_GROUPS_OVERAGE:
          'App registrations → Token configuration → Edit groups claim → “Groups assigned to the application”, or use application roles.',
        OIDC_NOT_ALLOWED_GROUP:
          'App registrations → Token configuration → Add groups claim. Entra sends the groups’ object IDs, not their names.',
        OIDC_EMAIL_UNVERIFIED:
          'Entra sends no email_verified. Link people by an administrator, or have xms_edov sent and verified addresses only.',
        OIDC_NO_EMAIL:
          'App registrations → Token configuration → Add optional claim → ID → email, or set OIDC_EMAIL_CLAIM to “preferred_username”.',
        OIDC_DISCOVERY_NOT_FOUND: 'Check the tenant’s ID in the issuer: Overview → “Directory (tenant) ID”.',
      },
      limits: {
        loopback:
          'Any port of http://localhost is accepted for “Mobile and desktop applications”; 127.0.0.1 only through the manifest.',
        groups: 'Groups come as object IDs, and only after “Add groups claim”.',
        overage: 'From 200 groups on the list is left out of the token.',
        emailVerified: 'email_verified is not sent.',
      },
    },
    keycloak: {
      name: 'Keycloak',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Admin console → the realm → Clients → the client → Settings → “Valid redirect URIs”: add the shown one; the port of a loopback address is not compared.',
        OIDC_CLIENT_REJECTED:
          'Clients → the client: “Client authentication” On needs the secret of the tab Credentials; Off is a public client without one.',
        OIDC_NOT_ALLOWED_GROUP:
          'Clients → the client → Client scopes → its dedicated scope → Add mapper → By configuration → “Group Membership”, token claim name “groups”; with “Full group path” names begin with a slash.',
        OIDC_SCOPE_UNSUPPORTED:
          'Client scopes: make the scope, then assign it to the client as Optional or Default.',
        OIDC_DISCOVERY_NOT_FOUND:
          'The issuer is https://HOST/realms/REALM. Before version 17 there was /auth before /realms.',
        OIDC_ISSUER_MISMATCH:
          'The issuer follows the public address: set the option “hostname” of the server to the one that people use.',
        OIDC_EMAIL_UNVERIFIED:
          'Users → the person → “Email verified”, or let people confirm it: Realm settings → Login → Verify email.',
        OIDC_SESSION_REVOKED:
          'Realm settings → Sessions: an offline session needs the scope offline_access and ends with “Offline Session Idle”.',
      },
      limits: {
        loopback: 'The port of a loopback redirect URI is not compared.',
        groups: 'Groups are sent only with a mapper.',
      },
    },
    okta: {
      name: 'Okta',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Admin console → Applications → the application → General → Login → “Sign-in redirect URIs”. Okta compares the port too: set OIDC_LOOPBACK_PORTS and add one URI for each.',
        OIDC_CLIENT_REJECTED:
          'Applications → the application → General → Client Credentials: compare ID, secret and the kind of client authentication (None for a native application with PKCE).',
        OIDC_NOT_ALLOWED_GROUP:
          'Security → API → the authorization server → Claims → Add Claim “groups”, ID token, value type Groups, filter such as “Matches regex .*”.',
        OIDC_SCOPE_UNSUPPORTED:
          'Security → API → the authorization server → Scopes. The org server has no “groups” scope of your own making.',
        OIDC_PROVIDER_ERROR:
          'Applications → the application → Assignments: assign the person or a group; then Security → API → the server → Access Policies.',
        OIDC_ISSUER_MISMATCH:
          'https://HOST is the org server, https://HOST/oauth2/default the custom one: use the one whose Issuer URI stands under Security → API.',
      },
      limits: {
        loopback: 'The redirect URI is compared with its port.',
        groups: 'Groups come by a claim of the authorization server, up to 100 of them.',
      },
    },
    authentik: {
      name: 'authentik',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Admin interface → Applications → Providers → the provider → Edit → “Redirect URIs/Origins”: add the shown one (Strict), or a Regex that leaves the port open.',
        OIDC_CLIENT_REJECTED:
          'Providers → the provider → Edit: compare Client type (Public or Confidential), Client ID and Client Secret.',
        OIDC_ID_TOKEN_ENCRYPTED:
          'Providers → the provider → Edit → Advanced protocol settings: leave “Encryption Key” empty.',
        OIDC_ID_TOKEN_ALGORITHM:
          'Providers → the provider → Edit: choose a “Signing Key”; without one tokens are signed with the client secret (HS256).',
        OIDC_JWKS:
          'Providers → the provider → Edit: choose a “Signing Key”; without one no key is published.',
        OIDC_ISSUER_MISMATCH:
          'The issuer ends in a slash: https://HOST/application/o/SLUG/. Under “Issuer mode” it can be the same for all providers.',
        OIDC_EMAIL_UNVERIFIED:
          'Since 2025.10 email_verified is false unless a property mapping says otherwise: Customization → Property Mappings → a scope mapping for “email”.',
        OIDC_PROVIDER_ERROR:
          'Applications → the application → Policy / Group / User Bindings decide who may sign in.',
        OIDC_SESSION_REVOKED:
          'Providers → the provider → Edit: the scope offline_access has to be among the selected scopes.',
      },
      limits: {
        loopback: 'Redirect URIs are compared exactly unless their entry is a regular expression.',
        signature: 'Without a signing key tokens are signed with the client secret.',
        encryption: 'With an encryption key ID tokens are encrypted.',
      },
    },
    google: {
      name: 'Google',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Google Cloud console → APIs & Services → Credentials: the client must be of the type “Desktop app”, where every loopback port is accepted; a “Web application” compares the whole URI.',
        OIDC_CLIENT_REJECTED:
          'Credentials → the client: Google’s desktop clients have a secret too; compare both.',
        OIDC_NOT_ALLOWED_GROUP:
          'Google sends no groups. Use OIDC_ALLOWED_EMAILS or OIDC_ALLOWED_DOMAINS instead.',
        OIDC_PROVIDER_ERROR:
          'OAuth consent screen: an application of the type Internal is for the own organisation; one in Testing for its listed test users only.',
        OIDC_SCOPE_UNSUPPORTED:
          'Google knows openid, profile and email; for a refresh token it wants access_type=offline, not offline_access.',
        OIDC_END_SESSION_UNSUPPORTED:
          'Google has no sign-out for applications; leave OIDC_POST_LOGOUT_REDIRECT_URI empty.',
      },
      limits: {
        groups: 'Groups are not sent at all.',
        endSession: 'There is no sign-out at the provider.',
        offline: 'The scope offline_access is not known.',
      },
    },
    auth0: {
      name: 'Auth0',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Dashboard → Applications → the application → Settings → “Allowed Callback URLs”: set OIDC_LOOPBACK_PORTS and list one URL for each port.',
        OIDC_CLIENT_REJECTED:
          'Applications → the application → Settings: type Native has no secret; otherwise Credentials → the authentication method.',
        OIDC_ID_TOKEN_ALGORITHM:
          'Applications → the application → Settings → Advanced → OAuth → “JsonWebToken Signature Algorithm”: RS256.',
        OIDC_ISSUER_MISMATCH: 'The issuer ends in a slash: https://TENANT.auth0.com/.',
        OIDC_NOT_ALLOWED_GROUP:
          'Roles come by an Action (Post Login) that sets a claim with a name of your own, such as https://example.org/groups.',
      },
      limits: {
        groups: 'Groups and roles need an Action.',
      },
    },
    authelia: {
      name: 'Authelia',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'configuration.yml → identity_providers.oidc.clients → redirect_uris: add the shown one, with its port if OIDC_LOOPBACK_PORTS is set.',
        OIDC_CLIENT_REJECTED:
          'identity_providers.oidc.clients: “public: true” has no secret; otherwise token_endpoint_auth_method must be one that is used (client_secret_basic or client_secret_post).',
        OIDC_SCOPE_UNSUPPORTED:
          'identity_providers.oidc.clients → scopes: list each one, groups and offline_access included.',
        OIDC_NO_EMAIL:
          'Since 4.39 claims come from userinfo unless a claims_policy puts them into the ID token.',
        OIDC_END_SESSION_UNSUPPORTED:
          'Authelia has no sign-out for applications; leave OIDC_POST_LOGOUT_REDIRECT_URI empty.',
      },
      limits: { endSession: 'There is no sign-out at the provider.' },
    },
    adfs: {
      name: 'AD FS',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'AD FS Management → Application Groups → the group → Native application → Redirect URI: add the shown one, with its port if OIDC_LOOPBACK_PORTS is set.',
        OIDC_CLIENT_REJECTED:
          'Application Groups → the group: compare the Client Identifier, and use “Native application” for a client without a secret.',
        OIDC_SCOPE_UNSUPPORTED:
          'Application Groups → the Web API → Client Permissions: allow openid, profile, email and allatclaims.',
        OIDC_NO_EMAIL:
          'Application Groups → the Web API → Issuance Transform Rules: send E-Mail-Addresses as email; allatclaims puts it into the ID token.',
        OIDC_PKCE_UNSUPPORTED: 'PKCE needs Windows Server 2019 or newer.',
      },
      limits: { emailVerified: 'email_verified is not sent.' },
    },
    pocketid: {
      name: 'Pocket ID',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Administration → OIDC Clients → the client → Callback URLs: add the shown one, with its port if OIDC_LOOPBACK_PORTS is set.',
        OIDC_CLIENT_REJECTED:
          'OIDC Clients → the client: “Public Client” has no secret; otherwise make a new one there.',
        OIDC_PROVIDER_ERROR: 'OIDC Clients → the client → Allowed User Groups decides who may sign in.',
      },
      limits: {},
    },
    zitadel: {
      name: 'Zitadel',
      advice: {
        OIDC_REDIRECT_MISMATCH:
          'Console → Projects → the project → the application → Redirect Settings: type Native with the shown URI; loopback ports are not compared there.',
        OIDC_CLIENT_REJECTED:
          'Projects → the application → OIDC Configuration: authentication method None for a native application with PKCE.',
        OIDC_NOT_ALLOWED_GROUP:
          'Zitadel has roles: Projects → the project → “Assert Roles on Authentication”, and OIDC_GROUPS_CLAIM=urn:zitadel:iam:org:project:roles.',
        OIDC_NO_EMAIL: 'Projects → the application → Token Settings → “User Info inside ID Token”.',
      },
      limits: { groups: 'Roles come as an object in a claim with Zitadel’s own name.' },
    },
  },
  message: {
    entra: {
      AADSTS50011: 'The redirect URI of the request is not registered for the application.',
      AADSTS700016:
        'The application was not found in this tenant: wrong client ID, wrong tenant, or it was never admitted there.',
      AADSTS7000215: 'The client secret is wrong; often its ID was copied instead of its value.',
      AADSTS7000218:
        'A secret was expected and none was sent: the application is not registered as a public client.',
      AADSTS7000222: 'The client secret has expired.',
      AADSTS7000229: 'The application has no service principal in this tenant.',
      AADSTS650053: 'A scope was asked for that does not exist; often it is “groups”.',
      AADSTS70011: 'A scope is not valid.',
      AADSTS90002: 'The tenant of the issuer does not exist.',
      AADSTS50194:
        'The application is for one tenant, but “common” was asked; the issuer must name the tenant.',
      AADSTS50020: 'The person’s account is of another directory, and no guest here.',
      AADSTS50034: 'The person does not exist in this directory.',
      AADSTS50057: 'The person’s account is disabled.',
      AADSTS50105: 'The person is not assigned to the application.',
      AADSTS50126: 'The user name or the password was wrong.',
      AADSTS53003: 'A Conditional Access policy blocked the sign-in.',
      AADSTS65001: 'Nobody has consented to the application yet.',
      AADSTS65004: 'The person declined to consent.',
      AADSTS90094: 'An administrator has to consent to the application.',
      AADSTS54005: 'The code was redeemed before.',
      AADSTS70000: 'The code or refresh token is not valid.',
      AADSTS70008: 'The code or refresh token has expired.',
      AADSTS50173: 'The sign-in was revoked, often by a change of the password.',
      AADSTS700082: 'The refresh token has expired because it was not used for too long.',
      AADSTS90033: 'Entra is not available at the moment.',
    },
    adfs: {
      MSIS9223: 'No client is registered with this client ID.',
      MSIS9224: 'The redirect URI is not registered for this client.',
      MSIS9622: 'The client could not be authenticated: secret or method is wrong.',
      MSIS9205: 'The secret of the client is wrong.',
    },
    keycloak: {
      redirect: 'The redirect URI is not among the client’s valid ones.',
      pkce: 'The client demands PKCE and the request has none.',
      scope: 'A scope is not assigned to the client.',
      realm: 'There is no realm of this name.',
      credentials: 'The client ID or the secret is wrong.',
      bearerOnly: 'The client is bearer-only and cannot sign anybody in.',
      code: 'The code was used before, is too old, or was made for another redirect URI.',
      session: 'The session has ended, so the refresh token is worth nothing any more.',
    },
    okta: {
      redirect: 'The redirect URI is not among the application’s sign-in redirect URIs.',
      assigned: 'The person is not assigned to the application.',
      scope: 'A scope is not defined at the authorization server.',
      policy: 'No access policy of the authorization server allows this.',
    },
    auth0: {
      redirect: 'The redirect URI is not among the allowed callback URLs.',
      audience: 'The requested audience is no API of the tenant.',
    },
    authentik: {
      redirect: 'The redirect URI is not one of the provider’s.',
      client: 'The client ID is unknown.',
    },
    authelia: {
      redirect: 'The redirect URI is not one of the client’s.',
      method: 'The way in which the client proves itself is not the configured one.',
    },
    google: {
      redirect: 'The redirect URI is not one of the client’s.',
      client: 'The client ID is unknown, or the client was deleted.',
      internal: 'The application is for one organisation only, or not published.',
    },
    pocketid: { redirect: 'The redirect URI is not among the client’s callback URLs.' },
    zitadel: {
      redirect: 'The redirect URI is not one of the application’s.',
      client: 'There is no active application with this client ID.',
    },
  },
} as const

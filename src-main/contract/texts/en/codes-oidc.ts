import type { OidcCode } from '../../errors'
import type { CodeText } from '../code-text'
import { oidcSignInCodeTexts } from './codes-oidc-sign-in'

export const oidcCodeTexts = {
  OIDC_CONFIG_INVALID: {
    title: 'The settings of this provider are incomplete or wrong',
    cause:
      'A required setting is missing, or the issuer is not an https address (http is accepted on this computer only).',
    next: 'Complete the named settings: issuer and client ID are required, the client secret only where the provider asks for one.',
  },
  OIDC_DNS_NOT_FOUND: {
    title: 'The name of the provider could not be found',
    cause:
      'The name service knows no address for this host: a typing error, a name that only exists inside another network, or a name server that does not answer.',
    next: 'Check the host name in the issuer, and whether this computer is in the right network or VPN.',
  },
  OIDC_CONNECT_REFUSED: {
    title: 'The provider refused the connection',
    cause: 'The computer answered, but no service listens on this port, or a firewall rejects it.',
    next: 'Check that the provider is running and that the port in the issuer is right.',
  },
  OIDC_UNREACHABLE: {
    title: 'The provider could not be reached',
    cause: 'There is no way to this address, or the connection was cut before an answer came.',
    next: 'Check the network, the VPN and any firewall between this computer and the provider, then test again.',
  },
  OIDC_TIMEOUT: {
    title: 'The provider did not answer in time',
    cause: 'The provider or the network is slow, or a firewall drops the packets without a word.',
    next: 'Test again. If it stays so, ask the provider’s administrator, or raise OIDC_METADATA_FETCH_TIMEOUT.',
  },
  OIDC_PROXY: {
    title: 'The proxy did not let the request through',
    cause:
      'The web proxy of this computer refused the connection, wants a sign-in of its own, or is not running.',
    next: 'Check the proxy settings of this computer, or let the provider’s host bypass the proxy.',
  },
  OIDC_TLS_SELF_SIGNED: {
    title: 'The provider’s certificate is signed by itself',
    cause: 'Nobody but the server vouches for this certificate, so it could be anybody’s.',
    next: 'Compare its fingerprint with the provider’s administrator, then name the certificate file in OIDC_CA_BUNDLE.',
  },
  OIDC_TLS_UNTRUSTED_CA: {
    title: 'The provider’s certificate comes from an unknown authority',
    cause:
      'The authority that issued it is known neither to Authdesk, nor to the operating system, nor in OIDC_CA_BUNDLE. A proxy that inspects traffic looks the same.',
    next: 'Get the root certificate of that authority from its administrator and name the file in OIDC_CA_BUNDLE.',
  },
  OIDC_TLS_MISSING_INTERMEDIATE: {
    title: 'The provider does not send its intermediate certificate',
    cause:
      'The server sends its own certificate only, not the one between it and the root. Browsers often hide this mistake.',
    next: 'Ask the provider’s administrator to install the complete chain on the server.',
  },
  OIDC_TLS_EXPIRED: {
    title: 'The provider’s certificate has expired',
    cause:
      'The certificate, or one of its chain, is past its last day, or the clock of this computer is wrong.',
    next: 'Check this computer’s date. If it is right, the provider’s administrator has to renew the certificate.',
  },
  OIDC_TLS_NOT_YET_VALID: {
    title: 'The provider’s certificate is not valid yet',
    cause: 'The certificate’s first day lies in the future, or the clock of this computer is behind.',
    next: 'Check this computer’s date and time zone, then the certificate.',
  },
  OIDC_TLS_HOSTNAME: {
    title: 'The certificate belongs to another host name',
    cause: 'The names in the certificate do not include the host of the issuer.',
    next: 'Use a name that is in the certificate, or have the certificate issued again with this name.',
  },
  OIDC_TLS_VERSION: {
    title: 'No common version of TLS',
    cause: 'The server speaks only versions older than TLS 1.2, or does not speak TLS on this port at all.',
    next: 'Check the port in the issuer. If it is right, TLS 1.2 or 1.3 has to be switched on at the server.',
  },
  OIDC_TLS_WEAK: {
    title: 'The provider’s encryption is too weak',
    cause: 'The key, the signature or the cipher of the server is no longer considered safe.',
    next: 'The provider’s administrator has to install a certificate with a stronger key and switch on current ciphers.',
  },
  OIDC_CA_FILE: {
    title: 'The file with the private certificates cannot be used',
    cause:
      'The file named in OIDC_CA_BUNDLE does not exist, may not be read, or holds no certificate in PEM format.',
    next: 'Check the path and the file: it must contain “BEGIN CERTIFICATE” and be readable by you.',
  },
  OIDC_HTTP_STATUS: {
    title: 'The provider answered with an error page',
    cause: 'The server was reached, but it answered with an HTTP status that is not a success.',
    next: 'Look at the status and the address in the details; a 5xx is a fault at the provider, a 3xx or 4xx usually a wrong address.',
  },
  OIDC_DISCOVERY_NOT_FOUND: {
    title: 'The provider’s description was not found',
    cause: 'There is nothing at the issuer followed by /.well-known/openid-configuration.',
    next: 'Check the issuer: many providers have one per tenant, realm or application. Copy it from the provider’s console.',
  },
  OIDC_DISCOVERY_INVALID: {
    title: 'The provider’s description cannot be read',
    cause:
      'What came is not the JSON document of an OpenID provider; often it is a web page of a portal or a proxy.',
    next: 'Open the address from the details in a browser. If a web page appears, the issuer is wrong.',
  },
  OIDC_ISSUER_MISMATCH: {
    title: 'The provider calls itself by another issuer',
    cause:
      'The issuer in the settings and the one that the provider states must be the same, character for character; a slash at the end counts.',
    next: 'Set the issuer to exactly the value that the provider states, if you trust that it is the right provider.',
  },
  OIDC_ISSUER_TEMPLATE: {
    title: 'The issuer is a template, not a tenant',
    cause:
      'The provider’s description is shared by many tenants (such as “common” or “organizations” at Microsoft Entra), so it names none.',
    next: 'Use the issuer of your own tenant, with the tenant’s ID in it.',
  },
  OIDC_ENDPOINT_MISSING: {
    title: 'The provider’s description lacks an address',
    cause: 'An address that the sign-in needs is missing, is not https, or is no address at all.',
    next: 'See the details for which one. The provider’s administrator has to correct the provider’s public address.',
  },
  OIDC_JWKS: {
    title: 'The provider’s signing keys cannot be used',
    cause: 'The list of public keys (JWKS) could not be fetched, cannot be read, or holds no key that fits.',
    next: 'Check that the provider has a signing key assigned to this application (RS256 works everywhere), then test again.',
  },
  OIDC_CLIENT_REJECTED: {
    title: 'The provider does not accept this client',
    cause:
      'The client ID is unknown, the secret is wrong or expired, or the provider expects another kind of client (with or without a secret).',
    next: 'Compare client ID and secret with the provider’s console, and check whether the client is registered as public or confidential.',
  },
  OIDC_REDIRECT_MISMATCH: {
    title: 'The provider does not accept the return address',
    cause:
      'The redirect URI that Authdesk uses is not registered for this client, or the provider compares its port too.',
    next: 'Register the shown redirect URI as a native (desktop) application. If the port is compared, set OIDC_LOOPBACK_PORTS and register those.',
  },
  OIDC_PKCE_UNSUPPORTED: {
    title: 'The provider does not announce PKCE',
    cause:
      'PKCE (S256) ties the answer of the browser to this sign-in. The provider does not say that it supports it, or supports only the weak form.',
    next: 'Many providers support it without saying so: try a sign-in. If it fails, update the provider or switch PKCE on for this client.',
  },
  OIDC_SCOPE_UNSUPPORTED: {
    title: 'The provider refuses a requested scope',
    cause:
      'At least one of the scopes in the settings is unknown to the provider or not allowed for this client.',
    next: 'Remove or correct the scope in OIDC_SCOPES; “openid profile email” works nearly everywhere.',
  },
  OIDC_CLOCK_SKEW: {
    title: 'The clocks differ too much',
    cause:
      'The time of this computer and that of the provider differ so much that valid tokens look expired or not yet valid.',
    next: 'Set this computer’s clock by a time server; if it is right, tell the provider’s administrator.',
  },
  ...oidcSignInCodeTexts,
} as const satisfies Record<OidcCode, CodeText>

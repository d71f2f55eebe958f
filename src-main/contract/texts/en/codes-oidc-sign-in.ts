import type { OidcCode } from '../../errors'
import type { CodeText } from '../code-text'

/** From the browser's way back to the account, and the application's own sign-in. */
export const oidcSignInCodeTexts = {
  OIDC_PORT_IN_USE: {
    title: 'The port for the return from the browser is taken',
    cause: 'Another program, or another Authdesk, listens on every port that is set for the sign-in.',
    next: 'Close the other program, or set further ports in OIDC_LOOPBACK_PORTS and register them at the provider.',
  },
  OIDC_PORT_FORBIDDEN: {
    title: 'The port for the return from the browser is not allowed',
    cause:
      'The operating system does not let this user listen on the set port; ports below 1024 are often reserved.',
    next: 'Set ports above 1024 in OIDC_LOOPBACK_PORTS and register them at the provider.',
  },
  OIDC_BROWSER: {
    title: 'The browser could not be opened',
    cause: 'No system browser was found, or it failed to start.',
    next: 'Set a default browser, or name one in BROWSER on the command line, then start the sign-in again.',
  },
  OIDC_CALLBACK_TIMEOUT: {
    title: 'The browser did not come back',
    cause:
      'The sign-in in the browser was not finished within ten minutes. Some providers show a wrong return address on a page of their own and never come back.',
    next: 'Look at the browser’s window for an error of the provider, then start the sign-in again.',
  },
  OIDC_CALLBACK_REJECTED: {
    title: 'The answer of the browser was refused',
    cause:
      'What came back from the browser has not the form of a provider’s answer: a part is missing or appears twice.',
    next: 'Start the sign-in again. If it happens again, another program may interfere with this computer’s browser.',
  },
  OIDC_CALLBACK_ISSUER: {
    title: 'The answer came from another provider',
    cause:
      'The provider that answered names itself differently from the one that was asked. Mixing two providers up like this can be an attack.',
    next: 'Do not go on. Start again, and tell the person who looks after the provider if it happens again.',
  },
  OIDC_STATE_UNKNOWN: {
    title: 'The answer belongs to no sign-in of this console',
    cause:
      'The state value of the answer was not made here: the answer comes from an older run or from somebody else.',
    next: 'Start the sign-in again from this window, and finish it in the browser tab that opens.',
  },
  OIDC_STATE_USED: {
    title: 'The answer was used before',
    cause: 'Each sign-in accepts one answer only. A page was reloaded, or the answer was sent twice.',
    next: 'Start the sign-in again, and do not reload the last page in the browser.',
  },
  OIDC_STATE_EXPIRED: {
    title: 'The sign-in took too long',
    cause: 'A sign-in that was started must come back within ten minutes.',
    next: 'Start the sign-in again.',
  },
  OIDC_CANCELLED: {
    title: 'The sign-in was cancelled',
    cause: 'Somebody pressed Cancel, or the window was closed.',
    next: 'Start again whenever you like; nothing was changed.',
  },
  OIDC_PROVIDER_ERROR: {
    title: 'The provider refused the sign-in',
    cause:
      'The provider itself answered with an error, for instance because access was denied or the person is not assigned to the application.',
    next: 'Read the provider’s own words in the details; its administrator can look up the reason.',
  },
  OIDC_TOKEN_EXCHANGE: {
    title: 'The provider did not give tokens for the sign-in',
    cause:
      'The code that the browser brought back was refused: it was too old, already used, or made for another return address.',
    next: 'Start the sign-in again. If it fails again, compare the redirect URI and the client at the provider.',
  },
  OIDC_ID_TOKEN_ENCRYPTED: {
    title: 'The ID token is encrypted',
    cause: 'The provider encrypts the ID token, which Authdesk does not read.',
    next: 'Remove the encryption key from the application at the provider (in authentik: the field “Encryption Key”).',
  },
  OIDC_ID_TOKEN_ALGORITHM: {
    title: 'The ID token is signed in a way that is not accepted',
    cause:
      'It is not signed, or with a shared secret (HS256), or with a method that the provider does not announce. Only public-key signatures prove who made it.',
    next: 'Assign a signing key (RSA or EC) to the application at the provider, so that it signs with RS256 or ES256.',
  },
  OIDC_ID_TOKEN_SIGNATURE: {
    title: 'The signature of the ID token is wrong',
    cause: 'The token was not signed by a key of this provider, or was changed on its way.',
    next: 'Test the provider and look at its signing keys. If keys were changed just now, try again in a minute.',
  },
  OIDC_ID_TOKEN_ISSUER: {
    title: 'The ID token was issued by somebody else',
    cause: 'The issuer inside the token differs from the issuer in the settings.',
    next: 'Compare both in the details; usually the provider runs under two public addresses.',
  },
  OIDC_ID_TOKEN_AUDIENCE: {
    title: 'The ID token is for another application',
    cause: 'The token does not name this client ID as the one it was made for.',
    next: 'Check the client ID in the settings, and the audience settings of the application at the provider.',
  },
  OIDC_ID_TOKEN_EXPIRED: {
    title: 'The ID token has expired',
    cause:
      'The token was already past its end when it arrived; usually the clock of this computer or of the provider is wrong.',
    next: 'Check both clocks; the provider’s test shows the difference.',
  },
  OIDC_ID_TOKEN_NOT_YET_VALID: {
    title: 'The ID token is not valid yet',
    cause:
      'The token says that it was made in the future; the clock of this computer is behind or that of the provider is ahead.',
    next: 'Check both clocks; the provider’s test shows the difference.',
  },
  OIDC_ID_TOKEN_MALFORMED: {
    title: 'The ID token is missing or cannot be read',
    cause: 'The provider sent no ID token, or one that lacks a required part.',
    next: 'Check that “openid” is among the scopes, and that ID tokens are switched on for the application at the provider.',
  },
  OIDC_NONCE: {
    title: 'The ID token belongs to another sign-in',
    cause:
      'The token does not repeat the one-time value (nonce) of this sign-in, so it may be an old one that is played again.',
    next: 'Start the sign-in again. If it happens again, the provider does not return the nonce and has to be corrected.',
  },
  OIDC_USERINFO: {
    title: 'The provider’s user information cannot be read',
    cause:
      'The address for additional information about the person (userinfo) failed, and the ID token alone is not enough.',
    next: 'Let the provider put the needed claims into the ID token, or repair its userinfo address.',
  },
  OIDC_SUBJECT_MISMATCH: {
    title: 'The user information is about another person',
    cause: 'The ID token and the userinfo answer name different subjects, so nothing of it is used.',
    next: 'Do not go on. Tell the provider’s administrator.',
  },
  OIDC_MISSING_SUBJECT: {
    title: 'The ID token names no person',
    cause: 'The token has no subject (sub), the one value by which a person is known at the provider.',
    next: 'The provider’s administrator has to set a subject for this application.',
  },
  OIDC_NO_EMAIL: {
    title: 'The provider sent no e-mail address',
    cause: 'Neither the ID token nor the user information holds an e-mail address for this person.',
    next: 'Add the scope “email”, check OIDC_EMAIL_CLAIM, and check that the person has an address at the provider.',
  },
  OIDC_EMAIL_UNVERIFIED: {
    title: 'The e-mail address is not verified',
    cause: 'The provider does not say that the address was verified (email_verified), so it proves nothing.',
    next: 'Have the address verified at the provider, or let the provider send email_verified.',
  },
  OIDC_GROUPS_OVERAGE: {
    title: 'The person has too many groups for the token',
    cause:
      'The provider left the list of groups out because it is too long (Microsoft Entra does so from 200 on).',
    next: 'Let the provider send only the groups that are assigned to this application, or use application roles.',
  },
  OIDC_NOT_ALLOWED_EMAIL: {
    title: 'This e-mail address is not on the allowed list',
    cause:
      'Only the addresses in OIDC_ALLOWED_EMAILS may sign in, and they must be verified by the provider.',
    next: 'Add the address to OIDC_ALLOWED_EMAILS if the person should have access.',
  },
  OIDC_NOT_ALLOWED_DOMAIN: {
    title: 'This e-mail domain is not on the allowed list',
    cause:
      'Only verified addresses of the domains in OIDC_ALLOWED_DOMAINS may sign in; sub-domains count as others.',
    next: 'Add the domain to OIDC_ALLOWED_DOMAINS if its people should have access.',
  },
  OIDC_NOT_ALLOWED_GROUP: {
    title: 'The person is in none of the allowed groups',
    cause:
      'Only members of a group in OIDC_ALLOWED_GROUPS may sign in, and the provider named none of them for this person.',
    next: 'Add the person to such a group at the provider, and check OIDC_GROUPS_CLAIM and that groups are sent.',
  },
  OIDC_PROVISIONING_OFF: {
    title: 'There is no account for this person, and none is made by itself',
    cause: 'Making accounts at the first sign-in (OIDC_AUTO_PROVISION) is switched off.',
    next: 'An administrator can make the account and link it, or switch OIDC_AUTO_PROVISION on.',
  },
  OIDC_SESSION_REVOKED: {
    title: 'The provider ended this session',
    cause: 'The provider refused to renew the sign-in: it was revoked, or the person was disabled there.',
    next: 'Sign in again. If that is refused too, ask the provider’s administrator.',
  },
  OIDC_UNAVAILABLE: {
    title: 'The provider is not available at the moment',
    cause: 'It could not be reached or did not answer properly; this says nothing about the person.',
    next: 'Try again later, or use another way to sign in. The provider’s test shows where it fails.',
  },
  OIDC_PROVIDER_NOT_FOUND: {
    title: 'There is no such provider',
    cause: 'No provider with this short name (slug) is configured in the governing profile.',
    next: 'Check the name; the list of providers shows those that exist.',
  },
  OIDC_END_SESSION_UNSUPPORTED: {
    title: 'The provider offers no sign-out',
    cause:
      'The provider’s description has no address that ends the session there, so only the session in Authdesk was ended.',
    next: 'Sign out at the provider’s own page if others use this browser, and leave OIDC_POST_LOGOUT_REDIRECT_URI empty.',
  },
  OIDC_APP_REDIRECT: {
    title: 'The application sends people to a wrong sign-in address',
    cause:
      'The application’s own redirect to the provider has another client, return address or provider than the settings.',
    next: 'Compare the details with the application’s settings, and restart it after a change.',
  },
  OIDC_APP_COOKIE: {
    title: 'The application’s sign-in cookie will not survive',
    cause:
      'The cookie that ties the sign-in together is missing, or is marked so that the browser will not send it back.',
    next: 'Check the application’s cookie settings (Secure, SameSite) and that it is opened by https.',
  },
  OIDC_APP_PROXY_HEADERS: {
    title: 'The application does not know its public address',
    cause:
      'Behind its web server the application builds the return address with another host or with http, since forwarded headers are not set or not trusted.',
    next: 'Set the forwarded headers at the web server and let the application trust them, or set its public address.',
  },
  OIDC_APP_LOOP: {
    title: 'The application’s redirects do not end',
    cause:
      'The application sends the browser round and round: it does not find its own cookie again, or two of its rules send to each other.',
    next: 'Look into the application’s log, and compare its public address and its cookie settings with the address that people open.',
  },
  OIDC_APP_BUTTON: {
    title: 'The application’s sign-in page offers no single sign-on',
    cause:
      'OpenID Connect is off in the running application, a setting that it needs is missing, or it was not restarted since it was set.',
    next: 'Check AUTH_METHOD, OIDC_ENABLED and the provider’s required settings in the running application, then restart it.',
  },
} as const satisfies Partial<Record<OidcCode, CodeText>>

/** What the doctor says of an application's own way to its provider. */
export const oidcAppTexts = {
  hop: 'Request {{n}}',
  sent: 'sent, {{count}} character',
  sent_other: 'sent, {{count}} characters',
  notSent: 'not sent',
  without: 'no {{word}}',
  bytes: '{{count}} byte',
  bytes_other: '{{count}} bytes',
  cookieNamed: 'Cookie {{name}}',
  difference: 'character {{position}}: “{{configured}}” is in the settings, “{{stated}}” is sent',
  stage: {
    direct: '{{from}} sends people to the provider at {{to}}.',
    shown: 'The sign-in page has a button that leads to the provider: from {{from}} to {{to}}.',
    hidden:
      'The sign-in at the provider works from {{from}}, but the sign-in page has no button or link to it.',
    downgrade: 'On the way {{from}} sends the browser back to http: {{to}}.',
    off: '{{application}} says at {{page}} that it has no provider to sign in with.',
    others: '{{application}} has buttons for {{names}} only; this provider is none of them.',
    noStart:
      '{{page}} has no button or link to a sign-in at a provider, and none was found where the known applications have theirs.',
    status: '{{address}} answers with HTTP {{status}} instead of sending people to the provider.',
    stays: 'The sign-in ends at {{address}} instead of at the provider.',
    refuses: 'The application sends people back to {{address}} and says: “{{said}}”.',
    internal:
      '{{from}} sends the browser to {{to}}, a name or address that only exists behind the web server.',
    nowhere: 'The application sends the browser to something that is no web address: {{to}}.',
    unreachable: 'The application at {{address}} could not be asked. {{title}}.',
    loop: 'The application’s redirects do not end: {{trail}}.',
    loopScheme:
      'The application redirects to its own https address again and again, since it takes each request for http: {{trail}}.',
    loopCookie:
      'The application’s redirects do not end, since no browser keeps its cookie {{name}} ({{reason}}): {{trail}}.',
  },
  request: {
    passed:
      'Client, return address and scopes are those of the settings; the provider would send people back to {{uri}}.',
    unset:
      'Client and scopes are those of the settings; the return address {{uri}} is where the application is open.',
    pushed:
      'Client and provider are those of the settings; the rest of the request was handed to the provider directly.',
    endpoint:
      'The application sends people to {{sent}}, the provider of the settings asks them at {{endpoint}}.',
    client: 'The application signs in as client “{{sent}}”, the settings have “{{configured}}”.',
    flow: 'The application asks for the response type “{{sent}}” instead of “code”.',
    noUri: 'The application sends no usable return address.',
    plain: 'The application is open at {{from}}, but has the provider send people back by http: {{uri}}.',
    internal:
      'The application is open at {{from}}, but has the provider send people back to an internal address: {{uri}}.',
    port: 'The application is open at {{from}}, but has the provider send people back to another port: {{uri}}.',
    opened: 'The application is open without encryption: {{from}}.',
    state: 'The application sends no state, so that it could not tell its own answer from a foreign one.',
    openid: 'The application does not ask for the scope openid, only for “{{sent}}”.',
    scope: 'The scopes differ from the settings: missing {{missing}}, beyond them {{extra}}.',
    plainPkce: 'The application uses PKCE without S256.',
    noPkce: 'The client has no secret, and the application does not use PKCE either.',
    uri: {
      slash:
        'The return address differs from the settings in the slash at the end: {{sent}} is sent, {{configured}} is in the settings.',
      scheme:
        'The return address differs from the settings in http and https: {{sent}} is sent, {{configured}} is in the settings.',
      host: 'The return address differs from the settings in the host: {{sent}} is sent, {{configured}} is in the settings.',
      port: 'The return address differs from the settings in the port: {{sent}} is sent, {{configured}} is in the settings.',
      path: 'The return address differs from the settings in the path: {{sent}} is sent, {{configured}} is in the settings.',
    },
  },
  next: {
    issuer:
      'Compare the issuer in the application’s running settings with these, and restart it after a change.',
    client:
      'Compare the client ID in the application’s running settings with these, and restart it after a change.',
    flow: 'Let the application use the authorization code flow; the implicit one is given up.',
    setting:
      'Set OIDC_REDIRECT_URI (or BASE_URL) to the address that people open, and register it at the provider.',
    uri: 'Register {{sent}} at the provider and set it here, or set the application’s return address as here; restart the application after a change.',
    state: 'Update the application; a sign-in without a state can be forged.',
    scope:
      'Compare OIDC_SCOPES in the application’s running settings with these, and restart it after a change.',
    pkce: 'Let the application use PKCE with S256, or give the client a secret.',
    https: 'Put a certificate in front of the application and open it by https.',
    hidden:
      'Check that AUTH_METHOD (or OIDC_ENABLED) of the running application offers the provider, and restart it.',
    off: 'Check that OIDC_ENABLED (or AUTH_METHOD) is on in the running application and that no required setting is missing, then restart it.',
    others: 'Compare the short name (slug) of the provider in the application with this one.',
    noStart:
      'Give the address at which the application’s single sign-on begins, such as the link of its button.',
    status:
      'Look into the application’s log at this minute; its settings or its way to the provider may be wrong.',
    stays: 'Look into the application’s log at this minute: it may not reach the provider itself.',
    reach:
      'Check the application’s address, and that this computer reaches it. A private authority is trusted by OIDC_CA_BUNDLE.',
  },
  dropped: {
    size: 'larger than 4096 bytes',
    insecure: 'marked Secure but set over http',
    sameSiteNone: 'SameSite=None without Secure',
    domain: 'for a domain that is not its own',
    prefix: 'its name’s prefix asks for more than it has',
  },
  cookie: {
    passed: '{{count}} cookie was set on the way and will come back with the provider’s answer.',
    passed_other: '{{count}} cookies were set on the way and will come back with the provider’s answer.',
    none: 'No cookie was set on the way: the application keeps the state of the sign-in elsewhere.',
    size: 'The cookie {{name}} has {{size}} bytes; browsers drop what is larger than {{most}}.',
    insecure:
      'The cookie {{name}} is marked Secure, but {{host}} sets it over http, so that browsers drop it.',
    sameSiteNone: 'The cookie {{name}} has SameSite=None without Secure, so that browsers drop it.',
    domain: 'The cookie {{name}} is for a domain that {{host}} does not belong to, so that browsers drop it.',
    prefix:
      'The name of the cookie {{name}} asks for Secure (and, with __Host-, for Path=/ and no Domain), so that browsers drop it.',
    strict:
      'The cookie {{name}} has SameSite=Strict, so that it does not come back with the provider’s answer.',
    posted:
      'The answer comes by a form (form_post), with which the cookie {{name}} is not sent unless it has SameSite=None.',
    host: 'The cookie {{name}} is {{host}}’s, so that it is not sent to the return address {{to}}.',
    path: 'The cookie {{name}} is for the path {{path}}, so that it is not sent to the return address {{to}}.',
    scheme: 'The cookie {{name}} is marked Secure, so that it is not sent to the return address {{to}}.',
    notSecure: 'The cookie {{name}} is set over https without Secure.',
    notHttpOnly: 'The cookie {{name}} can be read by the page’s scripts: it has no HttpOnly.',
  },
  cookieNext: {
    size: 'Let the application keep less in its cookie, such as sessions at the server; large ID tokens do not belong in it.',
    insecure: 'Open the application by https, or, only for a trial, set SESSION_COOKIE_SECURE=false.',
    sameSiteNone: 'Set SameSite to Lax, or Secure as well.',
    domain: 'Set the cookie’s domain to the application’s public host, or leave it out.',
    prefix: 'Set what the prefix asks for, or give the cookie another name.',
    strict: 'Set SESSION_COOKIE_SAMESITE to Lax.',
    posted: 'Let the application take the answer as a query, or set SameSite=None with Secure.',
    host: 'Open the application at the host of its return address, or set the return address to the host that people open.',
    path: 'Set the cookie’s path so that it holds the return address, such as /.',
    scheme: 'Let the return address begin with https.',
    notSecure: 'Set SESSION_COOKIE_SECURE=true.',
    notHttpOnly: 'Let the application mark the cookie HttpOnly.',
  },
} as const

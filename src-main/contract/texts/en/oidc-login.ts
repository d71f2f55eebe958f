/** What a sign-in that is not kept says of each of its stages. */
export const oidcLoginTexts = {
  authorize: { passed: 'The browser shows the provider’s sign-in page.' },
  callback: { passed: 'The browser came back with an answer that belongs to this sign-in.' },
  token: { passed: 'The provider gave tokens for the code.' },
  idtoken: {
    passed: 'The ID token is the provider’s, for this client, of now and for this sign-in.',
    in: '{{at}}, in {{seconds}} s',
    ago: '{{at}}, {{seconds}} s ago',
  },
  userinfo: {
    needless: 'Not asked: the ID token has every claim that the settings name.',
    none: 'Claims are missing in the ID token, and the provider offers no user information.',
    passed: 'It is about the same person and added {{count}} claim.',
    passed_other: 'It is about the same person and added {{count}} claims.',
    failed: 'It could not be read; the sign-in goes on with the ID token alone.',
    failedNext: 'Let the provider’s administrator look at its userinfo endpoint.',
  },
  claims: {
    passed: 'Every claim that the settings name came.',
    missing: 'These claims are named in the settings and did not come: {{names}}.',
    hidden: '{{count}} character',
    hidden_other: '{{count}} characters',
    addScope: 'Add the scope “{{scope}}” to OIDC_SCOPES: it asks for “{{name}}”.',
    addMapping:
      'The scopes “{{scopes}}” were asked for and brought no “{{name}}”: have the provider map it into the ID token or the user information, or name another claim in the settings.',
  },
  decision: {
    ended: 'Nobody would be signed in: “{{stage}}” failed.',
    known: 'The identity belongs to {{username}}, who would be signed in.',
    bind: 'The account {{username}} awaits its identity: this sign-in would bind it.',
    link: 'The identity would be linked to {{username}} by the verified e-mail address.',
    create: 'The account {{username}} would be made.',
  },
} as const

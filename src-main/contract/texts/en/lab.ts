/** What is said where a text belongs to no room, or is a run of an earlier day. */
export const labTexts = {
  unknownTitle: 'Nothing that is known here',
  unknown:
    'This is no error, DN, search filter, certificate, OpenID Connect document, token, address or report that is known here.',
  unknownNext:
    'Paste the whole of it, without the text around it. A file of entries (LDIF) is dropped or chosen.',
  report: {
    ldap: 'An earlier test of a directory',
    oidc: 'An earlier test of identity providers',
  },
} as const

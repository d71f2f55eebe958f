/** What must never leave a directory, under names of its own, and a class that may hold it. */
const secrets = [
  ['sambaNTPassword', '1.3.6.1.4.1.7165.2.1.25'],
  ['sambaLMPassword', '1.3.6.1.4.1.7165.2.1.24'],
  ['krbPrincipalKey', '2.16.840.1.113719.1.301.4.39.1'],
  ['unicodePwd', '1.2.840.113556.1.4.90'],
  ['ms-Mcs-AdmPwd', '1.2.840.113556.1.8000.2554.50051.45980.28112.18903.35903.6685103.1224907.2.1'],
  ['msLAPS-Password', '1.2.840.113556.1.6.44.1.2'],
  ['msDS-ManagedPassword', '1.2.840.113556.1.4.2196'],
] as const

export const canary = 'canary-of-a-secret-8231'

/** Lines of slapd.conf: the attributes, a class for them, and a server that shows everything to everybody. */
export const canarySchema = [
  ...secrets.map(
    ([name, oid]) =>
      `attributetype ( ${oid} NAME '${name}' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )`,
  ),
  `objectclass ( 1.3.6.1.4.1.99999.1 NAME 'withSecrets' SUP top AUXILIARY MAY ( ${secrets.map(([name]) => name).join(' $ ')} ) )`,
]
export const shown = ['access to * by * read']

/** The same directory, and each person with every secret there is. */
export function withCanaries(ldif: string): string {
  const lines = [
    'objectClass: withSecrets',
    `userPassword: ${canary}`,
    ...secrets.map(([name], at) => `${name}: ${canary}-${at}`),
  ]
  return ldif.replaceAll('objectClass: inetOrgPerson\n', `objectClass: inetOrgPerson\n${lines.join('\n')}\n`)
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { textsOf } from '../../../src-main/core/ldap/entry'
import { readLdif } from '../../../src-main/core/ldap/ldif'

async function read(...chunks: string[]): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readLdif(chunks)) entries.push(entry)
  return entries
}
const texts = (entry: Entry | undefined, name: string) => (entry ? textsOf(entry, name) : [])

describe('reading entries', () => {
  test('version, comments, folding, base64, options and both line ends', async () => {
    const [ada, group, ...rest] = await read(
      'version: 1\r\n# a comment\r\n  that goes on\r\ndn: uid=ada,\r\n ou=people\r\ncn: Ada\r\n  Lovelace\r\n',
      'sn:: TMO8Zg==\r\ndescription;lang-de: Gr\r\n äfin\r\nmail:ada@example.test\r\n\r\n\r\n',
      'dn:: Y249Z3JvdXA=\nmember: uid=ada,ou=people\nmember: uid=grace\nempty:\n',
    )
    expect(rest).toEqual([])
    expect(ada?.dn).toBe('uid=ada,ou=people')
    expect(texts(ada, 'cn')).toEqual(['Ada Lovelace'])
    expect(texts(ada, 'sn')).toEqual(['Lüf'])
    expect(texts(ada, 'description')).toEqual(['Gräfin'])
    expect(texts(ada, 'mail')).toEqual(['ada@example.test'])
    expect(group?.dn).toBe('cn=group')
    expect(texts(group, 'MEMBER')).toEqual(['uid=ada,ou=people', 'uid=grace'])
    expect(texts(group, 'empty')).toEqual([''])
  })

  test('binary values keep their bytes', async () => {
    const bytes = Buffer.from([0, 255, 10, 13])
    const [entry] = await read(`dn: cn=a\nobjectGUID:: ${bytes.toString('base64')}\n`)
    expect(entry?.attributes.get('objectguid')?.[0]).toEqual(bytes)
  })

  test('a byte order mark, a missing last line end and what ldapsearch adds do no harm', async () => {
    const found = await read(
      '\uFEFFdn: cn=a\ncn: a\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\ndn: cn=b',
    )
    expect(found.map(({ dn }) => dn)).toEqual(['cn=a', 'cn=b'])
  })

  test('records that add an entry are entries', async () => {
    const [entry] = await read('dn: cn=a\ncontrol: 1.2.3 true\nchangetype: add\ncn: a\n')
    expect([...(entry?.attributes.keys() ?? [])]).toEqual(['cn'])
  })

  test('lines may end as on old machines, wherever a chunk does', async () => {
    const text = 'version: 1\rdn: cn=a\rcn: A\r b\r# c\r  d\r\rdn: cn=b\rcn: b\r'
    for (let cut = 0; cut < text.length; cut += 1) {
      const found = await read(text.slice(0, cut), text.slice(cut))
      expect(found.map((entry) => [entry.dn, ...texts(entry, 'cn')])).toEqual([
        ['cn=a', 'Ab'],
        ['cn=b', 'b'],
      ])
    }
  })

  test('unusual line separators inside a value are part of it', async () => {
    const [entry] = await read('dn: cn=a\ncn: one\u2028two\u0085three\n')
    expect(texts(entry, 'cn')).toEqual(['one\u2028two\u0085three'])
  })

  test('where a chunk ends does not matter', async () => {
    const text =
      'version: 1\r\n\r\ndn: cn=a,\r\n dc=b\r\ncn:: w7w=\r\nsn: x\r\n\r\n# end\r\ndn: cn=c\r\ncn: ö\r\n'
    const whole = await read(text)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((one, other) => one - other), text.length]
        expect(await read(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(whole)
      }),
    )
  })

  test('any value survives base64, folded at any width', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 80 }),
        async (value, width) => {
          const line = `jpegPhoto:: ${Buffer.from(value).toString('base64')}`
          const folded = [
            line.slice(0, 12 + width),
            ...(line.slice(12 + width).match(new RegExp(`.{1,${width}}`, 'g')) ?? []),
          ]
          const [entry] = await read(`dn: cn=a\n${folded.join('\n ')}\n`)
          expect(entry?.attributes.get('jpegphoto')?.[0]).toEqual(Buffer.from(value))
        },
      ),
    )
  })

  test('a value may be longer than any pattern would stand', async () => {
    const value = Buffer.alloc(12_000_000, 'picture')
    const [entry] = await read(`dn: cn=a\njpegPhoto:: ${value.toString('base64')}\n`)
    expect(entry?.attributes.get('jpegphoto')?.[0]?.equals(value)).toBe(true)
  })

  test('secret attributes are dropped, with options and in any case', async () => {
    const secrets = [
      'userPassword',
      'UNICODEPWD',
      'pwdHistory',
      'sambaNTPassword',
      'sambaLMPassword',
      'krbPrincipalKey',
      'ms-Mcs-AdmPwd',
      'msLAPS-Password',
      'msDS-ManagedPassword',
      'userPassword;x-a',
      'USERPASSWORD;X-FOO;binary',
      '2.5.4.35',
      '2.5.4.35;x-foo',
      '1.2.840.113556.1.6.44.1.3',
      'dBCSPwd',
    ]
    for (const value of [': s3cret', ':: czNjcmV0', ':czNjcmV0', ': s3\n cret']) {
      const [entry] = await read(`dn: cn=a\ncn: a\n${secrets.map((name) => name + value).join('\n')}\n`)
      expect([...(entry?.attributes.keys() ?? [])]).toEqual(['cn'])
    }
  })
})

describe('refusing', () => {
  test.each([
    ['cn: a\n', 1, 'ldifNoDn'],
    ['dn: cn=a\ncn a\n', 2, 'ldifNoColon'],
    ['dn: cn=a\n\n cn: a\n', 3, 'ldifContinuation'],
    ['dn: cn=a\njpegPhoto:< file:///etc/passwd\n', 2, 'ldifAddress'],
    ['dn: cn=a\ncn:: a*b\n', 2, 'ldifBase64'],
    ['dn: cn=a\ncn:: YQ\n', 2, 'ldifBase64'],
    ['dn: nonsense\n', 1, 'ldifDn'],
    ['dn: cn=a\ndn: cn=b\n', 2, 'ldifSeparator'],
    ['dn: cn=a\nchangetype: modify\nreplace: cn\n', 1, 'ldifChanges'],
    ['dn: cn=a\nchangetype: modify\nsn: x\n', 3, 'ldifChange'],
    ['dn: cn=a\nchangetype: modify\nadd: sn\ncn: x\n', 4, 'ldifChange'],
    ['dn: cn=a\nchangetype: delete\ncn: x\n', 3, 'ldifChange'],
    ['dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b,dc=c\ndeleteoldrdn: 1\n', 3, 'ldifChange'],
    ['dn: cn=a\nchangetype: modrdn\nnewrdn: cn=b\ndeleteoldrdn: 2\n', 4, 'ldifChange'],
    ['dn: cn=a\nchangetype: explode\n', 2, 'ldifChange'],
    ['dn: cn=a\ncn: a\n-\n', 3, 'ldifNoColon'],
    ['version: 2\ndn: cn=a\n', 1, 'ldifVersion'],
    ['dn: cn=a\n# c\n c\ncn: a\nc n: a\n', 5, 'ldifNoColon'],
    ['dn: cn=a\n1cn: a\n', 2, 'ldifAttribute'],
  ])('%j at line %i: %s', async (text, line, reason) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'INVALID_INPUT', text: reason, details: { line } })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf, type Entry } from '../../../src-main/core/ldap/entry'
import { openLdifDirectory } from '../../../src-main/core/ldap/ldif-directory'
import { anything } from '../../../src-main/core/ldap/filter'
import { readLdif } from '../../../src-main/core/ldap/ldif'
import { formatEntry, writeLdif } from '../../../src-main/core/ldap/ldif-writer'

async function read(text: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readLdif([text])) entries.push(entry)
  return entries
}
async function written(entries: readonly Entry[]): Promise<string> {
  const pieces: string[] = []
  for await (const piece of writeLdif(entries)) pieces.push(piece)
  return pieces.join('')
}

const value = fc.oneof(
  fc.uint8Array({ maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => Buffer.from(text)),
  fc.stringMatching(/^[ :<a-z]{0,200}$/).map((text) => Buffer.from(text)),
)
const entry: fc.Arbitrary<Entry> = fc
  .record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    attributes: fc.dictionary(
      fc.stringMatching(/^x[a-z][a-z0-9-]{0,6}(;lang-[a-z]{2})?$/),
      fc.array(value, { minLength: 1, maxLength: 4 }),
    ),
  })
  .map(({ name, attributes }) => ({
    dn: `cn=${name}é,dc=test`,
    attributes: new Map(
      Object.entries(attributes).map(([each, values]) => [each, values.map((one) => Buffer.from(one))]),
    ),
  }))

describe('writing', () => {
  test('what is written is read back the same, byte by byte, in lines of at most 76', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 3 }), async (entries) => {
        const text = await written(entries)
        const back = await read(text)
        expect(back.map(formatEntry)).toEqual(entries.map(formatEntry))
        entries.forEach(({ attributes }, index) => {
          for (const [name, values] of attributes) {
            const sorted = values.toSorted((one, other) => one.compare(other))
            expect(back[index]?.attributes.get(name)).toEqual(sorted)
          }
        })
        expect(text.split('\n').every((line) => line.length <= 76)).toBe(true)
        expect(/^[\n\x20-\x7e]*$/.test(text)).toBe(true)
      }),
    )
  })

  test('the order of attributes and values is always the same', () => {
    const one = new Map([
      ['sn', [Buffer.from('b'), Buffer.from('a')]],
      ['objectclass', [Buffer.from('top')]],
      ['cn', [Buffer.from(' x')]],
    ])
    const text = 'dn: cn=x\nobjectclass: top\ncn:: IHg=\nsn: a\nsn: b\n'
    expect(formatEntry({ dn: 'cn=x', attributes: one })).toBe(text)
    expect(formatEntry({ dn: 'cn=x', attributes: new Map([...one].reverse()) })).toBe(text)
  })

  test('no secret attribute is ever written', () => {
    const canary = 'canary-8231'
    const names = ['userpassword', 'unicodepwd', 'pwdhistory', 'sambantpassword', 'sambalmpassword']
    const more = [
      'krbprincipalkey',
      'ms-mcs-admpwd',
      'mslaps-password',
      'msds-managedpassword',
      'userpassword;x-a',
    ]
    const attributes = new Map([...names, ...more].map((name) => [name, [Buffer.from(canary)]]))
    const text = formatEntry({ dn: 'cn=x', attributes })
    expect(text).toBe('dn: cn=x\n')
  })
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-ldif-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function opened(content: string | Buffer): Promise<readonly Entry[]> {
  const file = join(folder, 'file.ldif')
  writeFileSync(file, content)
  const directory = await openLdifDirectory(file, new AbortController().signal)
  const request = {
    base: '',
    scope: 'sub',
    filter: anything,
    attributes: [],
    sizeLimit: 0,
    page: null,
  } as const
  return (await directory.search(request, new AbortController().signal)).entries
}
const said = (entries: readonly Entry[]) =>
  entries.map((each) => [
    each.dn,
    ...[...each.attributes].map(([name]) => `${name}=${textsOf(each, name).join('|')}`),
  ])

describe('changes', () => {
  const base =
    'dn: ou=p,dc=t\nobjectClass: top\n\ndn: cn=a,ou=p,dc=t\nobjectClass: top\ncn: a\nmember: CN=X\nmember: cn=y\n\n'

  test('are carried out in the order of the file', async () => {
    const changes = `dn: cn=A, ou=P, dc=T
changetype: modify
delete: member
member: cn=x
-
add: sn
sn: one
sn: two
-
replace: userPassword
userPassword: canary
-

dn: cn=b,dc=t
changetype: add
objectClass: top
cn: b

dn: cn=b,dc=t
control: 1.2.840.113556.1.4.805 true
changetype: delete

dn: ou=p,dc=t
changetype: modrdn
newrdn: ou=q
deleteoldrdn: 1
newsuperior: dc=u
`
    expect(said(await opened(base + changes))).toEqual([
      ['ou=q,dc=u', 'objectclass=top', 'ou=q'],
      ['cn=a,ou=q,dc=u', 'objectclass=top', 'cn=a', 'member=cn=y', 'sn=one|two'],
    ])
  })

  test('of what is not there are refused with the line', async () => {
    await expect(opened(`${base}dn: cn=z\nchangetype: delete\n`)).rejects.toMatchObject({
      text: 'ldifChanges',
      details: { line: 10 },
    })
  })
})

describe('what other programs write', () => {
  const expected = [['cn=Äda,dc=t', 'objectclass=top|person', 'cn=Äda']]
  const dn = Buffer.from('cn=Äda,dc=t').toString('base64')
  const cn = Buffer.from('Äda').toString('base64')

  test.each([
    [
      'ldapsearch',
      `# extended LDIF\n#\n# LDAPv3\n# base <dc=t> with scope subtree\n# filter: (objectclass=*)\n#\n\n# \\C3\\84da, t\ndn:: ${dn}\nobjectClass: top\nobjectClass: person\ncn:: ${cn}\n\n# search reference\nref: ldap://other/dc=o??sub\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n# numEntries: 1\n`,
    ],
    [
      'Apache Directory Studio',
      `version: 1\n\ndn:: ${dn}\nobjectClass: top\nobjectClass: person\ncn:: ${cn}\nuserPassword:: e1NTSEF9Y2FuYXJ5\n\n`,
    ],
    [
      '389 Directory Server',
      `version: 1\n\n# entry-id: 1\ndn:: ${dn}\nobjectClass: top\nobjectClass: person\ncn:: ${cn}\nuserPassword: {PBKDF2_SHA256}canary\n\n`,
    ],
    [
      'ldifde',
      `dn:: ${dn}\r\nchangetype: add\r\nobjectClass: top\r\nobjectClass: person\r\ncn:: ${cn.slice(0, 2)}\r\n ${cn.slice(2)}\r\nunicodePwd:: Y2FuYXJ5\r\n\r\n`,
    ],
  ])('%s', async (_, text) => {
    expect(said(await opened(text))).toEqual(expected)
    expect(said(await opened(`\uFEFF${text}`))).toEqual(expected)
  })

  test('ldifde -u: UTF-16 with its mark', async () => {
    const text = `\uFEFFdn: cn=Äda,dc=t\r\nchangetype: add\r\nobjectClass: top\r\nobjectClass: person\r\ncn: Äda\r\n`
    expect(said(await opened(Buffer.from(text, 'utf16le')))).toEqual(expected)
  })
})

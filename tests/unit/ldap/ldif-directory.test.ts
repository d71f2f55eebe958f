import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { normaliseDn } from '../../../src-main/core/ldap/dn'
import { equal, present, type Filter } from '../../../src-main/core/ldap/filter'
import { openLdifDirectory } from '../../../src-main/core/ldap/ldif-directory'
import { createEntryNames } from '../../../src-main/core/ldap/ldif-name'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-ldif-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { signal } = new AbortController()
const count = 5000
const person = (at: number) =>
  `# ${at}\r\ndn: uid=u${at},ou=p,dc=t\r\nobjectClass: Person\r\nuid: u${at}\r\ncn: ${'x'.repeat(100)}\r\n`
const group = 'dn: cn=g,ou=g,dc=t\r\nobjectClass: groupOfNames\r\ncn: g\r\nmember: uid=u1,ou=p,dc=t\r\n'

function written(name: string, ...more: string[]): string {
  const path = join(folder, name)
  const people = Array.from({ length: count }, (_, at) => person(at))
  writeFileSync(path, [...people, group, ...more].join('\r\n'))
  return path
}
const request = (filter: Filter, attributes: readonly string[] = []) =>
  ({ base: 'dc=t', scope: 'sub', filter, attributes, sizeLimit: 0, page: null }) as const

describe('a file that stays where it is', () => {
  test('hands out pages that are everybody, each once', async () => {
    const directory = await openLdifDirectory(written('pages.ldif'), signal)
    expect(directory.size).toBe(count + 1)
    const seen: string[] = []
    let cookie = Buffer.alloc(0)
    do {
      const what = { base: 'OU=P, dc=t', filter: equal('objectClass', 'PERSON'), attributes: ['uid'] }
      const page = await directory.page({ ...what, size: 700, cookie }, signal)
      seen.push(...page.entries.map(({ dn }) => dn))
      expect(page.entries.every(({ attributes }) => !attributes.has('cn'))).toBe(true)
      cookie = Buffer.from(page.next)
    } while (cookie.length > 0)
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => `uid=u${at},ou=p,dc=t`))
  })

  test('finds groups and people, and says where there are more than were asked for', async () => {
    const directory = await openLdifDirectory(written('find.ldif'), signal)
    const groups = await directory.search(request(present('member')), signal)
    expect(groups.entries.map(({ dn }) => dn)).toEqual(['cn=g,ou=g,dc=t'])
    const one = await directory.search(request(equal('uid', 'u4999')), signal)
    expect(one).toMatchObject({ extent: 'complete', entries: [{ dn: 'uid=u4999,ou=p,dc=t' }] })
    const cut = await directory.search({ ...request(present('uid')), sizeLimit: 2 }, signal)
    expect([cut.entries.length, cut.extent]).toEqual([2, 'size-limit'])
  })

  test('keeps what its changes say, beside what stands in the file', async () => {
    const change =
      'dn: uid=u7,ou=p,dc=t\r\nchangetype: modify\r\nreplace: cn\r\ncn: seven\r\n-\r\n\r\ndn: uid=u8,ou=p,dc=t\r\nchangetype: delete\r\n'
    const directory = await openLdifDirectory(written('change.ldif', change), signal)
    expect(directory.size).toBe(count)
    const found = await directory.search(request(equal('cn', 'seven')), signal)
    expect(found.entries.map(({ dn }) => dn)).toEqual(['uid=u7,ou=p,dc=t'])
  })

  test('is refused once it was changed', async () => {
    const path = written('touched.ldif')
    const directory = await openLdifDirectory(path, signal)
    appendFileSync(path, '\r\ndn: cn=more\r\n')
    await expect(directory.search(request(present('uid')), signal)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      text: 'fileUnreadable',
    })
  })

  test('names the line of a fault in what no search has asked for', async () => {
    const path = written('fault.ldif', 'dn: cn=x\r\njpegPhoto:: !\r\n')
    await expect(openLdifDirectory(path, signal)).rejects.toMatchObject({
      text: 'ldifBase64',
      details: { line: count * 6 + 7 },
    })
    const nameless = written('nameless.ldif', 'cn: x\r\n')
    await expect(openLdifDirectory(nameless, signal)).rejects.toMatchObject({ text: 'ldifNoDn' })
  })
})

test('names are normalised as everywhere else', () => {
  const part = fc.oneof(
    fc.stringMatching(/^(?:cn|UID|commonName|2\.5\.4\.3|ou)= ?[a-zA-Z0-9 ._@'-]{1,8}$/),
    fc.stringMatching(/^cn=[a-z\\,+#éß ]{1,6}$/),
  )
  fc.assert(
    fc.property(fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 4 }), (names) => {
      const nameOf = createEntryNames()
      for (const dn of names.map((parts) => parts.join(','))) {
        const name = nameOf(dn)
        if (name !== null) expect(name).toBe(normaliseDn(dn))
      }
    }),
    { numRuns: 500 },
  )
})

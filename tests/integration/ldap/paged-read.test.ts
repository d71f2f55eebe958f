import { BerWriter } from 'ldapts'
import { afterEach, describe, expect, it } from 'vitest'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import { createReadPeople } from '../../../src-main/core/ldap/read-people'
import {
  entry,
  result,
  startFakeDirectory,
  type FakeDirectory,
  type FakeReply,
} from '../../support/ldap-fake'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'

let fake: FakeDirectory | null = null
afterEach(async () => {
  await fake?.stop()
  fake = null
})

const peopleBase = 'ou=people,dc=example,dc=test'
const person = (id: number, uid: string) =>
  entry(id, `uid=${uid},${peopleBase}`, { uid: [uid], mail: [`${uid}@example.test`], entryUUID: [uid] })

/** The end of a page (RFC 2696) with where the next one begins. */
function pageEnd(id: number, cookie: string, code = 0): Buffer {
  const value = new BerWriter()
  value.startSequence()
  value.writeInt(0)
  value.writeString(cookie)
  value.endSequence()
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(0x65)
  writer.writeEnumeration(code)
  writer.writeString('')
  writer.writeString('')
  writer.endSequence()
  writer.startSequence(0xa0)
  writer.startSequence()
  writer.writeString('1.2.840.113556.1.4.319')
  writer.writeBuffer(value.buffer, 0x04)
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

/** Who is read from a directory that answers the searches for people with these pages, one after the other. */
async function read(
  pages: readonly ((id: number) => Buffer)[],
  options: { settings?: Partial<LdapSettings>; group?: (id: number, time: number) => Buffer } = {},
) {
  const done = (id: number) => result({ id, tag: 0x65 }, 0)
  let [page, asked] = [0, 0]
  const search = (id: number, name: string, scope: string | null): FakeReply => {
    if (name === '') {
      const dse = { supportedControl: ['1.2.840.113556.1.4.319'], namingContexts: ['dc=example,dc=test'] }
      return Buffer.concat([entry(id, '', dse), done(id)])
    }
    if (name === peopleBase && scope === 'sub') return pages[page++]?.(id) ?? 'drop'
    return Buffer.concat([options.group?.(id, asked++) ?? Buffer.alloc(0), done(id)])
  }
  fake = await startFakeDirectory({
    reply: ({ id, kind, name, scope }) => {
      if (kind === 'bind') return result({ id, tag: 0x61 }, 0)
      return kind === 'search' ? search(id, name, scope) : 'drop'
    },
  })
  const settings = ldapSettings({ port: fake.port, nestedGroups: false, ...options.settings })
  const readPeople = createReadPeople({ logger: quietLogger, clock: { now: () => new Date() } })
  const names: string[] = []
  const signal = new AbortController().signal
  const code = await readPeople({ settings, against: null, signal }, async (open) => {
    try {
      for await (const people of (await open()).pages) names.push(...people.map(({ username }) => username))
      return null
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error
    }
  })
  return { names, code }
}

describe('everybody, page by page', () => {
  it('goes on behind a page without entries whose cookie says that there is more', async () => {
    const found = await read([
      (id) => Buffer.concat([person(id, 'ada'), person(id, 'grace'), pageEnd(id, 'one')]),
      (id) => pageEnd(id, 'two'),
      (id) => Buffer.concat([person(id, 'alan'), pageEnd(id, '')]),
    ])
    expect(found).toEqual({ names: ['ada', 'grace', 'alan'], code: null })
  })

  it.each([
    [
      'a size limit',
      (id: number) => Buffer.concat([person(id, 'alan'), pageEnd(id, '', 4)]),
      'LDAP_SIZE_LIMIT',
    ],
    ['a time limit', (id: number) => pageEnd(id, '', 3), 'LDAP_TIME_LIMIT'],
    ['an administrative limit', (id: number) => pageEnd(id, '', 11), 'LDAP_ADMIN_LIMIT'],
    ['a page that says nothing of pages', (id: number) => result({ id, tag: 0x65 }, 0), 'LDAP_PROTOCOL'],
  ])('is not whole after %s', async (_, second, code) => {
    const first = (id: number) => Buffer.concat([person(id, 'ada'), pageEnd(id, 'one')])
    expect(await read([first, second])).toMatchObject({ code })
  })

  it('is not whole where the members of a group do not come to their end', async () => {
    const group = 'cn=staff,ou=groups,dc=example,dc=test'
    const found = await read([(id) => Buffer.concat([person(id, 'ada'), pageEnd(id, '')])], {
      settings: { roleGroups: [{ role: 'helpdesk', group }] },
      group: (id, time) =>
        time < 2
          ? entry(id, group, { cn: ['staff'], 'member;range=0-0': [`uid=ada,${peopleBase}`] })
          : Buffer.alloc(0),
    })
    expect(found).toEqual({ names: [], code: 'LDAP_GROUP_INCOMPLETE' })
  })
})

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inspectMost } from '../../../src-main/contract/inspection'
import { createDroppedFiles, type Piece } from '../../../src-main/core/lab/dropped-file'
import { pictureOf } from '../../../src-main/core/lab/file-picture'
import { tryFilter } from '../../../src-main/core/lab/try-filter'
import { openLdifDirectory } from '../../../src-main/core/ldap/ldif-directory'
import { ldapSettings } from '../../support/ldap-settings'

const ldif = `version: 1

dn: dc=example,dc=test
objectClass: domain

dn: ou=people,dc=example,dc=test
objectClass: organizationalUnit

dn: uid=ada,ou=people,dc=example,dc=test
objectClass: top
objectClass: inetOrgPerson
uid: ada
mail: ada@example.test
userPassword: {SSHA}canary

dn: uid=grace,ou=people,dc=example,dc=test
objectClass: top
objectClass: inetOrgPerson
uid: grace

dn: cn=staff,ou=groups,dc=example,dc=test
objectClass: groupOfNames
member: uid=ada,ou=people,dc=example,dc=test

dn: o=elsewhere
objectClass: organization
`
const { signal } = new AbortController()
const settings = ldapSettings({ baseDn: 'dc=example,dc=test', userBase: 'ou=people,dc=example,dc=test' })

let folder: string
let path: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-lab-test-'))
  path = join(folder, 'directory.ldif')
  writeFileSync(path, ldif)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the picture of a file', () => {
  it('counts who and what is in it, by the settings', async () => {
    const picture = await pictureOf(path, settings, signal)
    expect(picture).toMatchObject({ name: 'directory.ldif', entries: 6, groups: 1, people: 2, code: null })
    // The unit of the groups itself is left out of the file; what lies below it has its place all the same.
    expect(picture.tops).toEqual([
      { dn: 'dc=example,dc=test', entries: 5 },
      { dn: 'o=elsewhere', entries: 1 },
    ])
    expect(picture.classes[0]).toEqual({ name: 'inetOrgPerson', entries: 2 })
  })

  it.each([
    [{ userBase: 'ou=nowhere,dc=other' }, null, 'LDAP_BASE_NOT_FOUND'],
    [{ userFilter: '(uid=' }, null, 'LDAP_FILTER_SYNTAX'],
    [{ userFilter: '(title=none)' }, 0, 'LDAP_NO_USERS'],
  ])('says why the settings find nobody: %j', async (changes, people, code) => {
    expect(await pictureOf(path, { ...settings, ...changes }, signal)).toMatchObject({ people, code })
  })
})

describe('a filter that is tried', () => {
  const attempt = async (filter: string, base = 'dc=example,dc=test') =>
    tryFilter(await openLdifDirectory(path, signal), { settings, filter, base }, signal)

  it('says what it finds, and what each part finds alone', async () => {
    const tried = await attempt('(&(objectClass=inetOrgPerson)(mail=*)(!(uid=ada)))')
    expect(tried.count).toBe(0)
    expect(tried.parts).toEqual([
      { depth: 0, text: '&', count: 0 },
      { depth: 1, text: '(objectClass=inetOrgPerson)', count: 2 },
      { depth: 1, text: '(mail=*)', count: 1 },
      { depth: 1, text: '!', count: 4 },
      { depth: 2, text: '(uid=ada)', count: 1 },
    ])
  })

  it('shows the first whom it finds, with the settings’ attributes', async () => {
    const { matches } = await attempt('(mail=*)')
    expect(matches).toEqual([
      { dn: 'uid=ada,ou=people,dc=example,dc=test', username: 'ada', email: 'ada@example.test' },
    ])
  })

  it('with a place for the name finds everybody who has one', async () => {
    expect((await attempt('(uid={username})')).count).toBe(2)
  })

  it('searches the whole file below the empty name', async () => {
    expect((await attempt('(objectClass=*)', '')).count).toBe(6)
  })

  it('never finds a password', async () => {
    expect((await attempt('(userPassword=*)', '')).count).toBe(0)
  })

  it('that is none says where', async () => {
    await expect(attempt('(&(uid=ada)')).rejects.toMatchObject({ code: 'LDAP_FILTER_SYNTAX' })
  })
})

describe('a dropped file', () => {
  const dropped = createDroppedFiles()
  afterEach(() => dropped.remove())
  const piece = (text: string, more: Partial<Piece> = {}): Piece => ({
    ...{ upload: 'one', name: 'a.ldif', at: 0, bytes: Buffer.from(text), piece: 'last' },
    ...more,
  })
  const pathOf = async (of: Piece) => {
    const whole = await dropped.take(of)
    return whole?.kind === 'directory' ? whole.path : ''
  }

  it('of entries comes in pieces and is there for its owner only, until the next one', async () => {
    const [one, two] = [ldif.slice(0, 60), ldif.slice(60)]
    expect(await dropped.take(piece(one, { piece: 'more' }))).toBeNull()
    const file = await pathOf(piece(two, { at: 60 }))
    expect(readFileSync(file, 'utf8')).toBe(ldif)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    const next = await pathOf(piece(ldif, { upload: 'two' }))
    expect([existsSync(dirname(file)), existsSync(next)]).toEqual([false, true])
    dropped.remove()
    expect(existsSync(dirname(next))).toBe(false)
  })

  it.each(['../../evil.ldif', '..\\evil.ldif', '/etc/evil.ldif', '..'])(
    'has no way out: %s',
    async (name) => {
      const file = await pathOf(piece(ldif, { name }))
      expect(dirname(file).startsWith(join(tmpdir(), 'authdesk-lab-'))).toBe(true)
      expect(file.split(/[\\/]/).includes('..')).toBe(false)
    },
  )

  it('that is a text is never written, and must not be long', async () => {
    const text = await dropped.take(piece('eyJhbGciOiJub25lIn0.e30.'))
    expect(text).toEqual({ kind: 'text', bytes: Buffer.from('eyJhbGciOiJub25lIn0.e30.') })
    await expect(dropped.take(piece('x'.repeat(inspectMost + 1)))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  it('of which a piece is missing is refused', async () => {
    await dropped.take(piece(ldif, { piece: 'more' }))
    await expect(dropped.take(piece('x', { at: 3 }))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(dropped.take(piece('x', { at: ldif.length, upload: 'two' }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

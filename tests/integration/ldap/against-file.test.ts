import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { startSlapd } from '../../support/slapd'
import { seedLdif } from '../../support/slapd-seed'

let folder: string
let ldif: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdesk-ldif-'))
  ldif = join(folder, 'directory.ldif')
  writeFileSync(ldif, seedLdif())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const roleGroups = [{ role: 'helpdesk', group: 'desk-helpdesk' }] as const
const settings = ldapSettings({ requiredGroup: 'staff', roleGroups })

test('a file takes the server’s place: no network stages, the same answers from the base on', async () => {
  const file = await climb(settings, { user: 'alan', against: ldif })
  expect(file.outline).toEqual([
    ...['config: passed', 'base: passed', 'users: passed', 'groups: passed'],
    ...['user: passed', 'membership: passed', 'mapping: passed', 'decision: passed'],
  ])
  expect(file.target).toEqual({ host: null, port: null, encryption: 'file' })
  const slapd = await startSlapd({ tls: 'none' })
  try {
    const online = await climb(ldapSettings({ port: slapd.ldapPort, requiredGroup: 'staff', roleGroups }), {
      user: 'alan',
    })
    const withoutIds = (rows: readonly { label: string }[]) =>
      rows.filter(({ label }) => label !== 'Entry id')
    for (const id of ['base', 'users', 'groups', 'user', 'membership', 'mapping', 'decision']) {
      expect(file.stage(id).summary).toBe(online.stage(id).summary)
      expect(withoutIds(file.stage(id).detail)).toEqual(withoutIds(online.stage(id).detail))
    }
    expect(file.user).toEqual(online.user)
  } finally {
    await slapd.stop()
  }
})

test.each([
  ['nobody', 'user', 'LDAP_USER_NOT_FOUND'],
  ['twin', 'user', 'LDAP_USER_AMBIGUOUS'],
  ['edsger', 'membership', 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
  ['nomail', 'mapping', 'LDAP_USER_NO_EMAIL'],
  ['locked', 'decision', 'LDAP_USER_DISABLED'],
])('%s fails at %s with %s', async (user, stage, code) => {
  const ladder = await climb(settings, { user, against: ldif })
  expect(ladder.stage(stage)).toMatchObject({ status: 'failed', code })
})

test('a password cannot be checked by a file, and the result says so', async () => {
  const ladder = await climb(settings, { user: 'ada', password: 'anything', against: ldif })
  expect(ladder.stage('userbind')).toMatchObject({
    status: 'skipped',
    summary: 'A file cannot check a password',
  })
  expect(ladder.ok).toBe(true)
  expect(ladder.summary).toBe('Sign-in works for ada with the right password')
})

test('settings without a server are enough for a file', async () => {
  const ladder = await climb(
    { ...settings, servers: [], bindDn: null, bindPassword: null },
    { against: ldif },
  )
  expect(ladder.ok).toBe(true)
  expect(ladder.summary).toBe('The file fits the settings')
})

test('settings that do not fit stop before the file', async () => {
  const ladder = await climb({ ...settings, userFilter: '(uid=' }, { user: 'ada', against: ldif })
  expect(ladder.outline[0]).toBe('config: failed LDAP_FILTER_SYNTAX')
  expect(ladder.stages.slice(1).every((stage) => stage.status === 'skipped')).toBe(true)
  expect(ladder.stage('config').detail).toContainEqual({ label: 'Position', value: '5' })
})

test('a file that is missing or damaged is an error with its line', async () => {
  await expect(climb(settings, { against: join(folder, 'gone.ldif') })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { file: 'gone.ldif' },
  })
  const damaged = join(folder, 'damaged.ldif')
  writeFileSync(damaged, 'dn: dc=example,dc=test\nobjectClass: top\nnonsense\n')
  await expect(climb(settings, { against: damaged })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { line: 3, file: 'damaged.ldif' },
  })
})

import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { directoryExplanationSchema } from '../../../src-main/contract/ldap-explain'
import { ladderSchema } from '../../../src-main/contract/ldap'
import { createFiles } from '../../../src-main/core/app/files'
import { agree, startFakeDirectory, type FakeDirectory } from '../../support/ldap-fake'
import { seedLdif } from '../../support/slapd-seed'
import { codeOf, startPeopledConsole, type Console } from '../sign-in/console'

/**
 * A setting that cannot be read has a default in its place. To go on with it would ask another question than the one
 * that was configured: without its filter, a sync would take the whole directory in.
 */
let fake: FakeDirectory
let desk: Console
let file: string
beforeEach(async () => {
  fake = await startFakeDirectory({ reply: agree })
  const files = createFiles()
  desk = await startPeopledConsole(settings(''), { files })
  const path = `${desk.folder}/home.ldif`
  writeFileSync(path, seedLdif())
  file = files.add(path).handle
})
afterEach(async () => {
  await desk.close()
  await fake.stop()
})

const settings = (more: string) => `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${fake.port}
LDAP_BASE_DN=dc=example,dc=test
LDAP_USER_DN=ou=people
LDAP_BIND_DN=cn=reader,dc=example,dc=test
LDAP_BIND_PASSWORD=reader-secret-4711
${more}`

it.each([
  ['LDAP_USER_FILTER=(&(uid={username})(mail=*)', 'LDAP_FILTER_SYNTAX'],
  ['LDAP_GROUP_DN=ou=groups,dc', 'LDAP_DN_SYNTAX'],
  ['LDAP_PAGE_SIZE=many', 'LDAP_CONFIG_INVALID'],
  ['LDAP_TIMEOUT=0', 'LDAP_CONFIG_INVALID'],
  ['LDAP_NESTED_GROUPS=perhaps', 'LDAP_CONFIG_INVALID'],
])('%s: nobody is asked anything, from a server or from a file', async (line, code) => {
  desk.configure(settings(line))
  const setting = line.split('=')[0] ?? ''
  for (const against of [null, file]) {
    const ladder = ladderSchema.parse(await desk.cliValue('ldap.test', { runId: 'r', user: 'ada', against }))
    expect(ladder.stages[0]).toMatchObject({ id: 'config', status: 'failed', code })
    expect(ladder.stages[0]?.detail).toContainEqual({ label: 'Setting', value: setting })
    expect(ladder.stages.slice(1).every(({ status }) => status === 'skipped')).toBe(true)

    const story = directoryExplanationSchema.parse(
      await desk.cliValue('ldap.explain', { runId: 'r', name: 'ada', against }),
    )
    expect(story.decision.allowed).not.toBe(true)
    expect(story.entry).toBeNull()

    expect(codeOf(await desk.cli('sync.preview', { runId: 'r', against }))).toBe(code)
  }
  expect(fake.requests).toEqual([])
})

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Events } from '../../../src-main/contract'
import { syncContract, syncProgressSchema, type SyncPreview } from '../../../src-main/contract/sync'
import { createFiles } from '../../../src-main/core/app/files'
import { startSlapd, type Slapd } from '../../support/slapd'
import { codeOf, startPeopledConsole, type Console } from '../sign-in/console'

type Told = Events['sync.progress']

let slapd: Slapd
let desk: Console
const files = createFiles()
beforeAll(async () => {
  slapd = await startSlapd()
})
afterAll(() => slapd.stop())
beforeEach(async () => {
  desk = await startPeopledConsole(settings(), { files })
})
afterEach(() => desk.close())

const settings = () => `AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${slapd.ldapsPort}
LDAP_USE_SSL=true
LDAP_TLS_CA_CERT_FILE=${slapd.caFile}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_PAGE_SIZE=3
LDAP_TIMEOUT=5
`

const preview = async (): Promise<SyncPreview> =>
  syncContract.preview.output.parse(await desk.cliValue('sync.preview', { runId: 'p' }))
const current = async () => syncContract.current.output.parse(await desk.cliValue('sync.current')).preview

/** Runs and cancels it at the first word of that phase; says what was told. */
async function cancelledAt(phase: Told['phase'], path: string, input: object) {
  const told: Told[] = []
  const result = await desk.app.dispatch({
    path,
    input: { runId: 'c', ...input },
    caller: { kind: 'os', name: 'root' },
    emit: (name, payload) => {
      if (name !== 'sync.progress') return
      told.push(syncProgressSchema.parse(payload))
      if (told.at(-1)?.phase === phase)
        void desk.app.dispatch({
          path: 'app.cancel',
          input: { runId: 'c' },
          caller: { kind: 'os', name: 'root' },
          emit: () => undefined,
        })
    },
  })
  return { code: codeOf(result), told }
}

describe('a sync that is cancelled', () => {
  it('while the directory is read leaves the preview before, and the next one runs at once', async () => {
    const seen = await preview()
    const { code, told } = await cancelledAt('reading', 'sync.preview', {})
    expect(code).toBe('CANCELLED')
    expect(told.map((each) => each.phase)).not.toContain('planning')
    expect(await current()).toEqual(seen)
    expect(await desk.cliValue('sync.apply', { runId: 'a', preview: seen.id })).toMatchObject({
      run: seen.id,
    })
    expect((await preview()).counts.create).toBe(0)
  })

  it('while it is applied takes everything back, and the preview can be applied after it', async () => {
    const seen = await preview()
    const { code } = await cancelledAt('applying', 'sync.apply', { preview: seen.id })
    expect(code).toBe('CANCELLED')
    await expect(desk.account('grace')).rejects.toThrow('no account grace')
    expect(await desk.cliValue('sync.apply', { runId: 'a', preview: seen.id })).toMatchObject({
      run: seen.id,
    })
    expect(await desk.account('grace')).toMatchObject({ provider: 'ldap' })
  })
})

describe('the rows of a filter', () => {
  it('are what the export writes, for its owner only', async () => {
    const seen = await preview()
    const path = join(desk.folder, 'skipped.csv')
    const filter = { actions: ['skip'], codes: ['LDAP_USER_NO_EMAIL'], search: '' }
    const written = await desk.cliValue('sync.exportRows', {
      ...{ preview: seen.id, ...filter, file: files.add(path).handle, format: 'csv' },
    })
    const listed = await desk.cliValue('sync.rows', { preview: seen.id, ...filter })
    expect(listed).toMatchObject({ total: 1 })
    expect(written).toMatchObject({ rows: 1, file: path })
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2)
    expect(readFileSync(path, 'utf8')).toContain('nomail')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncContract } from '../../../src-main/contract/sync'
import { startCuttingProxy, type CuttingProxy } from '../../support/cutting-proxy'
import { startSlapd, type Slapd } from '../../support/slapd'
import { startPeopledConsole, type Console } from '../sign-in/console'

let slapd: Slapd
let proxy: CuttingProxy
let desk: Console
let whole = 0
beforeAll(async () => {
  slapd = await startSlapd({ tls: 'none' })
  proxy = await startCuttingProxy({ host: slapd.host, port: slapd.ldapPort })
  desk = await startPeopledConsole(`AUTH_METHOD=ldap
LDAP_HOST=127.0.0.1
LDAP_PORT=${proxy.port}
LDAP_BASE_DN=${slapd.baseDn}
LDAP_BIND_DN=${slapd.bindDn}
LDAP_BIND_PASSWORD=${slapd.bindPassword}
LDAP_USER_DN=ou=people
LDAP_HELPDESK_GROUP=desk-helpdesk
LDAP_PAGE_SIZE=2
LDAP_TIMEOUT=5`)
  const seen = syncContract.preview.output.parse(await desk.cliValue('sync.preview', { runId: 'p' }))
  await desk.cliValue('sync.apply', { runId: 'a', preview: seen.id })
  proxy.cutAfter(Infinity)
  await desk.cliValue('sync.preview', { runId: 'p' })
  whole = proxy.passed()
})
afterAll(async () => {
  await desk.close()
  await proxy.stop()
  await slapd.stop()
})

describe('a server that is killed while it is read', () => {
  it.each(Array.from({ length: 20 }, (_, at) => at))(
    'at point %i of 20 takes nobody for gone',
    async (at) => {
      expect(whole).toBeGreaterThan(2000)
      proxy.cutAfter(Math.floor((whole * (at + 0.5)) / 20))
      const result = await desk.cli('sync.preview', { runId: 'p' })
      if (!result.ok) {
        expect(result.error.code).toBe('LDAP_UNAVAILABLE')
        return
      }
      const seen = syncContract.preview.output.parse(result.value)
      expect(seen.completeness).not.toBe('complete')
      expect(seen).toMatchObject({
        code: 'LDAP_DROPPED',
        refusal: 'SYNC_PARTIAL',
        disablements: { planned: 0 },
      })
      expect(seen.counts.disable).toBe(0)
      const applied = await desk.cli('sync.apply', { runId: 'a', preview: seen.id, maxRemovals: 1000 })
      expect(applied).toMatchObject({ error: { code: 'SYNC_PARTIAL' } })
    },
  )

  it('reads it to the end again afterwards', async () => {
    proxy.cutAfter(Infinity)
    const seen = syncContract.preview.output.parse(await desk.cliValue('sync.preview', { runId: 'p' }))
    expect(seen).toMatchObject({ completeness: 'complete', refusal: null })
  })
})

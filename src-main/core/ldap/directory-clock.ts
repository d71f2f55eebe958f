import type { Clock, LdapSettings, Logger } from '../app/ports'
import type { TimeSample } from '../diagnostics/clock-offset'
import { connectionOver, openChannel, resolveServer, type ConnectDeps } from './connect'
import { withDeadline } from './deadline'
import { readEntry } from './directory-connection'
import { textOf } from './entry'
import { anything } from './filter'
import { timeOf } from './lockout-counter'
import { openSocket, systemResolve } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

/**
 * What the directory's clock says: `currentTime` of the root DSE ([MS-ADTS] §3.1.1.3.2.3), which Active Directory tells
 * anybody. Null where the directory is off or does not tell. Nothing secret is sent.
 */
export async function directoryTime(
  settings: LdapSettings,
  deps: { readonly clock: Clock; readonly logger: Logger },
  signal: AbortSignal,
): Promise<TimeSample | null> {
  const [server] = settings.servers
  if (!settings.enabled || server === undefined) return null
  const connect: ConnectDeps = {
    ...{ logger: deps.logger, resolve: systemResolve, loadTrust: createTlsTrustLoader() },
  }
  return withDeadline({ signal, ms: settings.timeout * 1000 }, async (inner) => {
    const [endpoint] = await resolveServer(server, connect.resolve)
    if (endpoint === undefined) return null
    const plain = await openSocket(endpoint, inner)
    const channel = await openChannel(endpoint, { settings, deps: connect, plain }, inner)
    const connection = connectionOver(channel, settings, deps.logger)
    try {
      const sentAt = deps.clock.now()
      const asked = { dn: '', filter: anything, attributes: ['currentTime'] }
      const entry = await readEntry(connection, asked, inner)
      const receivedAt = deps.clock.now()
      const stated = timeOf((entry && textOf(entry, 'currentTime')) ?? '')
      return stated === null ? null : { source: 'directory', stated: new Date(stated), sentAt, receivedAt }
    } finally {
      connection.close()
    }
  })
}

import { AppError } from '../../../contract/errors'
import { permissionsOf } from '../../../contract/permissions'
import type { Actor, Settings } from '../../app/ports'
import { parseAddress } from '../addresses'

/**
 * Whoever may not change settings tests saved ones only: the application is then one that they name, so that nobody has
 * this computer ask addresses that an administrator never wrote down.
 */
export function requireKnownApp(app: string, { oidc, views }: Settings, actor: Actor): void {
  if (actor.kind !== 'nobody' && permissionsOf(actor.roles).has('settings:write')) return
  const baseUrl = views.find(({ name }) => name === 'BASE_URL')?.value ?? null
  const named = [baseUrl, ...oidc.map(({ redirectUri }) => redirectUri)]
  const origins = named.map((address) => (address === null ? null : parseAddress(address)?.origin))
  if (!origins.includes(parseAddress(app)?.origin))
    throw new AppError('FORBIDDEN', { details: { setting: 'BASE_URL' } })
}

import type { Explanation, WayView } from '../../contract/auth'
import type { Settings } from '../app/ports'
import type { Account } from '../users/account'
import { rowOf } from '../users/user-service'
import { explainForm, type Asked, type ExplainDeps } from './explain-form'
import { explainProvider } from './explain-provider'

/** The way that is this account's own: its provider's button, or the form. */
function ownWay(account: Account | null, ways: readonly WayView[], settings: Settings): WayView | undefined {
  const buttons = ways.filter(({ id }) => id.startsWith('oidc:'))
  const open = buttons.find(({ allowed }) => allowed === true) ?? buttons[0]
  const form = ways.find(({ id }) => id === 'form')
  if (account?.authProvider === 'oidc') return open ?? form
  if (account === null && settings.method === 'oidc') return open ?? form
  return form
}

/** Why this person can or can't sign in now, by every way, rule by rule. */
export async function explainSignIn(
  deps: ExplainDeps & { readonly settings: () => Promise<Settings> },
  name: string,
  signal: AbortSignal,
): Promise<Explanation> {
  const settings = await deps.settings()
  const { users } = await deps.rooms()
  const account = await users.byName(name)
  const asked: Asked = { name, account, settings, signal }
  const providers = await Promise.all(settings.oidc.map((provider) => explainProvider(deps, asked, provider)))
  const form = await explainForm(deps, asked, 'form')
  const ways = [form, ...providers, await explainForm(deps, asked, 'break-glass')]
  const own = ownWay(account, ways, settings) ?? form
  const shown = account && rowOf(account, deps.clock.now())
  return {
    name,
    account: shown && {
      ...{ id: shown.id, username: shown.username, authProvider: shown.authProvider, role: shown.role },
      ...{ state: shown.state, lastSignIn: shown.lastSignIn },
    },
    method: settings.method,
    decision: {
      ...{ way: own.id, allowed: own.allowed, code: own.code },
      next: own.code === null ? null : deps.texts(`codes.${own.code}.next`),
    },
    rules: own.rules,
    ways,
  }
}

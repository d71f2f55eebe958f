import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Clock, Logger, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import type { FormInput } from './form-answers'
import type { PasswordHasher } from './password-hash'
import type { PasswordCheck } from './password-policy'
import { createFirstAdmin, type FirstAdmin } from './first-admin'
import { changeOwnPassword } from './own-password'
import { createTurns } from './turns'

export interface SessionHandlerDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly session: ConsoleSession
  readonly hasher: PasswordHasher
  readonly checkPassword: PasswordCheck
  readonly formSignIn: (input: FormInput, context: CallContext) => Promise<void>
  readonly oidc: {
    readonly signIn: (input: { runId: string; provider: string }, context: CallContext) => Promise<void>
    readonly askAgain: () => void
  }
  readonly breakGlass: () => boolean
  readonly clock: Clock
  readonly logger: Logger
}

const withForm: ReadonlySet<string | null> = new Set(['none', 'local', 'both', 'ldap', 'all'])
const withLocal: ReadonlySet<string | null> = new Set(['none', 'local', 'both', 'all'])
const withDirectory: ReadonlySet<string | null> = new Set(['ldap', 'all'])
const withProviders: ReadonlySet<string | null> = new Set(['oidc', 'both', 'all'])

export function createSessionHandlers(deps: SessionHandlerDeps): Handlers<Contract['session'], CallContext> {
  const turns = createTurns()

  async function present() {
    const session = await deps.session.view()
    if (!session) throw new AppError('FORBIDDEN')
    return { session }
  }

  return {
    signInOptions: async () => {
      const { method, hideLocalLogin, oidc, oidcEnabled } = await deps.settings()
      const form = withForm.has(method) && !(hideLocalLogin && !withDirectory.has(method))
      return {
        method: method ?? 'local',
        form: form ? { local: withLocal.has(method), directory: withDirectory.has(method) } : null,
        passwordless: method === 'none',
        providers:
          withProviders.has(method) && oidcEnabled ? oidc.map(({ slug, name }) => ({ slug, name })) : [],
        breakGlass: deps.breakGlass(),
      }
    },
    createFirstAdmin: async (input: FirstAdmin, context) => {
      await createFirstAdmin(deps, input, context)
      return present()
    },
    signIn: async (input, context) => {
      await deps.formSignIn(input, context)
      return present()
    },
    signInOidc: async (input, context) => {
      await deps.oidc.signIn(input, context)
      return present()
    },
    changePassword: async (input, context) => {
      await turns('own', () => changeOwnPassword(deps, input, context))
      return present()
    },
    signOut: async (_input, context) => {
      const rooms = await deps.rooms()
      const forget = await rooms.transaction(async (tx) => {
        const target = context.actor.kind === 'account' ? context.actor.name : null
        await context.audit.record(tx, { target })
        return deps.session.end(tx)
      })
      forget()
      deps.oidc.askAgain()
      return {}
    },
  }
}

import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Clock, Logger, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import type { FormInput } from './form-answers'
import type { PasswordHasher } from './password-hash'
import type { PasswordCheck } from './password-policy'
import { createFirstAdmin } from './first-admin'
import { changeOwnPassword } from './own-password'
import type { ProviderSignOut } from './provider-sign-out'
import type { Registration } from './registration'
import { signInOptionsOf } from './sign-in-options'
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
  readonly atProvider: Pick<ProviderSignOut, 'leave' | 'stop'>
  readonly register: (input: Registration, context: CallContext) => Promise<void>
  readonly forgotPassword: (username: string, context: CallContext) => Promise<void>
  readonly unlock: (input: { runId: string; password: string | null }, context: CallContext) => Promise<void>
  readonly breakGlass: () => boolean
  readonly clock: Clock
  readonly logger: Logger
}

export function createSessionHandlers(deps: SessionHandlerDeps): Handlers<Contract['session'], CallContext> {
  const turns = createTurns()

  /** Who is signed in once the work is done. */
  async function signedIn(work: Promise<void>) {
    await work
    const session = await deps.session.view()
    if (!session) throw new AppError('FORBIDDEN')
    return { session }
  }

  /** A browser that has not come back from a sign-out holds no port that the next sign-in may need. */
  async function next(work: () => Promise<void>) {
    await deps.atProvider.stop()
    return signedIn(work())
  }

  return {
    signInOptions: async () => signInOptionsOf(await deps.settings(), deps.breakGlass()),
    createFirstAdmin: (input, context) => signedIn(createFirstAdmin(deps, input, context)),
    signIn: (input, context) => next(() => deps.formSignIn(input, context)),
    register: (input, context) => next(() => turns('register', () => deps.register(input, context))),
    forgotPassword: async (input, context) => {
      await turns('forgotten', () => deps.forgotPassword(input.username, context))
      return {}
    },
    signInOidc: (input, context) => next(() => deps.oidc.signIn(input, context)),
    changePassword: (input, context) => signedIn(turns('own', () => changeOwnPassword(deps, input, context))),
    active: () => {
      deps.session.active()
      return Promise.resolve({})
    },
    lock: () => {
      deps.session.lock()
      deps.oidc.askAgain()
      return Promise.resolve({})
    },
    unlock: (input, context) => signedIn(turns('unlock', () => deps.unlock(input, context))),
    signOut: async (_input, context) => {
      const rooms = await deps.rooms()
      const id = deps.session.id()
      const forget = await rooms.transaction(async (tx) => {
        const target = context.actor.kind === 'account' ? context.actor.name : null
        await context.audit.record(tx, { target })
        return deps.session.end(tx)
      })
      forget()
      deps.oidc.askAgain()
      if (id !== null) deps.atProvider.leave(id, context.emit)
      return {}
    },
  }
}

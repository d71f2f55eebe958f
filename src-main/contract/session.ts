import { z } from 'zod'
import { authMethodSchema, sessionViewSchema } from './app'
import { errorBodySchema } from './errors'
import { command, local, query } from './procedure'

const username = z.string().trim().min(1).max(200)
/** Longer input is refused before anything looks at it. */
const password = z.string().max(1024)

/** What the sign-in page offers in this mode. */
export const signInOptionsSchema = z.object({
  method: authMethodSchema,
  form: z.object({ local: z.boolean(), directory: z.boolean() }).nullable(),
  passwordless: z.boolean(),
  providers: z.array(z.object({ slug: z.string(), name: z.string() })),
  breakGlass: z.boolean(),
  /** "Create an account", and whether it takes a password. */
  selfRegister: z.boolean(),
  forgottenPassword: z.boolean(),
})
export type SignInOptions = z.infer<typeof signInOptionsSchema>

const signedInSchema = z.object({ session: sessionViewSchema })

export const sessionContract = {
  signInOptions: query('public', z.object({}), signInOptionsSchema),
  createFirstAdmin: command(
    { permission: 'first-run', audit: 'transaction' },
    z.object({ username, email: z.email().max(200), fullName: z.string().trim().max(200), password }),
    signedInSchema,
  ),
  signIn: command(
    { permission: 'public', audit: 'transaction' },
    z.object({ runId: z.string().max(100), username, password, way: z.enum(['form', 'break-glass']) }),
    signedInSchema,
  ),
  /** Makes the caller's own account where the mode and ALLOW_SELF_REGISTER let people, and signs them in. */
  register: command(
    { permission: 'public', audit: 'transaction' },
    z.object({
      runId: z.string().max(100),
      username,
      fullName: z.string().trim().max(200).default(''),
      password: password.nullable(),
    }),
    signedInSchema,
  ),
  /** One answer for every name; only a local account's request reaches the helpdesk. */
  forgotPassword: command(
    { permission: 'public', audit: 'transaction' },
    z.object({ username }),
    z.object({}),
  ),
  signInOidc: command(
    { permission: 'public', audit: 'transaction' },
    z.object({ runId: z.string().max(100), provider: z.string().max(100) }),
    signedInSchema,
  ),
  changePassword: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ current: password, next: password }),
    signedInSchema,
  ),
  /** A key or a click: the desk is not left. */
  active: local('session', z.object({}), z.object({})),
  lock: local('session', z.object({}), z.object({})),
  unlock: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ runId: z.string().max(100), password: password.nullable() }),
    signedInSchema,
  ),
  signOut: command({ permission: 'session', audit: 'transaction' }, z.object({}), z.object({})),
}

/** What became of the provider's own sign-out, after the one here: its page is open in the browser, or why it is not. */
export const providerSignOutSchema = z.object({ provider: z.string(), error: errorBodySchema.nullable() })

/** Progress of a sign-in through the browser: what the window shows while it waits. */
export const signInProgressSchema = z.object({
  runId: z.string().max(100),
  step: z.enum(['discovering', 'browser', 'callback', 'token', 'account']),
  authorizationUrl: z.string().nullable(),
})
export type SignInProgress = z.infer<typeof signInProgressSchema>

import type { Composition } from './handler-rooms'
import type { Settings } from './ports'
import { lazily } from './rooms'

export async function passwords(from: Composition) {
  const [{ createPasswordHasher }, { createPasswordPolicy }] = await Promise.all([
    import('../sign-in/password-hash'),
    import('../sign-in/password-policy'),
  ])
  const minimum = async () => (await from.settings.current()).passwordMinLength
  const { passwordCost } = from.options
  return { hasher: createPasswordHasher(passwordCost), checkPassword: createPasswordPolicy(minimum) }
}

function signOutOf({ options, texts }: Composition) {
  return lazily(async () => {
    const { createOidcSignOut } = await import('../oidc/oidc-sign-out')
    return createOidcSignOut({ browser: options.ports.browser, texts })
  })
}

export async function sessionHandlers(from: Composition) {
  const [
    { createSessionHandlers },
    { createFormSignIn },
    { createOidcAdmission },
    { register },
    { forgotPassword },
    { unlock },
    { createProviderSignOut },
  ] = await Promise.all([
    import('../sign-in/handlers'),
    import('../sign-in/form-sign-in'),
    import('../sign-in/oidc-admission'),
    import('../sign-in/registration'),
    import('../sign-in/forgotten-password'),
    import('../sign-in/unlock'),
    import('../sign-in/provider-sign-out'),
  ])
  const { clock, logger } = from.options.ports
  const settings = from.settings.current
  const { renewal, oidcSignIn } = from
  const shared = {
    rooms: from.rooms,
    settings,
    session: from.session,
    clock,
    logger,
    breakGlass: from.breakGlass,
  }
  const { hasher, checkPassword } = await passwords(from)
  const directories = lazily(async () => {
    const { createDirectory } = await import('../ldap/directory')
    return createDirectory({ clock, logger })
  })
  const directory = async (ldap: Settings['ldap']) => (await directories())(ldap)
  const atProvider = createProviderSignOut({ settings, logger, texts: from.texts, oidc: signOutOf(from) })
  from.onClose(() => void atProvider.stop())
  const oidc = createOidcAdmission({ ...shared, links: from.links, oidc: oidcSignIn, renewal, atProvider })
  const formSignIn = createFormSignIn({ ...shared, hasher, directory })
  const parts = { ...shared, hasher, checkPassword, directory, host: from.host }
  return createSessionHandlers({
    ...{ ...parts, formSignIn, oidc, atProvider },
    register: (input, context) => register(parts, input, context),
    forgotPassword: (username, context) => forgotPassword(parts, username, context),
    unlock: (input, context) =>
      unlock({ ...parts, oidc: oidcSignIn, renewal, atProvider, links: from.links }, input, context),
  })
}

export async function accountHandlers(from: Composition) {
  const { createAccountHandlers } = await import('../account/handlers')
  const { clock } = from.options.ports
  return createAccountHandlers({
    ...{ rooms: await from.rooms(), clock, session: from.session, links: from.links },
    settings: () => from.settings.current(),
    oidc: from.oidcSignIn,
    ...(await passwords(from)),
  })
}

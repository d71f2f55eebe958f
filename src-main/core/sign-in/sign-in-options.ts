import type { SignInOptions } from '../../contract/session'
import type { Settings } from '../app/ports'
import { hasLocalPasswords } from './forgotten-password'
import { offersRegistration } from './registration'

const withForm: ReadonlySet<string | null> = new Set(['none', 'local', 'both', 'ldap', 'all'])
const withLocal: ReadonlySet<string | null> = new Set(['none', 'local', 'both', 'all'])
const withDirectory: ReadonlySet<string | null> = new Set(['ldap', 'all'])
const withProviders: ReadonlySet<string | null> = new Set(['oidc', 'both', 'all'])

/** What the sign-in page offers under these settings. */
export function signInOptionsOf(settings: Settings, breakGlass: boolean): SignInOptions {
  const { method, hideLocalLogin, oidc, oidcEnabled } = settings
  const form = withForm.has(method) && !(hideLocalLogin && !withDirectory.has(method))
  return {
    method: method ?? 'local',
    form: form ? { local: withLocal.has(method), directory: withDirectory.has(method) } : null,
    passwordless: method === 'none',
    providers: withProviders.has(method) && oidcEnabled ? oidc.map(({ slug, name }) => ({ slug, name })) : [],
    breakGlass,
    selfRegister: form && offersRegistration(settings),
    forgottenPassword: form && hasLocalPasswords(method),
  }
}

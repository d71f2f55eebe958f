import { AppError } from '../../contract/errors'
import type { Texts } from '../app/texts'
import type { DirectoryRun } from './directory-stages'
import { contextOf } from './root-dse'
import { explainSearch, type Suggestion } from './zero-results'

interface Fruitless {
  readonly error: AppError
  /** Who was looked for; null for everybody. */
  readonly name: string | null
  /** The names of the entries where there are too many. */
  readonly found: readonly string[]
}

/** The error with what would have to change in the settings, where extra searches found that out. */
export async function explained(
  run: DirectoryRun,
  { error, name, found }: Fruitless,
  signal: AbortSignal,
): Promise<AppError> {
  const { settings, connection, rootDse, context } = run
  const top = contextOf(rootDse, settings.baseDn)
  const outcome = { settings, name, found, top, ms: context.ms / 2 }
  const suggestions = await explainSearch(connection, outcome, signal)
  if (suggestions.length === 0) return error
  const shown = suggestions.map((suggestion) => sentence(context.texts, suggestion))
  return new AppError(error.code, { details: { ...error.details, suggestion: shown }, cause: error })
}

function sentence(texts: Texts, { changes, dn }: Suggestion): string {
  const settings = changes.map(({ setting, value }) => `${setting}=${value}`).join(' · ')
  return texts('ldap.value.suggestion', { settings, dn })
}

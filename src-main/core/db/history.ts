import { AppError } from '../../contract/errors'

/** One step of the database's history: raw SQL, one statement an item, forward only, never edited once landed. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/**
 * What is still to be applied. The applied list must be the beginning of the available one: `DB_NEWER` where it
 * only goes on behind our last, `DB_MIGRATION_MISMATCH` for a gap, another order or a stranger in the middle.
 */
export function pendingOf(applied: readonly string[], available: readonly string[]): readonly string[] {
  const first = applied.findIndex((name, index) => name !== available[index])
  if (first === -1) return available.slice(applied.length)
  const details = { applied: [...applied], available: [...available], first: applied[first] ?? null }
  throw new AppError(first === available.length ? 'DB_NEWER' : 'DB_MIGRATION_MISMATCH', { details })
}

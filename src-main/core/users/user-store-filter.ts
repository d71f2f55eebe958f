import type { UserFilter } from '../../contract/users'
import { listOf, type Statement } from '../db/sql'
import { searchForm } from './user-store-text'

/** A condition on `users` with its values; conditions are joined by AND. */
export type Condition = Required<Statement>

/** One state a row, the first that fits: disabled, locked, must change password, pending link, enabled. */
export const stateColumn = `CASE
  WHEN disabled_at IS NOT NULL THEN 'disabled'
  WHEN locked_until > $now THEN 'locked'
  WHEN must_change_password = 1 THEN 'must-change-password'
  WHEN pending_link = 1 THEN 'pending-link'
  ELSE 'enabled' END`

const trigramLength = 3

/** What to look for: the folded text, and whether the trigram index can be asked for it. */
export interface Needle {
  readonly text: string
  readonly indexed: boolean
}

export function needleOf(search: string): Needle | null {
  const text = searchForm(search)
  return text === '' ? null : { text, indexed: Array.from(text).length >= trigramLength }
}

/** The rows that the trigram index names; a phrase of trigrams is exactly a substring. */
export function indexMatch(needle: Needle): Condition {
  const match = `"${needle.text.replaceAll('"', '""')}"`
  return { sql: 'users_search MATCH $match', bind: { match } }
}

export function scanMatch(needle: Needle): Condition {
  return { sql: 'instr(search_text, $needle) > 0', bind: { needle: needle.text } }
}

function chosen(column: string, prefix: string, values: readonly string[]): readonly Condition[] {
  if (values.length === 0) return []
  const list = listOf(prefix, values)
  return [{ sql: `${column} IN ${list.sql}`, bind: list.bind }]
}

/** Conditions for the chips; without any chip of a group there is none for it. */
export function chipConditions(filter: UserFilter, now: Date): readonly Condition[] {
  const states = chosen(`(${stateColumn})`, 'state', filter.states)
  return [
    ...chosen('auth_provider', 'provider', filter.providers),
    ...chosen('role', 'role', filter.roles),
    ...states.map(({ sql, bind }) => ({ sql, bind: { ...bind, now: now.toISOString() } })),
  ]
}

/** All of these, among the accounts that are not deleted. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: ['deleted_at IS NULL', ...conditions.map(({ sql }) => sql)].join(' AND '),
    bind: Object.assign({}, ...conditions.map(({ bind }) => bind)) as Condition['bind'],
  }
}

import { performance } from 'node:perf_hooks'
import { AppError } from '../../contract/errors'
import type { DirectoryConnection } from './directory-connection'
import {
  changesFor,
  loosenedFilter,
  nameAttributes,
  whenNobody,
  whenSeveral,
  type Change,
  type Loosening,
  type Question,
} from './loosened-search'

/** Settings that would have found somebody, and whom. */
export interface Suggestion {
  readonly changes: readonly Change[]
  readonly dn: string
}

/** Entries that one of the extra searches may bring: enough to see whether it is one person. */
const sizeLimit = 5

/** How a search went: nobody, or several where one was wanted. */
export interface Outcome extends Question {
  readonly found: readonly string[]
  /** The naming context that holds the base, where it is known. */
  readonly top: string | null
  /** Milliseconds after which no further search is begun. */
  readonly ms: number
}

/**
 * Repeats a search that found nobody, or several, with one thing changed at a time and tells which changes make it
 * right, the smallest first. At most eight searches, nothing but searches; one that fails proves nothing and is passed
 * over. Only a cancellation comes out as an error.
 */
export async function explainSearch(
  connection: DirectoryConnection,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  const ends = performance.now() + outcome.ms
  const tried =
    outcome.found.length > 0 ? whenSeveral(outcome, outcome.found) : whenNobody(outcome, outcome.top)
  const suggestions: Suggestion[] = []
  for (const change of tried) {
    if (performance.now() > ends) break
    // What needs several changes is of interest only where no single one helps.
    if (suggestions.length > 0 && isBroad(change)) break
    const suggestion = await attempt(connection, { outcome, change }, signal)
    if (suggestion && !suggestions.some((other) => same(other, suggestion))) suggestions.push(suggestion)
  }
  return suggestions
}

function isBroad(change: Loosening): boolean {
  return Object.keys(change).length > 1
}

function same(one: Suggestion, other: Suggestion): boolean {
  return JSON.stringify(one.changes) === JSON.stringify(other.changes)
}

async function attempt(
  connection: DirectoryConnection,
  { outcome, change }: { readonly outcome: Outcome; readonly change: Loosening },
  signal: AbortSignal,
): Promise<Suggestion | null> {
  const base = change.base ?? outcome.settings.userBase
  const answer = await connection
    .search(
      {
        ...{ base, scope: 'sub', sizeLimit, page: null },
        filter: loosenedFilter(outcome, change),
        attributes: ['objectClass', ...new Set([outcome.settings.loginAttribute, ...nameAttributes])],
      },
      signal,
    )
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code !== 'CANCELLED') return null
      throw error
    })
  const [first, second] = answer?.entries ?? []
  const right = first && (outcome.name === null || (!second && answer?.extent === 'complete'))
  if (!right) return null
  const changes = changesFor(outcome, change, first)
  return changes.length === 0 ? null : { changes, dn: first.dn }
}

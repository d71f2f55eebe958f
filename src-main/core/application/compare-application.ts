import {
  applicationQuerySchema,
  comparisonKinds,
  type ApplicationComparison,
  type ComparisonRow,
} from '../../contract/application'
import { AppError } from '../../contract/errors'
import { writeExport } from '../app/export-file'
import type { CallContext, LdapSettings } from '../app/ports'
import { csvLine } from '../csv/formula-safe'
import type { ReadPeople } from '../ldap/read-people'
import { compareWithDirectory, type ComparedAccount, type ComparedPerson } from './directory-comparison'
import type { ApplicationSource } from './application-source'

const pageSize = 500
const shownRows = 500

export interface CompareDeps {
  readonly source: ApplicationSource
  readonly ldap: LdapSettings
  readonly readPeople: ReadPeople
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
}

interface Compared {
  readonly rows: readonly ComparisonRow[]
  readonly entries: number
  readonly accounts: number
}

async function everyAccount({ source }: CompareDeps, signal: AbortSignal): Promise<ComparedAccount[]> {
  const accounts: ComparedAccount[] = []
  let after: string | null = null
  do {
    if (signal.aborted) throw new AppError('CANCELLED')
    const query = applicationQuerySchema.parse({ after, limit: pageSize })
    const page: Awaited<ReturnType<ApplicationSource['list']>> = await source.list(query)
    accounts.push(...page.accounts)
    after = page.next
  } while (after !== null)
  return accounts
}

/** Everybody, or the directory's error: somebody who was not read would be told as missing. */
function everyPerson({ ldap, readPeople, against }: CompareDeps, signal: AbortSignal) {
  if (!ldap.enabled && against === null) throw new AppError('METHOD_NOT_OFFERED')
  return readPeople({ settings: ldap, against, signal }, async (open) => {
    const people: ComparedPerson[] = []
    for await (const page of (await open()).pages)
      for (const { dn, username, email, lock, barred } of page)
        people.push({ dn, username, email, lock, barred })
    return people
  })
}

async function compare(deps: CompareDeps, signal: AbortSignal): Promise<Compared> {
  const accounts = await everyAccount(deps, signal)
  const people = await everyPerson(deps, signal)
  return { rows: compareWithDirectory(people, accounts), entries: people.length, accounts: accounts.length }
}

/** The directory beside the application; nothing is written to either. */
export async function compareApplication(
  deps: CompareDeps,
  { signal }: CallContext,
): Promise<ApplicationComparison> {
  const { rows, entries, accounts } = await compare(deps, signal)
  const counts = comparisonKinds.map(
    (kind) => [kind, rows.filter((each) => each.kind === kind).length] as const,
  )
  return {
    ...{ entries, accounts, counts: Object.fromEntries(counts) as ApplicationComparison['counts'] },
    rows: rows.slice(0, shownRows),
    more: rows.length > shownRows,
  }
}

function* pieces(rows: readonly ComparisonRow[], format: 'csv' | 'json'): Generator<string> {
  if (format === 'json') {
    yield `${JSON.stringify(rows, null, 1)}\n`
    return
  }
  yield csvLine(['finding', 'account', 'username', 'email', 'dn'])
  for (const { kind, accountId, username, email, dn } of rows)
    yield csvLine([kind, accountId, username, email, dn])
}

/** All of it into a chosen file. */
export async function exportComparison(
  deps: CompareDeps,
  { path, format }: { path: string; format: 'csv' | 'json' },
  { signal, audit }: CallContext,
): Promise<{ file: string; rows: number; bytes: number }> {
  audit.note({ target: path })
  const { rows } = await compare(deps, signal)
  const bytes = await writeExport(path, pieces(rows, format))
  audit.note({ target: path, after: { rows: rows.length, format } })
  return { file: path, rows: rows.length, bytes }
}

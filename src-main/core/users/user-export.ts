import type { BulkTarget } from '../../contract/accounts-bulk'
import { AppError } from '../../contract/errors'
import type { User } from '../../contract/users'
import { writeExport } from '../app/export-file'
import type { CallContext, Files } from '../app/ports'
import { csvLine } from '../csv/formula-safe'
import { rowOf as userOf, type UserServiceDeps } from './user-service'

const pageSize = 500

/** The header of the import, without hashes: those never leave. */
const columns = [
  ...(['username', 'email', 'full_name', 'auth_provider', 'role', 'state', 'last_sign_in'] as const),
] as const

const rowOf = ({ username, email, fullName, authProvider, role, state, lastSignIn }: User) => ({
  ...{
    username,
    email,
    full_name: fullName,
    auth_provider: authProvider,
    role,
    state,
    last_sign_in: lastSignIn,
  },
})

async function* filtered(deps: UserServiceDeps, filter: Extract<BulkTarget, { filter: unknown }>['filter']) {
  let after: string | null = null
  do {
    const sort = { by: 'username', direction: 'asc' } as const
    const page = await deps.source.list({ ...filter, sort, after, limit: pageSize }, deps.clock.now())
    yield* page.users
    after = page.next
  } while (after !== null)
}

async function* chosen(deps: UserServiceDeps, ids: readonly string[]) {
  for (const id of ids) {
    const account = await deps.source.get(id)
    if (account) yield userOf(account, deps.clock.now())
  }
}

async function* pieces(users: AsyncIterable<User>, format: 'csv' | 'json') {
  yield format === 'csv' ? csvLine(columns) : '['
  let separator = '\n'
  for await (const user of users) {
    const row = rowOf(user)
    yield format === 'csv' ? csvLine(columns.map((column) => row[column])) : separator + JSON.stringify(row)
    separator = ',\n'
  }
  if (format === 'json') yield '\n]\n'
}

/** Writes the accounts of a filter, or those chosen, into a file page by page; no hash is ever in it. */
export async function exportUsers(
  deps: UserServiceDeps & { readonly files: Pick<Files, 'path'> },
  input: { file: string; format: 'csv' | 'json'; target: BulkTarget },
  { audit, signal }: CallContext,
) {
  const file = deps.files.path(input.file)
  if (file === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  audit.note({ target: file })
  let accounts = 0
  const { target } = input
  const users = 'ids' in target ? chosen(deps, target.ids) : filtered(deps, target.filter)
  async function* counted() {
    for await (const user of users) {
      signal.throwIfAborted()
      accounts += 1
      yield user
    }
  }
  const bytes = await writeExport(file, pieces(counted(), input.format))
  audit.note({ target: file, after: { accounts, format: input.format } })
  return { file, accounts, bytes }
}

import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Files } from '../app/ports'
import type { Database } from './database'

interface DatabaseHandlersDeps {
  /** Opens the database on first use. */
  readonly database: () => Promise<Database>
  readonly files: Files
}

export function createDatabaseHandlers(deps: DatabaseHandlersDeps): Handlers<Contract['db'], CallContext> {
  return {
    status: async () => (await deps.database()).status(),
    migrate: async (_input, { audit }) => {
      const database = await deps.database()
      const before = await database.status()
      audit.note({
        target: database.path,
        after: { applied: [...database.appliedOnOpening, ...before.pending] },
      })
      return database.migrate()
    },
    backup: async (input, { audit }) => {
      const file = deps.files.path(input.file)
      if (file === null) throw new AppError('NOT_FOUND', { details: { file: input.file } })
      const database = await deps.database()
      audit.note({ target: file })
      const bytes = await database.backup(file)
      return { ...(await database.status()), file, bytes }
    },
  }
}

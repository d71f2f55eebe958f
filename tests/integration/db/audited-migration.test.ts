import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrations } from '../../../migrations'
import { createFiles } from '../../../src-main/core/app/files'
import type { AuditEntry, CallContext } from '../../../src-main/core/app/ports'
import { createDatabaseHandlers } from '../../../src-main/core/db/handlers'
import { temporaryHome, type TestHome } from '../../support/database'

let home: TestHome
beforeEach(async () => {
  home = await temporaryHome()
})
afterEach(() => home.remove())

/** Opening the database applies the steps already, and the record named none of them. */
it('an old database’s migration is recorded with the steps that it applied', async () => {
  await (await home.open({ migrations: migrations.slice(0, 5) })).close()
  const notes: AuditEntry[] = []
  const context = { audit: { note: (entry: AuditEntry) => void notes.push(entry) } } as unknown as CallContext
  const migrate = async () => {
    const database = await home.open()
    const handlers = createDatabaseHandlers({
      database: () => Promise.resolve(database),
      files: createFiles(),
    })
    return handlers.migrate({}, context)
  }
  expect((await migrate()).pending).toEqual([])
  expect((await migrate()).pending).toEqual([])
  const later = migrations.slice(5).map(({ name }) => name)
  expect(notes.map(({ after }) => after)).toEqual([{ applied: later }, { applied: [] }])
})

// sqlite-probe.mjs FOLDER: loads the sqlite3 package there and asks an in-memory database; status 0 = it answers.
import { createRequire } from 'node:module'

const sqlite3 = createRequire(import.meta.url)(process.argv[2])
const database = new sqlite3.Database(':memory:')
database.get('SELECT 6 * 7 AS answer', (error, row) => {
  if (error || row.answer !== 42) throw error ?? new Error('SQLite gave a wrong answer.')
  database.close()
  console.log(sqlite3.VERSION)
})

import type { Reading, Row } from './application-database'

/** What a database holds: tables with their columns, and which of them have triggers. */
export interface Shape {
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>
  readonly triggers: ReadonlySet<string>
}

const sqliteColumns = `SELECT t.name AS "table", c.name AS "column"
  FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`
const sqliteTriggers = `SELECT DISTINCT tbl_name AS "table" FROM sqlite_schema WHERE type = 'trigger'`
const postgresColumns = `SELECT c.relname AS "table", a.attname AS "column"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema()`
const postgresTriggers = `SELECT DISTINCT c.relname AS "table" FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT t.tgisinternal AND n.nspname = current_schema()`

function tablesOf(rows: readonly Row[]): Map<string, Set<string>> {
  const tables = new Map<string, Set<string>>()
  for (const { table, column } of rows) {
    if (typeof table !== 'string' || typeof column !== 'string') continue
    tables.set(table, (tables.get(table) ?? new Set()).add(column))
  }
  return tables
}

/** Tables only: what an application's own view shows is not what can be changed. */
export async function readShape({ dialect, select }: Reading): Promise<Shape> {
  const [columns, triggers] =
    dialect === 'sqlite' ? [sqliteColumns, sqliteTriggers] : [postgresColumns, postgresTriggers]
  return {
    tables: tablesOf(await select({ sql: columns, values: [] })),
    triggers: new Set((await select({ sql: triggers, values: [] })).map(({ table }) => table ?? '')),
  }
}

/** Whether the table is there with all of these columns. */
export function has(shape: Shape, table: string, columns: readonly string[] = []): boolean {
  const found = shape.tables.get(table)
  return found !== undefined && columns.every((column) => found.has(column))
}

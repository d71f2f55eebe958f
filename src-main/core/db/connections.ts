import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import type { Tx } from '../app/ports'
import { translateDbError, vendorError } from './db-errors'
import type { Statement } from './sql'
import type { Driver } from './sqlite-driver'

/** The database as stores see it: reads anywhere, writes only inside a transaction. */
export interface Queries {
  /** Rows, each parsed by its schema; without a transaction they are what was last committed. */
  readonly select: <S extends z.ZodType>(row: S, statement: Statement, tx?: Tx) => Promise<z.output<S>[]>
  /** Runs one changing statement and returns how many rows it changed. */
  readonly run: (tx: Tx, statement: Statement) => Promise<number>
  /** Runs `work` alone among this process's transactions, IMMEDIATE among all; an error takes everything back. */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

export interface Connections extends Queries {
  /** One statement outside of any transaction: a pragma, or `VACUUM INTO`. */
  readonly maintain: (statement: Statement) => Promise<readonly unknown[]>
  readonly close: () => Promise<void>
}

interface Running {
  open: boolean
}

/** One after the other, in the order of asking. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => null)
    return next
  }
}

async function openSequelize(driver: Driver, path: string) {
  const { Sequelize, QueryTypes } = await import('sequelize')
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage: path,
    dialectModule: driver.dialectModule,
    dialectOptions: { mode: driver.library.OPEN_READWRITE },
    logging: false,
    retry: { max: 1 },
  })
  // sqlite3 never answers who closes a connection whose file could not be opened.
  let refused = false
  const watched = async <T>(statement: Promise<T>): Promise<T> => {
    try {
      const answer = await statement
      refused = false
      return answer
    } catch (error) {
      refused ||= vendorError(error)?.code === 'SQLITE_CANTOPEN'
      throw error
    }
  }
  return {
    all: (statement: Statement): Promise<readonly unknown[]> =>
      watched(sequelize.query(statement.sql, { type: QueryTypes.SELECT, raw: true, ...withBind(statement) })),
    run: (statement: Statement): Promise<number> =>
      watched(sequelize.query(statement.sql, { type: QueryTypes.BULKUPDATE, ...withBind(statement) })),
    close: () => (refused ? Promise.resolve() : closeSequelize(sequelize)),
  }
}

/** A connection that never came to be cannot be closed; that is no failure of closing. */
async function closeSequelize(sequelize: { close: () => Promise<void> }): Promise<void> {
  try {
    await sequelize.close()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_MISUSE')) throw error
  }
}
type Connection = Awaited<ReturnType<typeof openSequelize>>

const withBind = ({ bind }: Statement) => (bind === undefined ? {} : { bind: { ...bind } })

/**
 * Rolls back and says nothing where SQLite has already done so, as it does on a full disk; the error that led
 * here is the one to tell.
 */
async function rollBack(writer: Connection): Promise<void> {
  await writer.run({ sql: 'ROLLBACK' }).catch(() => null)
}

function requireOpen(tx: Tx): void {
  if (!(tx.handle as Running).open) throw new Error('The transaction has ended.')
}

/**
 * Transactions of one writing connection, in the order of asking. Sequelize's own would open a connection each,
 * leave it open when a COMMIT fails, and waiting ones would hold the threads that the running one needs.
 */
function createTransactions(writer: Connection): Queries['transaction'] {
  const queue = createQueue()
  const present = new AsyncLocalStorage<Running>()

  const alone = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const running: Running = { open: true }
    await writer.run({ sql: 'BEGIN IMMEDIATE' })
    try {
      const result = await present.run(running, () => work({ handle: running }))
      await writer.run({ sql: 'COMMIT' })
      return result
    } catch (error) {
      await rollBack(writer)
      throw error
    } finally {
      running.open = false
    }
  }
  return async (work) => {
    if (present.getStore()?.open) throw new Error('A transaction inside a transaction would wait for itself.')
    return queue(() => alone(work))
  }
}

/** One connection that reads and one that writes, each opened by its first statement. */
export async function openConnections(driver: Driver, path: string): Promise<Connections> {
  const reader = await openSequelize(driver, path)
  const writer = await openSequelize(driver, path)
  const transaction = createTransactions(writer)
  let closing: Promise<void> | null = null

  const translated = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw translateDbError(error, path)
    }
  }
  const closeBoth = async () => {
    await writer.close()
    await reader.close()
  }

  return {
    select: async (row, statement, tx) => {
      if (tx) requireOpen(tx)
      return z.array(row).parse(await translated((tx ? writer : reader).all(statement)))
    },
    run: (tx, statement) => {
      requireOpen(tx)
      return translated(writer.run(statement))
    },
    transaction: (work) => translated(transaction(work)),
    maintain: (statement) => translated(reader.all(statement)),
    close: () => (closing ??= closeBoth()),
  }
}

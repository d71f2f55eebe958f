import { AppError } from '../../contract/errors'
import type { CallContext } from '../app/ports'
import type { PeopleReading, ReadPerson } from '../ldap/read-people'
import { createProgress } from './progress'
import type { SyncDeps } from './sync-deps'

interface StagingRun {
  readonly deps: Pick<SyncDeps, 'rooms' | 'runs' | 'staging' | 'clock'>
  readonly id: string
  readonly input: { readonly runId: string }
  readonly context: Pick<CallContext, 'emit'>
}

/** So many people share one transaction, unless the directory takes longer than this to send them. */
const share = { people: 4000, ms: 1000 } as const

/** Pages are written while the next ones are on their way and read; what came before a failure is written too. */
export async function stagePages(run: StagingRun, { directory, pages }: PeopleReading): Promise<void> {
  const expected = await run.deps.staging.enabledLinked(directory)
  const progress = createProgress(run, { phase: 'reading', expected: expected === 0 ? null : expected })
  const writer = createWriter(run)
  let read = 0
  try {
    for await (const people of pages) {
      read += people.length
      progress.reached(read)
      await writer.take(people)
    }
  } finally {
    await writer.end()
  }
}

function createWriter(run: StagingRun) {
  let waiting: ReadPerson[] = []
  let position = 1
  let written = performance.now()
  let writing: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
    await writing
    const people = waiting
    writing = write(run, { from: position, people })
    writing.catch(() => undefined)
    position += people.length
    waiting = []
    written = performance.now()
  }
  return {
    take: async (people: readonly ReadPerson[]): Promise<void> => {
      for (const person of people) waiting.push(person)
      if (waiting.length >= share.people || performance.now() - written >= share.ms) await flush()
    },
    end: async (): Promise<void> => {
      if (waiting.length > 0) await flush()
      await writing
    },
  }
}

async function write(
  { deps, id }: StagingRun,
  page: { from: number; people: readonly ReadPerson[] },
): Promise<void> {
  const { rooms, runs, staging, clock } = deps
  await rooms.transaction(async (tx) => {
    if (!(await runs.beat(tx, id, clock.now()))) throw new AppError('SYNC_RUNNING')
    await staging.stage(tx, page.from, page.people)
  })
}

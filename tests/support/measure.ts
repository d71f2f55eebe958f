import { cpus, totalmem } from 'node:os'

/** The median time of `rounds` runs in milliseconds, after one that is not counted. */
export async function medianOf(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return middle(times)
}

export const middle = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0

export const round = (value: number): number => Math.round(value * 1000) / 1000

/** What the figures were measured on. */
export const machine = () => ({
  machine: { cpus: cpus().length, model: cpus()[0]?.model ?? null, memory: totalmem() },
  versions: { node: process.versions.node },
})

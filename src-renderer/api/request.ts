import { z } from 'zod'
import { errorBodySchema } from '../../src-main/contract/errors'
import { ApiError } from './api-error'
import { bridge } from './bridge'
import { procedureAt, type Input, type Output, type Path } from './paths'

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorBodySchema }),
])

/** Looking never takes this long; without an end, a lost answer would leave a page loading for ever. */
const queryDeadlineMs = 60_000

function bug(path: Path): ApiError {
  return new ApiError({ code: 'INTERNAL', message: '', details: { path } })
}

async function answered(path: Path, input: unknown): Promise<unknown> {
  const answer = bridge().request(path, input)
  if (procedureAt(path).kind !== 'query') return answer
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(bug(path)), queryDeadlineMs)
    void answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** One call through the door; rejects with an `ApiError` whose code says why. */
export async function request<P extends Path>(path: P, input: Input<P>): Promise<Output<P>> {
  const result = resultSchema.safeParse(await answered(path, input))
  if (!result.success) throw bug(path)
  if (!result.data.ok) throw new ApiError(result.data.error)
  const value = procedureAt(path).output.safeParse(result.data.value)
  if (!value.success) throw bug(path)
  return value.data as Output<P>
}

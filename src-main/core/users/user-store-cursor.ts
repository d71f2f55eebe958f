import { z } from 'zod'
import { AppError } from '../../contract/errors'
import { userSorts, type UserQuery } from '../../contract/users'

export type Sort = UserQuery['sort']

/** The last row of a page: its sort key (null where the value is empty) and its number. */
export interface Place {
  readonly key: string | null
  readonly seq: number
}

const cursorSchema = z.tuple([
  z.enum(userSorts),
  z.enum(['asc', 'desc']),
  z.string().nullable(),
  z.number().int().nonnegative(),
])

export function cursorOf(sort: Sort, place: Place): string {
  return Buffer.from(JSON.stringify([sort.by, sort.direction, place.key, place.seq])).toString('base64url')
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** The place that a cursor names; one that was made for another order, or by someone else, is refused. */
export function placeOf(sort: Sort, cursor: string): Place {
  const parsed = cursorSchema.safeParse(decode(cursor))
  if (!parsed.success || parsed.data[0] !== sort.by || parsed.data[1] !== sort.direction) {
    throw new AppError('INVALID_INPUT', {
      message: 'The paging cursor does not belong to this list.',
      details: { issues: [{ path: 'after', message: 'not a cursor of this order' }] },
    })
  }
  const [, , key, seq] = parsed.data
  return { key, seq }
}

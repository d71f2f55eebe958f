import { z } from 'zod'
import { detailsSchema } from '../../contract/errors'

/** What SQLite stores as it is; times are ISO 8601 text, flags 0 and 1, structures JSON text. */
export type Bindable = string | number | null

/** One SQL statement with its named values (`$name`). */
export interface Statement {
  readonly sql: string
  readonly bind?: Readonly<Record<string, Bindable>>
}

export const flagColumn = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)
export const timeColumn = z.iso.datetime().transform((value) => new Date(value))

/** A JSON text column, parsed and then checked by its schema. */
export function jsonColumn<S extends z.ZodType>(content: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(content)
}
export const detailsColumn = jsonColumn(detailsSchema)

export function asFlag(value: boolean): 0 | 1 {
  return value ? 1 : 0
}

export function asTime(value: Date | null): string | null {
  return value === null ? null : value.toISOString()
}

/** `IN` for a list of values: the SQL of the list and its named values. */
export function listOf(prefix: string, values: readonly string[]): Required<Statement> {
  const names = values.map((_, index) => `${prefix}${index}`)
  return {
    sql: `(${names.map((name) => `$${name}`).join(', ')})`,
    bind: Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])),
  }
}

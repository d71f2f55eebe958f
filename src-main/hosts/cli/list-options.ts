import { InvalidArgumentError } from 'commander'

/** The rows on a page, as `--limit` takes them. */
export function pageSize(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 500) throw new InvalidArgumentError('It takes a number from 1 to 500.')
  return number
}

/** An option that is given once as the list that a filter takes. */
export const one = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value])

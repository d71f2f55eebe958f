import { parse } from 'dotenv'
import { AppError } from '../../contract/errors'

/** `NAME=value`, quoted where a reader of `.env` files would otherwise take it for something else. */
export function envLine(name: string, value: string): string {
  const plain = /^[\w.:/@,+=-]*$/.test(value) ? [value] : []
  const quotes = ["'", '"', '`'].filter((quote) => !value.includes(quote))
  const written = [...plain, ...quotes.map((quote) => quote + value + quote)]
  const kept = written.find((each) => parse(`${name}=${each}\n`)[name] === value)
  if (kept !== undefined) return `${name}=${kept}`
  throw new AppError('CONFIG_INVALID', { text: 'notInEnv', details: { name } })
}

import type { AppError, ErrorBody } from '../../contract/errors'
import { titleOf, type Texts } from './texts'

/** An error as data: its own sentence where it has one, else its code's title. */
export function errorBody(error: AppError, texts: Texts): ErrorBody {
  const { code, text, details } = error
  const own = text === null ? error.message : texts(`messages.${text}`, details)
  return { code, message: own || titleOf(texts, code), details }
}

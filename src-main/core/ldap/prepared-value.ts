import { foldCase } from '../unicode/fold-case'

/** Characters that say nothing: controls, joiners, marks of direction, variation selectors (RFC 4518 section 2.2). */
const nothing =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- exactly these characters are meant
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u06dd\u070f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2063\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/gu
const space = /[\t-\r\u0085\p{Z}]+/gu

/**
 * A value as RFC 4518 prepares it for comparison without case: mapped, composed, folded, insignificant spaces gone.
 * An empty text and one of nothing but spaces are the same.
 */
export function foldValue(value: string): string {
  return foldInside(value).trim()
}

/** The same with outer spaces kept to one: for the pieces of a substring assertion. */
export function foldInside(value: string): string {
  return foldCase(value.replace(nothing, '')).replace(space, ' ')
}

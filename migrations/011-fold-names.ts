import type { Migration } from '../src-main/core/db/history'

/** What full case folding changes in a text that was only put in lower case, and what nobody sees. */
const folded = (column: string): string =>
  [
    ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f'],
    ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2060', '\u2066', '\u2067', '\u2068', '\u2069'],
    ...['\u3164', '\ufe0e', '\ufe0f', '\ufeff', '\uffa0'],
  ].reduce(
    (sql, unseen) => `replace(${sql}, '${unseen}', '')`,
    `replace(replace(${column}, 'ß', 'ss'), 'ς', 'σ')`,
  )

/**
 * Names and addresses are compared by full case folding. Where that makes two accounts' names one, the second keeps
 * its old form: lists show it, a typed name finds the first.
 */
export const foldNames: Migration = {
  name: '011-fold-names',
  statements: [
    `UPDATE OR IGNORE users SET username_folded = ${folded('username_folded')}
      WHERE username_folded <> ${folded('username_folded')}`,
    `UPDATE OR IGNORE users SET email_folded = ${folded('email_folded')}
      WHERE email_folded <> ${folded('email_folded')}`,
  ],
}

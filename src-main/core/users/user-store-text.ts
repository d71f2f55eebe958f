const marks = /[\u0300-\u036f]/g
const blanks = /[\s\p{Cc}]+/gu
const sortLength = 40

/**
 * The form that search compares and lists sort by: NFKC, lower case, Latin, Greek and Cyrillic letters without
 * their marks, so that "muller" finds "Müller"; blanks are single.
 */
export function searchForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replace(marks, '')
    .replace(blanks, ' ')
    .trim()
}

/** The first 40 characters of the search form: long enough to order by, short enough for a paging cursor. */
export function sortForm(text: string): string {
  return Array.from(searchForm(text)).slice(0, sortLength).join('')
}

/** What the search looks through; the line breaks keep a match inside one field. */
export function searchText(fields: readonly (string | null)[]): string {
  return fields.map((field) => searchForm(field ?? '')).join('\n')
}

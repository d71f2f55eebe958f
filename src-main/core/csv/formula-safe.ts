/** What a spreadsheet takes for a formula (OWASP, CSV injection), after any quotes that were put before it. */
const formula = /^'*[=+\-@\t\r]/

/** The cell as text in every spreadsheet: `'` before what would be a formula. `fromFormulaSafe` takes it back. */
export function formulaSafe(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

export function fromFormulaSafe(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}

const special = /[",\r\n]|^\s|\s$/

/** One line of CSV (RFC 4180) with its line end; every cell is formula-safe, an absent value is empty. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const quoted = cells.map((cell) => {
    const safe = typeof cell === 'number' ? String(cell) : formulaSafe(cell ?? '')
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  })
  return `${quoted.join(',')}\r\n`
}

/** One directory entry; attribute descriptions are lower case, values are the bytes that were sent. */
export interface Entry {
  readonly dn: string
  readonly attributes: ReadonlyMap<string, readonly Buffer[]>
  /** Said where no attribute has a tagged form (`cn;lang-de`), so that none is looked for. */
  readonly options?: 'none'
}

const nothing: readonly Buffer[] = []

/** All values of an attribute, its tagged forms (`cn;lang-de`) included, as RFC 4512 section 2.5 has it. */
export function valuesOf(entry: Entry, attribute: string): readonly Buffer[] {
  const wanted = attribute.toLowerCase()
  const exact = entry.attributes.get(wanted) ?? nothing
  if (entry.options === 'none') return exact
  let all = exact
  // Asked for every attribute of every person: nothing is copied where there is no tagged form.
  for (const [name, values] of entry.attributes) {
    if (name.charAt(wanted.length) === ';' && name.startsWith(wanted)) all = [...all, ...values]
  }
  return all
}

export function textsOf(entry: Entry, attribute: string): readonly string[] {
  return valuesOf(entry, attribute).map((value) => value.toString('utf8'))
}

/** The first value that is not blank, trimmed. */
export function textOf(entry: Entry, attribute: string): string | null {
  for (const value of valuesOf(entry, attribute)) {
    const text = value.toString('utf8').trim()
    if (text !== '') return text
  }
  return null
}

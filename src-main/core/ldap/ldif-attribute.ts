import { fault, type Keep } from './ldif-lines'
import { isSecretAttribute } from './secret-attributes'

/** The attribute's name in lower case; null where its value is not wanted. */
export type NameOf = (written: string, line: number) => string | null

/** What a record is made of beside attributes. */
const structure: ReadonlySet<string> = new Set([
  ...['dn', 'version', 'changetype', 'control', 'newrdn', 'deleteoldrdn', 'newsuperior'],
  ...['add', 'delete', 'replace', 'search', 'result', 'ref'],
])

/** More names than any schema has; a file of nothing but names must not be remembered. */
const most = 10_000

/** Judges each spelling once. A secret value is not even decoded. */
export function createNames(keep: Keep): NameOf {
  const known = new Map<string, string | null>()
  return (written, line) => {
    const found = known.get(written)
    if (found !== undefined) return found
    if (/\s/.test(written)) return fault(line, 'ldifNoColon')
    if (!/^(?:[a-z][\w-]*|\d+(?:\.\d+)*)(?:;[\w-]+)*$/i.test(written)) return fault(line, 'ldifAttribute')
    const lower = written.toLowerCase()
    const wanted = structure.has(lower) || (!isSecretAttribute(lower) && keep(lower))
    if (known.size > most) known.clear()
    // A piece of a text keeps the whole text in memory; a copy does not.
    known.set(Buffer.from(written, 'latin1').toString('latin1'), wanted ? copied(lower) : null)
    return wanted ? lower : null
  }
}

function copied(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

import type { SymptomView } from '../../contract/oidc-symptoms'

/** The one of this name; otherwise those that have every word, in their sentence or beside it. All without words. */
export function symptomsFor(all: readonly SymptomView[], words: readonly string[]): readonly SymptomView[] {
  const named = all.filter(({ id }) => words.length === 1 && id.toLowerCase() === words[0]?.toLowerCase())
  if (named.length > 0) return named
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== '')
  return all.filter(({ title, words: more }) => {
    const text = `${title} ${more}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export type HelpTarget =
  | { readonly kind: 'page'; readonly id: string }
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'anchor'; readonly anchor: string }
  | { readonly kind: 'nowhere' }

/** Ids as they compare: no extension, no `docs/`, no case. */
function folded(id: string): string {
  return id
    .replace(/^\.?\//, '')
    .replace(/^docs\//, '')
    .replace(/\.md$/i, '')
    .replace(/(^|\/)(readme|index)$/i, '$1')
    .toLowerCase()
}

function resolved(href: string, from: string): string {
  if (href.startsWith('/')) return href.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of href.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** Where a link in a document leads: to another document by its path, else by its file name alone. */
export function helpTarget(href: string, from: string, ids: readonly string[]): HelpTarget {
  if (/^https?:\/\//i.test(href)) return { kind: 'external', url: href }
  if (href.startsWith('#')) return { kind: 'anchor', anchor: href.slice(1) }
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return { kind: 'nowhere' }
  const path = href.replace(/[?#].*$/, '')
  const wanted = folded(resolved(path, from))
  const exact = ids.find((id) => folded(id) === wanted)
  if (exact !== undefined) return { kind: 'page', id: exact }
  const name = folded(path).split('/').at(-1) ?? ''
  const byName = ids.filter((id) => folded(id).split('/').at(-1) === name)
  const [only] = byName
  return byName.length === 1 && only !== undefined && name !== ''
    ? { kind: 'page', id: only }
    : { kind: 'nowhere' }
}

/** A heading's anchor as Markdown readers make it. */
export function headingAnchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
}

/** A document's place in the console. */
export function helpAddress(id: string): string {
  return `/help/${id.split('/').map(encodeURIComponent).join('/')}`
}

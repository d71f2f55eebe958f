import type { Inspection } from '../../../contract/oidc'
import { parseAddress } from '../addresses'
import { codeOfOauthError } from '../oauth-errors'
import { messageOf } from '../rule-book/rule-book'
import { inspectAddress } from './inspect-address'
import { inspectDocument } from './inspect-document'
import { inspectToken, isJose } from './inspect-token'
import { errorFinding, passed, type Bench, type Looked } from './inspection'

/**
 * Says what a pasted text is and what is wrong with it: a discovery document, key set, token, callback or request
 * address, an answer or an error. Looks only; nothing is asked of anybody, and the text is not kept.
 */
export function inspectOidc(bench: Bench, pasted: string): Inspection {
  const text = pasted.trim()
  const looked =
    asJson(bench, text) ??
    asToken(bench, text) ??
    asAddress(bench, text) ??
    asError(bench, text) ??
    unknown(bench)
  const { kind, product, findings } = looked
  return {
    ok: kind !== 'unknown' && findings.every(({ status }) => status !== 'failed'),
    kind,
    title: bench.t(`oidcInspect.kind.${kind}`),
    product,
    findings: [...findings],
  }
}

function asJson(bench: Bench, text: string): Looked | null {
  if (!text.startsWith('{')) return null
  try {
    return inspectDocument(bench, JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function asToken(bench: Bench, text: string): Looked | null {
  const token = text.replace(/^(?:authorization:\s*)?bearer\s+/i, '').replace(/\s+/g, '')
  if (isJose(token)) return inspectToken(bench, token)
  return isOpaque(text) ? opaque(bench) : null
}

/** One long word of base64url or base64: long enough to be a token, and no sentence or address. */
const isOpaque = (text: string) =>
  /^[\w+/=~.-]{24,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && messageOf(text) === null

function opaque({ t }: Bench): Looked {
  return { kind: 'opaque-token', product: null, findings: [passed(t('oidcInspect.token.opaque'))] }
}

function asAddress(bench: Bench, text: string): Looked | null {
  if (/\s/.test(text) || !/^https?:\/\//i.test(text)) return null
  const url = parseAddress(text)
  return url === null ? null : inspectAddress(bench, url)
}

/** An error in words: a provider's own number or sentence, or an OAuth word in it. */
function asError(bench: Bench, text: string): Looked | null {
  const word = text
    .match(/\b[a-z]+(?:_[a-z]+)+\b/g)
    ?.find((each) => codeOfOauthError(each) !== null || each === 'access_denied' || each === 'invalid_grant')
  if (messageOf(text) === null && word === undefined) return null
  const otherwise = word === 'invalid_grant' ? 'OIDC_TOKEN_EXCHANGE' : 'OIDC_PROVIDER_ERROR'
  const { product, finding } = errorFinding(bench, { error: word ?? '', description: text, otherwise })
  return { kind: 'error', product, findings: [finding] }
}

function unknown({ t }: Bench): Looked {
  const finding = { status: 'warning', code: null, message: t('oidcInspect.unknown'), detail: [] } as const
  return {
    kind: 'unknown',
    product: null,
    findings: [{ ...finding, detail: [], next: t('oidcInspect.unknownNext') }],
  }
}

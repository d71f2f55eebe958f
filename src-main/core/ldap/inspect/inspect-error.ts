import type { LdapCode } from '../../../contract/errors'
import { socketCode } from '../ldap-errors'
import { codeOfResult, type LdapPhase } from '../result-codes'
import { coded, passed, type Bench, type Looked } from './inspection'
import { resultInText, resultName, resultOfName } from './result-names'

/** What an error line says of itself: the result code of the directory, or the failure of the connection. */
interface Said {
  readonly result: number | null
  /** Active Directory's word behind `data`, in hexadecimal digits. */
  readonly data: string | null
  readonly reason: string | null
}

/** Where tools put the number of a result code, in the order of how sure it is that it is one. */
const numbers: readonly RegExp[] = [
  /\berror code\s+(\d{1,3})\b/i,
  /\bresult(?:\s*code)?['":\s=]+(\d{1,3})\b/i,
  /\bLDAP Result Code\s+(\d{1,3})\b/i,
  /\bcode['":\s=]+(\d{1,3})\b/i,
  /\bCode:\s*0x([0-9a-f]{1,2})\b/i,
  /\berror code\s+0x([0-9a-f]{1,2})\b/i,
  /\((-?\d{1,3})\)\s*$/m,
  /\((-?\d{1,3})\)/,
]

function numberIn(text: string): number | null {
  for (const pattern of numbers) {
    const found = pattern.exec(text)?.[1]
    if (found === undefined) continue
    const code = pattern.source.includes('0x') ? Number.parseInt(found, 16) : Number(found)
    if (resultName(code) !== null) return code
  }
  return null
}

/** Names that Node, OpenSSL and BoringSSL give to failures, as they stand in a log. */
function reasonIn(text: string): string | null {
  const words = text.match(/\b[A-Z][A-Z0-9_]{4,}\b/g) ?? []
  return (
    words.find((word) => socketCode(word) !== null) ??
    worded.find(([pattern]) => pattern.test(text))?.[1] ??
    null
  )
}

/** The same failures in sentences: OpenSSL's, GnuTLS's (Debian's libldap) and Node's. */
const worded: readonly (readonly [RegExp, string])[] = [
  [/self[- ]signed certificate in (?:the )?certificate chain/i, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self[- ]signed certificate|DEPTH_ZERO/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/certificate has expired|certificate (?:is )?expired/i, 'CERT_HAS_EXPIRED'],
  [/certificate is not yet (?:valid|activated)/i, 'CERT_NOT_YET_VALID'],
  [
    /hostname does not match|altnames|doesn't match any of the subject alternative names/i,
    'HOSTNAME_MISMATCH',
  ],
  [
    /unable to (?:verify the first|get (?:local )?issuer) certificate|issuer is unknown|unknown ca\b/i,
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
  [/unsupported protocol|wrong version number|protocol version/i, 'UNSUPPORTED_PROTOCOL'],
  [/connection refused/i, 'ECONNREFUSED'],
  [/connection timed out|timed? ?out while connecting/i, 'ETIMEDOUT'],
  [/no route to host|network is unreachable/i, 'EHOSTUNREACH'],
  [/connection reset/i, 'ECONNRESET'],
  [/name or service not known|could not resolve|no such host|getaddrinfo/i, 'ENOTFOUND'],
]

/** Active Directory's own words, which stand for themselves without a result code. */
const activeDirectory = /\b(?:80090346|80090308|00002028|000004DC|0000001F|AcceptSecurityContext)\b/i

function read(text: string): Said | null {
  const data = /\bdata\s+([0-9a-f]{1,8})\b/i.exec(text)?.[1] ?? bareData(text)
  const result = bareNumber(text) ?? numberIn(text) ?? resultOfName(text) ?? resultInText(text)
  const own = activeDirectory.test(text) || data !== null
  const reason = reasonIn(text)
  if (result === null && !own && reason === null) return null
  // libldap's -1 is about the connection; what broke it is the better answer.
  return { result: result === -1 && reason !== null ? null : (result ?? (own ? 49 : null)), data, reason }
}

const bareNumber = (text: string): number | null => {
  const code = /^-?\d{1,3}$/.test(text) ? Number(text) : null
  return code !== null && resultName(code) !== null ? code : null
}
/** Active Directory's sub-code alone: three hexadecimal digits that are no result code. */
const bareData = (text: string): string | null =>
  /^(?:52e|5[23][0-9]|701|773|775)$/i.test(text) ? text.toLowerCase() : null

function messageOf(text: string, { data }: Said): string {
  return data !== null && !/\bdata\b/i.test(text) ? `data ${data}` : text
}

/** An error as a directory, a tool or a log says it, explained by the rules of the ladder; null where it is none. */
export function inspectError(bench: Bench, text: string): Looked | null {
  const said = read(text)
  if (said === null) return null
  if (said.result === null || said.result === -1) return lost(bench, said)
  const asked = { code: said.result, message: messageOf(text, said), policy: null }
  const phases = phasesOf(text, said)
  const codes = [...new Set(phases.map((phase) => codeOfResult(asked, phase)))]
  return {
    kind: 'error',
    findings: [nameFinding(bench, said), ...codes.map((code, at) => byPhase(bench, code, at))],
  }
}

function lost(bench: Bench, { reason }: Said): Looked {
  const code = (reason === null ? null : socketCode(reason)) ?? 'LDAP_UNREACHABLE'
  const detail = reason === null ? [] : [{ label: bench.t('ldapInspect.label.reason'), value: reason }]
  return { kind: 'error', findings: [coded(bench, code, { detail })] }
}

/** Who was bound is not in the line, so both meanings are told: the service account’s first, as in a test. */
function phasesOf(text: string, { result, data }: Said): readonly LdapPhase[] {
  if (/ldap_search|search(?:ing|res)?\b/i.test(text) && data === null) return ['search']
  if ([4, 3, 10, 11, 12, 32].includes(result ?? 0) && !/bind/i.test(text)) return ['search']
  return ['bind', 'user-bind']
}

function nameFinding({ t }: Bench, { result, data }: Said) {
  const name = resultName(result ?? 0) ?? ''
  const words = { code: String(result), name }
  const detail = data === null ? [] : [{ label: t('ldapInspect.label.data'), value: data }]
  return passed(t('ldapInspect.error.result', words), detail)
}

function byPhase(bench: Bench, code: LdapCode, at: number) {
  if (at === 0) return coded(bench, code)
  const message = bench.t('ldapInspect.error.person', { title: bench.t(`codes.${code}.title`) })
  return coded(bench, code, { message })
}

import { ResultCodeError } from 'ldapts'
import { AppError, type Code, type Details, type LdapCode } from '../../contract/errors'
import { subCodeOf } from './active-directory-codes'
import { printable } from './printable'
import { codeOfResult, type LdapPhase } from './result-codes'
import { codeOfTls } from './tls-codes'

const socketCodes: Readonly<Record<string, LdapCode>> = {
  ENOTFOUND: 'LDAP_DNS_NOT_FOUND',
  EAI_AGAIN: 'LDAP_DNS_NOT_FOUND',
  ENODATA: 'LDAP_DNS_NOT_FOUND',
  EAI_NONAME: 'LDAP_DNS_NOT_FOUND',
  ECONNREFUSED: 'LDAP_CONNECT_REFUSED',
  ETIMEDOUT: 'LDAP_CONNECT_TIMEOUT',
  EHOSTUNREACH: 'LDAP_UNREACHABLE',
  ENETUNREACH: 'LDAP_UNREACHABLE',
  EHOSTDOWN: 'LDAP_UNREACHABLE',
  ENETDOWN: 'LDAP_UNREACHABLE',
  EADDRNOTAVAIL: 'LDAP_UNREACHABLE',
  EINVAL: 'LDAP_UNREACHABLE',
  EACCES: 'LDAP_UNREACHABLE',
  EPERM: 'LDAP_UNREACHABLE',
  ECONNRESET: 'LDAP_DROPPED',
  ECONNABORTED: 'LDAP_DROPPED',
  EPIPE: 'LDAP_DROPPED',
}

/** What the connection itself saw; ldapts reports a lost socket only as a sentence. */
export interface ConnectionEvidence {
  /** The first error of the socket. */
  readonly socketError: Error | null
  /** Why we ended the connection ourselves, if we did. */
  readonly ended: AppError | null
  readonly policy: number | null
}

export const noEvidence: ConnectionEvidence = { socketError: null, ended: null, policy: null }

/** The vendor's error as one of ours: the only place where ldapts, socket and TLS errors get their codes. */
export function toLdapError(error: unknown, phase: LdapPhase, evidence: ConnectionEvidence): AppError {
  if (error instanceof AppError) return error
  if (evidence.ended) return evidence.ended
  if (error instanceof ResultCodeError) return toResultError(error, phase, evidence.policy)
  if (evidence.socketError) return toSocketError(evidence.socketError)
  const message = error instanceof Error ? error.message : ''
  if (/timed out|timeout/i.test(message)) return new AppError('LDAP_CONNECT_TIMEOUT', { cause: error })
  if (/connection closed|socket error|not established/i.test(message)) {
    return new AppError('LDAP_DROPPED', { cause: error })
  }
  return new AppError('LDAP_PROTOCOL', { cause: error })
}

function toResultError(error: ResultCodeError, phase: LdapPhase, policy: number | null): AppError {
  const message = error.message.replace(/\s*Code: 0x[0-9a-f]+$/i, '').trim()
  const code = codeOfResult({ code: error.code, message, policy }, phase)
  return new AppError(code, { details: resultDetails(error.code, message), cause: error })
}

export function resultDetails(resultCode: number, message: string): Details {
  const diagnostic = printable(message)
  const subCode = resultCode === 49 ? subCodeOf(message) : null
  return {
    resultCode,
    ...(diagnostic === '' ? {} : { diagnostic }),
    ...(subCode === null ? {} : { subCode }),
  }
}

/** An error of the resolver, the socket or the TLS handshake; what fits nothing is a dropped connection. */
export function toSocketError(error: Error): AppError {
  if (error instanceof AppError) return error
  const reason = codeText(error)
  return new AppError(socketCode(reason) ?? 'LDAP_DROPPED', { details: { reason }, cause: error })
}

/** The code of a socket or TLS failure, or null where it says nothing of its own. */
export function socketCode(reason: string): Code | null {
  return socketCodes[reason] ?? codeOfTls(reason)
}

export function codeText(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code ?? (error instanceof Error ? error.name : 'unknown')
}

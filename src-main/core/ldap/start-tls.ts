import type { Socket } from 'node:net'
import { AppError } from '../../contract/errors'
import { createFrameReader, readOperationEnd } from './ber-frames'
import { resultDetails } from './ldap-errors'
import { codeOfResult } from './result-codes'
import { exchange } from './tcp'

/** An extended request with the name 1.3.6.1.4.1.1466.20037 (RFC 4511 section 4.14.1), message 1. */
const startTlsRequest = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'ascii'),
])

/** A search for the root DSE without attributes, message 1: it needs no rights and sends nothing secret. */
const rootDseRequest = Buffer.from(
  '302a020101632504000a01000a0100020100020100010100870b6f626a65' + '6374436c61737330050403312e31',
  'hex',
)

/**
 * Asks for encryption on a plain connection. Bytes that follow the consent in clear text were put there by somebody on
 * the way (CVE-2011-0411 and its kin) and end the attempt.
 */
export async function requestStartTls(socket: Socket, signal: AbortSignal): Promise<void> {
  const reader = createFrameReader()
  const read = (chunk: Buffer): 'more' | 'done' => {
    const [frame, ...more] = reader.push(chunk)
    if (!frame) return 'more'
    const end = readOperationEnd(frame)
    if (end?.operation !== 'extended' || more.length > 0 || reader.rest() > 0)
      throw new AppError('LDAP_PROTOCOL')
    if (end.resultCode === 0) return 'done'
    const result = { code: end.resultCode, message: end.diagnostic, policy: null }
    throw new AppError(codeOfResult(result, 'starttls'), {
      details: resultDetails(end.resultCode, end.diagnostic),
    })
  }
  await exchange(socket, { send: startTlsRequest, read }, signal)
}

/** Whether the other side answers a plain LDAP request with LDAP; `LDAP_NOT_LDAP` and its like where it doesn't. */
export async function probePlainLdap(socket: Socket, signal: AbortSignal): Promise<void> {
  const reader = createFrameReader()
  const read = (chunk: Buffer): 'more' | 'done' => (reader.push(chunk).length > 0 ? 'done' : 'more')
  await exchange(socket, { send: rootDseRequest, read }, signal)
}

import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { BerReader, BerWriter } from 'ldapts'
import type { ServerFiles } from './pki'

/** One request as it came over the wire. */
export interface FakeRequest {
  readonly id: number
  readonly kind: 'bind' | 'search' | 'extended' | 'unbind' | 'other'
  /** Of a bind: the name; of a search: the base. */
  readonly name: string
  /** Of a search: base, one level or the whole subtree. */
  readonly scope: 'base' | 'one' | 'sub' | null
}
/** Bytes to send, or what to do in place of an answer. */
export type FakeReply = Buffer | 'drop' | 'hang' | 'reset'

export interface FakeOptions {
  readonly reply: (request: FakeRequest) => FakeReply
  /** LDAPS from the first byte, or the answer to StartTLS. */
  readonly tls?: ServerFiles
  readonly startTls?: ServerFiles
  /** Bytes that are no LDAP end the connection; without this they are waited on. */
  readonly other?: 'drop'
  /** Extended requests are answered with `protocolError`, as by a server that knows none. */
  readonly refuses?: 'extended'
  /** Sent in clear text right behind the consent to StartTLS, as somebody on the way would. */
  readonly injected?: Buffer
}

export interface FakeDirectory {
  readonly port: number
  readonly requests: readonly FakeRequest[]
  /** All that came in clear text, and all that came encrypted, once decrypted. */
  readonly plain: () => Buffer
  readonly decrypted: () => Buffer
  readonly connections: () => number
  readonly stop: () => Promise<void>
}

const kinds: Readonly<Record<number, FakeRequest['kind']>> = {
  0x60: 'bind',
  0x63: 'search',
  0x77: 'extended',
  0x42: 'unbind',
}

const scopes = ['base', 'one', 'sub'] as const

function parse(frame: Buffer): FakeRequest {
  const reader = new BerReader(frame)
  reader.readSequence()
  const id = reader.readInt() ?? 0
  const tag = reader.peek() ?? 0
  const kind = kinds[tag] ?? 'other'
  if (kind !== 'bind' && kind !== 'search') return { id, kind, name: '', scope: null }
  reader.readSequence(tag)
  if (kind === 'bind') reader.readInt()
  const name = reader.readString() ?? ''
  const scope = kind === 'search' ? (scopes[reader.readEnumeration() ?? 0] ?? null) : null
  return { id, kind, name, scope }
}

function frameLength(buffer: Buffer): number | null {
  const reader = new BerReader(buffer)
  if (reader.readSequence() === null) return null
  const size = reader.offset + reader.length
  return size <= buffer.length ? size : null
}

/** A result of any operation (RFC 4511 section 4.1.9); `tag` 0x61 bind, 0x65 search, 0x78 extended. */
export function result(
  request: { readonly id: number; readonly tag: number },
  code: number,
  more: { readonly message?: string; readonly referrals?: readonly string[] } = {},
): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(request.id)
  writer.startSequence(request.tag)
  writer.writeEnumeration(code)
  writer.writeString('')
  writer.writeString(more.message ?? '')
  if (more.referrals) {
    writer.startSequence(0xa3)
    for (const referral of more.referrals) writer.writeString(referral)
    writer.endSequence()
  }
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

/** One entry of a search's answer. */
export function entry(
  id: number,
  dn: string,
  attributes: Readonly<Record<string, readonly (string | Buffer)[]>>,
): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(0x64)
  writer.writeString(dn)
  writer.startSequence()
  for (const [name, values] of Object.entries(attributes)) {
    writer.startSequence()
    writer.writeString(name)
    writer.startSequence(0x31)
    for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04)
    writer.endSequence()
    writer.endSequence()
  }
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

/** What an ordinary server would say to everything: yes, and nothing found. */
export function agree(request: FakeRequest): FakeReply {
  const tags = { bind: 0x61, search: 0x65, extended: 0x78, unbind: 0, other: 0x61 }
  return request.kind === 'unbind' ? 'drop' : result({ id: request.id, tag: tags[request.kind] }, 0)
}

function upgrade(socket: Socket, files: ServerFiles): TLSSocket {
  const secureContext = createSecureContext({ cert: readFileSync(files.cert), key: readFileSync(files.key) })
  const secure = new TLSSocket(socket, { isServer: true, secureContext })
  secure.on('error', () => undefined)
  return secure
}

/** A server that misbehaves as no real one can be made to: byte by byte, on a free loopback port. */
export async function startFakeDirectory(options: FakeOptions): Promise<FakeDirectory> {
  const sockets = new Set<Socket>()
  const requests: FakeRequest[] = []
  const plain: Buffer[] = []
  const decrypted: Buffer[] = []

  const answer = (socket: Socket, request: FakeRequest): void => {
    requests.push(request)
    if (request.kind === 'extended' && options.startTls) {
      const consent = result({ id: request.id, tag: 0x78 }, 0)
      socket.removeAllListeners('data')
      socket.write(options.injected ? Buffer.concat([consent, options.injected]) : consent)
      serve(upgrade(socket, options.startTls), decrypted)
      return
    }
    const refused = options.refuses === request.kind
    const reply = refused ? result({ id: request.id, tag: 0x78 }, 2) : options.reply(request)
    if (reply === 'drop') socket.end()
    else if (reply === 'reset') socket.resetAndDestroy()
    else if (reply !== 'hang') socket.write(reply)
  }

  const serve = (socket: Socket, record: Buffer[]): void => {
    let buffer: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      record.push(chunk)
      buffer = Buffer.concat([buffer, chunk])
      if (buffer[0] !== 0x30) {
        if (options.other === 'drop') socket.end()
        return
      }
      for (
        let size = frameLength(buffer);
        size !== null;
        size = buffer.length > 0 ? frameLength(buffer) : null
      ) {
        const frame = buffer.subarray(0, size)
        buffer = buffer.subarray(size)
        answer(socket, parse(frame))
      }
    })
  }

  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (options.tls) serve(upgrade(socket, options.tls), decrypted)
    else serve(socket, plain)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    plain: () => Buffer.concat(plain),
    decrypted: () => Buffer.concat(decrypted),
    connections: () => sockets.size,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

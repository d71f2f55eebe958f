import { errorMonitor, type EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Client, type Control } from 'ldapts'
import { AppError } from '../../contract/errors'
import type { Logger } from '../app/ports'
import { createEntryReader, isSearchEntry, type FoundEntry } from './ber-entry'
import { createFrameReader, readOperationEnd, type OperationEnd } from './ber-frames'
import { reasonOf } from './deadline'
import type { SearchAnswer, SearchRequest } from './directory-connection'
import type { Entry } from './entry'
import { formatFilter } from './filter'
import { toLdapError, toSocketError, type ConnectionEvidence } from './ldap-errors'
import { PagedControl } from './paged-control'
import type { Page, PagedConnection, PageRequest } from './paged-read'
import { PolicyControl, type PolicyAnswer } from './policy-control'
import { printable } from './printable'
import { codeOfResult, type LdapPhase } from './result-codes'
import { toWireFilter } from './wire-filter'

export interface BindRequest {
  /** `null` binds anonymously. */
  readonly dn: string | null
  readonly password: string
  readonly as: 'service' | 'person'
}

export interface NetworkConnection extends PagedConnection {
  readonly bind: (request: BindRequest, signal: AbortSignal) => Promise<PolicyAnswer>
  /** Why the connection is of no more use, if it is. */
  readonly ended: () => AppError | null
  readonly close: () => void
}

export interface ConnectionOptions {
  /** Milliseconds that one operation may take. */
  readonly timeout: number
  readonly logger: Logger
}

/** Every attribute as bytes, whatever its spelling: ldapts compares the names with case. */
class EveryAttribute extends Array<string> {
  override includes(): boolean {
    return true
  }
}

/** What runs beside ldapts on the same socket and sees what ldapts keeps to itself. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** What is observed of the socket belongs to the one operation that runs. */
function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

interface Observer {
  readonly evidence: () => ConnectionEvidence
  readonly lastEnd: () => OperationEnd | null
  readonly forget: () => void
  readonly inTurn: InTurn
  readonly end: (reason: AppError) => void
  /** Keeps the entries of the operation that runs from ldapts, which takes several times as long to read them. */
  readonly takeEntries: (take: ((frame: Buffer) => void) | null) => void
}

/** ldapts gets whole messages, and only those that are handed on; it is attached by itself, at its first operation. */
function createHandOn(socket: Socket): (frame: Buffer) => void {
  const listeners: ((chunk: Buffer) => void)[] = []
  const events: EventEmitter = socket
  events.on('newListener', (event: unknown, listener: (chunk: Buffer) => void) => {
    if (event !== 'data') return
    listeners.push(listener)
    // It is attached only after this; nothing is read from the socket before the microtask.
    queueMicrotask(() => socket.removeListener('data', listener))
  })
  return (frame) => {
    for (const listener of listeners) listener.call(socket, frame)
  }
}

function observe(socket: Socket): Observer {
  const frames = createFrameReader()
  let socketError: Error | null = null
  let ended: AppError | null = null
  let last: OperationEnd | null = null
  let take: ((frame: Buffer) => void) | null = null
  const end = (reason: AppError): void => {
    ended ??= reason
    socket.destroy()
  }
  const watch = (frame: Buffer): void => {
    const found = readOperationEnd(frame)
    if (found?.messageId === 0) end(disconnected(found))
    last = found ?? last
    handOn(frame)
  }
  socket.on('data', (chunk: Buffer) => {
    if (ended) return
    try {
      for (const frame of frames.push(chunk)) {
        if (take && isSearchEntry(frame)) take(frame)
        else watch(frame)
      }
    } catch (error) {
      end(error instanceof AppError ? error : new AppError('LDAP_PROTOCOL', { cause: error }))
    }
  })
  const handOn = createHandOn(socket)
  const events: EventEmitter = socket
  events.on(errorMonitor, (error: Error) => {
    socketError ??= error
  })
  socket.on('close', () => {
    if (!socketError) ended ??= new AppError('LDAP_DROPPED')
  })
  return {
    evidence: () => ({ socketError, ended, policy: null }),
    lastEnd: () => last,
    forget: () => {
      last = null
    },
    inTurn: createTurns(),
    end,
    takeEntries: (taking) => {
      take = taking
    },
  }
}

/** A notice of disconnection (RFC 4511 section 4.4.1): the server says why it hangs up. */
function disconnected(notice: OperationEnd): AppError {
  const known = { code: notice.resultCode, message: notice.diagnostic, policy: null }
  const code = notice.resultCode === 8 ? codeOfResult(known, 'search') : 'LDAP_DROPPED'
  return new AppError(code, {
    details: { resultCode: notice.resultCode, diagnostic: printable(notice.diagnostic) },
  })
}

/**
 * LDAP over a connection that already stands (and is already verified, where it is encrypted). It is never reopened:
 * ldapts would do so in plain text and unbound, so its second attempt to connect is refused.
 */
export function createNetworkConnection(socket: Socket, options: ConnectionOptions): NetworkConnection {
  const observer = observe(socket)
  let handed: Socket | null = socket
  const client = new Client({
    url: 'ldap://connection.invalid',
    timeout: options.timeout,
    connectTimeout: options.timeout,
    createConnection: () => {
      if (!handed) throw whyEnded(observer) ?? new AppError('LDAP_DROPPED')
      const given = handed
      handed = null
      return given
    },
  })

  return {
    bind: async (request, signal) => {
      const policy = new PolicyControl()
      const phase = phaseOf(request)
      options.logger.debug({ dn: request.dn, as: request.as }, 'ldap bind')
      const translate = (error: unknown): AppError =>
        toLdapError(error, phase, { ...observer.evidence(), policy: policy.answer.error })
      const work = (): Promise<void> => client.bind(request.dn ?? '', request.password, policy)
      await operate(observer, { ends: 'bind', signal, work, translate })
      return policy.answer
    },
    search: async (request, signal) => {
      options.logger.debug({ ...request, filter: formatFilter(request.filter) }, 'ldap search')
      const found = await operate(observer, {
        ...{ ends: 'search', signal },
        work: () => search(client, request, options.timeout),
        translate: (error) => searchError(error, observer),
      })
      const answer = { ...found, extent: extentOf(request, found.entries.length, observer.lastEnd()) }
      options.logger.debug({ entries: answer.entries.length, extent: answer.extent }, 'ldap answer')
      return answer
    },
    page: (request, signal) => {
      const work = () => page({ client, observer }, request, options.timeout)
      const translate = (error: unknown) => searchError(error, observer)
      return operate(observer, { ends: 'search', signal, work, translate })
    },
    ended: () => whyEnded(observer),
    close: () => {
      client.unbind().catch(() => undefined)
      socket.destroySoon()
    },
  }
}

interface Operation<T> {
  readonly ends: OperationEnd['operation']
  readonly signal: AbortSignal
  readonly work: () => Promise<T>
  readonly translate: (error: unknown) => AppError
}

function operate<T>(observer: Observer, operation: Operation<T>): Promise<T> {
  return observer.inTurn(() => operateNow(observer, operation))
}

async function operateNow<T>(observer: Observer, operation: Operation<T>): Promise<T> {
  const ended = whyEnded(observer)
  if (ended) throw ended
  const { signal } = operation
  const onAbort = (): void => observer.end(reasonOf(signal))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    observer.forget()
    const done = await operation.work()
    requireEnd(observer, operation.ends)
    return done
  } catch (error) {
    throw operation.translate(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** ldapts takes an answer whose result it cannot read for a success; only one that was read counts. */
function requireEnd(observer: Observer, ends: OperationEnd['operation']): void {
  if (observer.lastEnd()?.operation === ends) return
  const broken = whyEnded(observer) ?? new AppError('LDAP_PROTOCOL')
  observer.end(broken)
  throw broken
}

function whyEnded(observer: Observer): AppError | null {
  const { ended, socketError } = observer.evidence()
  return ended ?? (socketError ? toSocketError(socketError) : null)
}

function phaseOf(request: BindRequest): LdapPhase {
  if (request.dn === null) return 'anonymous-bind'
  return request.as === 'person' ? 'user-bind' : 'bind'
}

/** ldapts does not read the addresses of a referral; they are shown so that the right server can be asked. */
function searchError(error: unknown, observer: Observer): AppError {
  const translated = toLdapError(error, 'search', observer.evidence())
  const referrals = observer.lastEnd()?.referrals ?? []
  if (translated.code !== 'LDAP_REFERRAL' || referrals.length === 0) return translated
  const details = { ...translated.details, referrals: referrals.map(printable) }
  return new AppError('LDAP_REFERRAL', { details, cause: error })
}

async function search(
  client: Client,
  request: SearchRequest,
  timeout: number,
): Promise<Omit<SearchAnswer, 'extent'>> {
  const options = {
    scope: request.scope,
    filter: toWireFilter(request.filter),
    attributes: [...request.attributes],
    explicitBufferAttributes: new EveryAttribute(),
    sizeLimit: request.sizeLimit,
    timeLimit: Math.ceil(timeout / 1000),
  }
  if (request.page === null) return toAnswer(await client.search(request.base, options, noControls()))
  const paged = { ...options, paged: { pageSize: request.page } }
  for await (const page of client.searchPaginated(request.base, paged)) return toAnswer(page)
  return { entries: [], references: [] }
}

async function page(
  { client, observer }: { client: Client; observer: Observer },
  request: PageRequest,
  timeout: number,
): Promise<Page> {
  const options = {
    scope: 'sub' as const,
    filter: toWireFilter(request.filter),
    attributes: [...request.attributes],
    explicitBufferAttributes: new EveryAttribute(),
    sizeLimit: 0,
    timeLimit: Math.ceil(timeout / 1000),
  }
  const control = new PagedControl(request.size, request.cookie)
  const { answer, entries } = await withEntries(observer, () =>
    client.search(request.base, options, [control]),
  )
  const next = observer.lastEnd()?.cookie ?? null
  // A page that follows another must say whether it is the last; a first one without a word is everything.
  if (next === null && request.cookie.length > 0) throw new AppError('LDAP_PROTOCOL')
  return { entries, references: toAnswer(answer).references, next: next ?? Buffer.alloc(0) }
}

/** The entries of one search, read from its own messages as they come. */
async function withEntries(observer: Observer, work: () => Promise<Found>) {
  const found: FoundEntry[] = []
  const read = createEntryReader()
  observer.takeEntries((frame) => found.push(read(frame)))
  try {
    const answer = await work()
    const id = observer.lastEnd()?.messageId
    if (found.some(({ messageId }) => messageId !== id)) throw new AppError('LDAP_PROTOCOL')
    return { answer, entries: found.map(({ entry }) => entry) }
  } finally {
    observer.takeEntries(null)
  }
}

const noControls = (): Control[] => []

type Found = Awaited<ReturnType<Client['search']>>

function toAnswer(found: Found): Omit<SearchAnswer, 'extent'> {
  return { entries: found.searchEntries.map(toEntry), references: found.searchReferences.map(printable) }
}

function toEntry(found: Found['searchEntries'][number]): Entry {
  const attributes = new Map<string, Buffer[]>()
  for (const [name, value] of Object.entries(found)) {
    if (name === 'dn') continue
    const values = (Array.isArray(value) ? value : [value]).map((one) => Buffer.from(one))
    if (values.length > 0) attributes.set(name.toLowerCase(), values)
  }
  return { dn: found.dn, attributes }
}

/** ldapts returns what came before a size limit as if it were everything; the end of the operation knows better. */
function extentOf(request: SearchRequest, count: number, end: OperationEnd | null): SearchAnswer['extent'] {
  if (end?.resultCode === 4) return 'size-limit'
  if (end?.cookie && end.cookie.length > 0) return 'more-pages'
  return request.sizeLimit > 0 && count > request.sizeLimit ? 'size-limit' : 'complete'
}

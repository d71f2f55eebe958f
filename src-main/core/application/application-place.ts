/** Where an application's database is. */
export type ApplicationPlace =
  | { readonly dialect: 'sqlite'; readonly file: string; readonly opened: 'read-only' | 'read-write' }
  | {
      readonly dialect: 'postgres'
      readonly opened: 'read-only' | 'read-write'
      readonly host: string
      readonly port: number
      readonly user: string | null
      readonly database: string
      /** `verify`: TLS with the server's certificate and name checked. */
      readonly encryption: 'verify' | 'none'
      readonly caFile: string | null
    }

export type PlaceFault = 'form' | 'password' | 'option' | 'encryption'

const options = new Set(['mode', 'sslmode', 'sslrootcert', 'host'])

/** A socket's folder or this computer: nobody listens on the way. */
const isLocal = (host: string) =>
  host.startsWith('/') || /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host)

function sqlitePlace(rest: string): ApplicationPlace | PlaceFault {
  const [, file = '', query] = /^([^?]+)(?:\?(.*))?$/.exec(rest) ?? []
  if (file.trim() === '') return 'form'
  if (query !== undefined && query !== 'mode=ro') return 'option'
  return { dialect: 'sqlite', file, opened: query === undefined ? 'read-write' : 'read-only' }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function encryptionOf(host: string, mode: string | null): 'verify' | 'none' | PlaceFault {
  if (mode !== null && mode !== 'disable' && mode !== 'verify-full') return 'option'
  if (isLocal(host)) return mode === 'verify-full' ? 'verify' : 'none'
  return mode === 'disable' ? 'encryption' : 'verify'
}

function postgresPlace(text: string): ApplicationPlace | PlaceFault {
  // A host may be empty where a socket is named, which URL does not take for schemes like http's.
  if (!URL.canParse(text)) return 'form'
  const url = new URL(text)
  const query = url.searchParams
  if (url.password !== '' || query.has('password')) return 'password'
  if ([...query.keys()].some((name) => !options.has(name))) return 'option'
  const host = query.get('host') ?? url.hostname.replace(/^\[|\]$/g, '')
  const database = decoded(url.pathname.slice(1))
  if (host === '' || database === '' || database.includes('/')) return 'form'
  const mode = query.get('mode')
  if (mode !== null && mode !== 'ro') return 'option'
  const encryption = encryptionOf(host, query.get('sslmode'))
  if (encryption !== 'verify' && encryption !== 'none') return encryption
  return {
    dialect: 'postgres',
    opened: mode === null ? 'read-write' : 'read-only',
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    user: url.username === '' ? null : decoded(url.username),
    database,
    encryption,
    caFile: query.get('sslrootcert'),
  }
}

/**
 * `sqlite:FILE`, `postgres://user@host:5432/database`; `?mode=ro` opens it for reading only. Another computer's
 * PostgreSQL is reached by TLS that is verified, or not at all.
 */
export function readPlace(text: string): ApplicationPlace | PlaceFault {
  const trimmed = text.trim()
  const [, rest] = /^sqlite:(?!\/\/)(.+)$/i.exec(trimmed) ?? []
  if (rest !== undefined) return sqlitePlace(rest)
  return /^postgres(?:ql)?:\/\//i.test(trimmed) ? postgresPlace(trimmed) : 'form'
}

/** For people to read: never a password, since there is none in it. */
export function placeText(place: ApplicationPlace): string {
  if (place.dialect === 'sqlite') return place.file
  const user = place.user === null ? '' : `${place.user}@`
  return `${user}${place.host}:${place.port}/${place.database}`
}

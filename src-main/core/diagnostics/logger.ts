import { basename, dirname } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import type { Logger } from '../app/ports'

/** Fields with these names never reach the log, at any of the first levels. */
const secretKeys = [
  'password',
  'bindPassword',
  'clientSecret',
  'client_secret',
  'passphrase',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'accessToken',
  'refreshToken',
  'idToken',
  'code_verifier',
  'codeVerifier',
  'authorization',
  'cookie',
  'passwordHash',
  'nonce',
  'state',
  'authorizationUrl',
]

/** By type: what looks like a token or a hash is a secret, wherever it stands. */
const secretShapes = [
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g,
  /\$argon2(?:id|i|d)\$[^\s"]+/g,
  /\$2[aby]\$\d\d\$[^\s"]+/g,
  /(?<=[?&](?:code|code_verifier|access_token|refresh_token|id_token|id_token_hint|state|nonce|client_secret|password)=)[^&\s"]+/g,
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@"]+:)[^@\s"]+(?=@)/gi,
]

/** Replaces what has a secret's shape. */
export function redactText(text: string): string {
  return secretShapes.reduce((redacted, shape) => redacted.replace(shape, '[redacted]'), text)
}

function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = depth < 4 && error.cause !== undefined ? describe(error.cause, depth + 1) : undefined
  return { name: error.name, code, message: error.message, stack: error.stack, cause }
}

/** A stream that passes each finished line on without its secrets. */
function redacting(destination: { write: (line: string) => unknown }): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      destination.write(redactText(line.toString()))
      done()
    },
  })
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `LOG_LEVEL` if it is one of ours, else `info`. */
export function logLevel(value: string | undefined): LogLevel {
  const level = value?.trim().toLowerCase()
  return level === 'debug' || level === 'warn' || level === 'error' || level === 'silent' ? level : 'info'
}

/** Structured lines to the given destination, redacted by key and by shape. */
export function createLogger(destination: { write: (line: string) => unknown }, level: LogLevel): Logger {
  const paths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[redacted]' },
      serializers: { error: (error: unknown) => describe(error), cause: (error: unknown) => describe(error) },
    },
    redacting(destination),
  )
}

/** The rotating log file of the home: five files of 5 MB, each for its owner only. */
export async function openLogFile(file: string): Promise<{ write: (line: string) => unknown; path: string }> {
  const { createStream } = await import('rotating-file-stream')
  const stream = createStream(basename(file), { path: dirname(file), size: '5M', maxFiles: 4, mode: 0o600 })
  stream.on('error', (error) =>
    process.stderr.write(`The log file ${file} cannot be written: ${error.message}\n`),
  )
  return { write: (line) => stream.write(line), path: file }
}

import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { createLogger, logLevel, redactText } from '../../../src-main/core/diagnostics/logger'

const secret = 'Canary-7c1e-Secret'
const jwt = `${Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')}.${Buffer.from('{"sub":"ada"}').toString('base64url')}.${secret}`

function log(fields: object, message = 'a line', level: 'info' | 'debug' = 'info') {
  const lines: string[] = []
  createLogger({ write: (line) => lines.push(line) }, 'info')[level](fields, message)
  return lines.join('')
}

describe('redaction by key', () => {
  const keys = [
    ...['password', 'bindPassword', 'clientSecret', 'client_secret', 'passphrase', 'token', 'access_token'],
    ...[
      'refresh_token',
      'id_token',
      'accessToken',
      'refreshToken',
      'idToken',
      'code_verifier',
      'codeVerifier',
    ],
    ...['authorization', 'cookie', 'passwordHash', 'nonce', 'state', 'authorizationUrl'],
  ]
  it.each(keys)('%s is never written, at the first three levels', (key) => {
    const found = log({ [key]: secret, one: { [key]: secret, two: { [key]: secret } }, kept: 'shown' })
    expect(found).not.toContain(secret)
    expect(found.match(/\[redacted\]/g)).toHaveLength(3)
    expect(found).toContain('"kept":"shown"')
  })

  it('reaches into lists', () => {
    expect(log({ accounts: [{ password: secret }] })).not.toContain(secret)
  })

  it('reaches into what errors carry', () => {
    const cause = Object.assign(new Error('driver'), { password: secret })
    const found = log({ error: new AppError('DB_BUSY', { cause }) })
    expect(found).not.toContain(secret)
    expect(found).toContain('"code":"DB_BUSY"')
    expect(found).toContain('driver')
  })
})

const shapes: readonly [what: string, text: string][] = [
  ['a JWT', jwt],
  ['a JWT in a sentence', `the token ${jwt} was refused`],
  ['a JWT in a header', `Authorization: Bearer ${jwt}`],
  ['an argon2id hash', `$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$${secret}`],
  ['an argon2i hash', `$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$${secret}`],
  ['a bcrypt hash', `$2b$12$${secret}`],
  ['a bcrypt hash of PHP', `$2y$10$${secret}`],
  ['a password in an address', `ldaps://reader:${secret}@ldap.example.org:636/dc=example`],
  ['a password in a database’s address', `postgres://desk:${secret}@db/authdesk`],
  ['a code in a callback', `http://127.0.0.1:49152/callback?code=${secret}`],
  ['a code further on', `http://127.0.0.1/callback?iss=x&code=${secret}&x=1`],
  ['a state', `http://127.0.0.1/callback?state=${secret}`],
  ['an access token in an address', `https://api.example.org/?access_token=${secret}`],
  ['a client secret in an address', `https://id.example.org/token?a=b&client_secret=${secret}`],
]

describe('redaction by shape', () => {
  it.each(shapes)('%s is found in text', (_what, text) => {
    expect(redactText(text)).not.toContain(secret)
    expect(redactText(text)).toContain('[redacted]')
  })

  it.each(shapes)('%s is found wherever it stands in a line', (_what, text) => {
    const lines = [
      log({ harmless: text }),
      log({ list: [{ deep: { deeper: { deepest: text } } }] }),
      log({}, text),
      log({ error: new Error(text, { cause: new Error(text) }) }),
      log({ [text]: 'as a key' }),
    ]
    for (const line of lines) {
      expect(line).not.toContain(secret)
      expect(() => JSON.parse(line) as unknown).not.toThrow()
    }
  })

  it('leaves what has no secret as it is', () => {
    for (const text of [
      'LDAP_BIND_CREDENTIALS',
      'uid=ada,ou=people,dc=example,dc=org',
      'https://id.example.org/authorize?client_id=desk&response_type=code',
      'ldaps://ldap.example.org:636',
      'mailto:ada@example.org',
      'encoded=1&decode=2',
      'It costs $2 and $10.',
    ])
      expect(redactText(text)).toBe(text)
  })
})

describe('a line', () => {
  it('is JSON with time, level and words, and nothing of the machine', () => {
    const line = JSON.parse(log({ path: 'users.list' }, 'refused')) as Record<string, unknown>
    expect(Object.keys(line).toSorted()).toEqual(['level', 'msg', 'path', 'time'])
    expect(line['msg']).toBe('refused')
    expect(new Date(String(line['time'])).getTime()).toBeGreaterThan(0)
  })

  it('of a bug has its stack and its causes, four deep at most', () => {
    const nested = (depth: number): Error =>
      new Error(`level ${depth}`, depth === 10 ? undefined : { cause: nested(depth + 1) })
    const found = log({ error: nested(0) })
    expect(found).toContain('logger.test')
    for (const level of [0, 1, 2, 3, 4]) expect(found).toContain(`level ${level}"`)
    expect(found).not.toContain('"message":"level 6"')
  })

  it('below the level is not written', () => {
    expect(log({}, 'trace', 'debug')).toBe('')
  })
})

describe('LOG_LEVEL', () => {
  it('is one of ours, any case, else info', () => {
    expect([' DEBUG ', 'warn', 'error', 'silent'].map(logLevel)).toEqual(['debug', 'warn', 'error', 'silent'])
    expect(['trace', '', undefined, 'constructor'].map(logLevel)).toEqual(['info', 'info', 'info', 'info'])
  })
})

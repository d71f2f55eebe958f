import { describe, expect, it } from 'vitest'
import { createTexts } from '../../../src-main/core/app/texts'
import type { Facets } from '../../../src-main/core/diagnostics/facets'
import { watch } from '../../../src-main/core/history/watch'
import { watchFindings } from '../../../src-main/core/history/watched-subjects'

const now = new Date('2025-06-01T12:00:00.000Z')
const day = 86_400_000
const inDays = (days: number) => new Date(now.getTime() + days * day).toISOString()
const at = inDays(-1)

interface Seen {
  readonly subject?: string
  readonly before?: Facets | null
  readonly after: Facets
  readonly lastSignIn?: Date
}

function watched({ subject = 'oidc:idp', before = null, after, lastSignIn }: Seen) {
  const newest = { id: 7, at, stages: [], facets: after }
  const lastGood = before && { stages: [], facets: before }
  return watch({ subject, newest, lastGood, lastSignIn: lastSignIn ?? null, secret: 'set' }, now)
}

const codes = (seen: Seen) => watchFindings([watched(seen)], createTexts()).map(({ code }) => code)

describe('a certificate', () => {
  it.each([
    [31, 'good', []],
    [30.5, 'soon', ['CERTIFICATE_EXPIRES_SOON']],
    [1, 'soon', ['CERTIFICATE_EXPIRES_SOON']],
    [0, 'expired', ['CERTIFICATE_EXPIRED']],
    [-3, 'expired', ['CERTIFICATE_EXPIRED']],
  ] as const)('that ends in %d days is %s', (days, state, found) => {
    const after = { 'certificate.validTo': inDays(days) }
    expect(watched({ after }).certificate?.state).toBe(state)
    expect(codes({ after })).toEqual(found)
    expect(codes({ after, subject: 'ldap' })).toEqual(found)
  })

  it('that nobody saw is not judged', () => {
    expect(watched({ after: {} }).certificate).toBeNull()
  })
})

describe('keys and metadata', () => {
  const before = { 'keys.signing': ['a'], 'metadata.issuer': 'x', 'tls.cipher': 'one' }

  it('that changed since the last good test are named with the way to the difference', () => {
    const after = { 'keys.signing': ['b'], 'metadata.issuer': 'y', 'tls.cipher': 'two' }
    const found = watchFindings([watched({ before, after })], createTexts())
    expect(found.map(({ code }) => code)).toEqual(['KEYS_ROTATED', 'METADATA_CHANGED'])
    expect(found[0]?.link).toBe('/history?of=oidc:idp&before=good&after=7')
  })

  it('are no matter any more once somebody has signed in', () => {
    const after = { 'keys.signing': ['b'] }
    expect(codes({ before, after, lastSignIn: new Date(inDays(-2)) })).toEqual(['KEYS_ROTATED'])
    expect(codes({ before, after, lastSignIn: now })).toEqual([])
  })

  it('that stayed, or have nothing to be compared with, are not named', () => {
    expect(codes({ before, after: before })).toEqual([])
    expect(codes({ after: before })).toEqual([])
  })
})

describe('a client secret', () => {
  it('has an end that nobody says', () => {
    expect(watched({ after: {} }).secret).toBe('unknown')
    expect(watched({ after: {}, subject: 'ldap' }).secret).toBe('none')
  })
})

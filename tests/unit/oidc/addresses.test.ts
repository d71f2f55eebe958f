import { describe, expect, test } from 'vitest'
import {
  configFaults,
  discoveryAddress,
  isAllowedAddress,
  isLoopbackHost,
  redirectUrisToRegister,
} from '../../../src-main/core/oidc/addresses'
import { issuerDifference } from '../../../src-main/core/oidc/issuer-difference'
import { oidcSettings } from '../../support/oidc-fake-settings'

test('this computer', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) expect(isLoopbackHost(host)).toBe(true)
  for (const host of [
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '0.0.0.0',
    '128.0.0.1',
  ]) {
    expect(isLoopbackHost(host)).toBe(false)
  }
})

describe('addresses that may be asked or opened', () => {
  const web = 'https://idp.example.org'
  const here = 'http://127.0.0.1:9000'
  test.each([
    ['https://other.example/authorize', web, true],
    ['http://idp.example.org/authorize', web, false],
    ['http://127.0.0.1/authorize', web, false],
    ['http://127.0.0.1:9000/authorize', here, true],
    ['http://localhost:9000/authorize', here, true],
    ['http://idp.example.org/authorize', here, false],
    ['javascript:alert(1)', here, false],
    ['file:///etc/passwd', here, false],
    ['https://user:word@idp.example.org/', web, false],
    ['not an address', web, false],
  ])('%s for %s: %s', (address, issuer, allowed) => {
    expect(isAllowedAddress(address, issuer)).toBe(allowed)
  })
})

test('the description is beside the issuer, with or without a slash', () => {
  const expected = 'https://idp.example.org/realms/a/.well-known/openid-configuration'
  expect(discoveryAddress('https://idp.example.org/realms/a')).toBe(expected)
  expect(discoveryAddress('https://idp.example.org/realms/a/')).toBe(expected)
  expect(discoveryAddress(expected)).toBe(expected)
})

test('what is wrong with settings', () => {
  expect(configFaults(oidcSettings())).toEqual([])
  expect(configFaults(oidcSettings({ issuer: '', missing: ['OIDC_ISSUER'] }))).toEqual(['OIDC_ISSUER'])
  expect(configFaults(oidcSettings({ issuer: 'https://idp.example.org/?a=b' }))).toEqual(['OIDC_ISSUER'])
  expect(configFaults(oidcSettings({ issuer: 'http://idp.example.org', clientId: '', scopes: [] }))).toEqual([
    'OIDC_ISSUER',
    'OIDC_CLIENT_ID',
    'OIDC_SCOPES',
  ])
})

test('what to register', () => {
  expect(redirectUrisToRegister(oidcSettings())).toEqual(['http://127.0.0.1/callback'])
  const loopback = { host: 'localhost' as const, ports: [8400, 8401], path: '/back' }
  expect(redirectUrisToRegister(oidcSettings({ loopback }))).toEqual([
    'http://localhost:8400/back',
    'http://localhost:8401/back',
  ])
})

describe('the difference between two issuers', () => {
  test.each([
    ['https://a.org', 'https://a.org', null],
    ['https://a.org/', 'https://a.org', { position: 14, configured: '/', stated: null, kind: 'slash' }],
    ['http://a.org', 'https://a.org', { position: 5, configured: ':', stated: 's', kind: 'scheme' }],
    ['https://A.org', 'https://a.org', { position: 9, configured: 'A', stated: 'a', kind: 'letterCase' }],
    ['https://a.org', 'https://b.org', { position: 9, configured: 'a', stated: 'b', kind: 'other' }],
    [
      'https://a.org/.well-known/x',
      'https://a.org',
      { position: 14, configured: '/', stated: null, kind: 'wellKnown' },
    ],
  ])('%s and %s', (configured, stated, difference) => {
    expect(issuerDifference(configured, stated)).toEqual(difference)
  })
})

import { afterEach, describe, expect, test, vi } from 'vitest'
import { proxyOfEnvironment, withoutQuery } from '../../../src-main/core/oidc/oidc-fetch'

const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
function environment(values: Readonly<Record<string, string>>): void {
  for (const name of names) vi.stubEnv(name, values[name])
}
afterEach(() => void vi.unstubAllEnvs())

describe('the proxy of the environment', () => {
  test('there is none', () => {
    environment({})
    expect(proxyOfEnvironment('https://idp.example.org/')).toBeNull()
  })

  test('it is used for the outside, never for this computer', () => {
    environment({ HTTPS_PROXY: 'http://proxy.example:3128', HTTP_PROXY: 'http://proxy.example:3128' })
    expect(proxyOfEnvironment('https://idp.example.org/')?.host).toBe('proxy.example:3128')
    for (const here of ['http://127.0.0.1:9000/', 'http://localhost:9000/', 'https://[::1]:9000/']) {
      expect(proxyOfEnvironment(here)).toBeNull()
    }
  })

  test.each([
    ['idp.example.org', true],
    ['example.org', true],
    ['.example.org', true],
    ['*.example.org', true],
    ['idp.example.org:443', true],
    ['idp.example.org:8443', false],
    ['ample.org', false],
    ['other.example, example.org', true],
    ['*', true],
    ['', false],
  ])('NO_PROXY=%s exempts: %s', (list, exempt) => {
    environment({ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: list })
    expect(proxyOfEnvironment('https://idp.example.org/') === null).toBe(exempt)
  })
})

test('a query is in no log', () => {
  expect(withoutQuery('https://idp.example.org/a?code=secret#x')).toBe('https://idp.example.org/a')
  expect(withoutQuery('secret')).toBe('not an address')
})

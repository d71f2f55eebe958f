import { expect, test } from 'vitest'
import { historyAddress, parseHistoryRoute } from '../../../../src-renderer/state/history-route'

test.each([
  ['/history', { subject: null, before: null, after: null }],
  ['/history?of=ldap&before=good&after=12', { subject: 'ldap', before: 'good', after: 12 }],
  ['/history?of=oidc:idp&before=3&after=4', { subject: 'oidc:idp', before: 3, after: 4 }],
] as const)('%s holds the page’s state', (address, route) => {
  expect(historyAddress(route)).toBe(address)
  expect(parseHistoryRoute(address.split('?')[1] ?? '')).toEqual(route)
})

test('what is no run and no subject is ignored', () => {
  expect(parseHistoryRoute('of=other&before=-1&after=1e3')).toEqual(parseHistoryRoute(''))
})

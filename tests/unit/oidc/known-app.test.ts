import { expect, test } from 'vitest'
import type { Actor, Settings } from '../../../src-main/core/app/ports'
import { requireKnownApp } from '../../../src-main/core/oidc/application/known-app'
import { oidcSettings } from '../../support/oidc-fake-settings'

const settings = {
  oidc: [oidcSettings({ redirectUri: 'https://tracker.example.org/auth/oidc/callback' })],
  views: [],
} as unknown as Settings
const actor = (role: 'admin' | 'helpdesk' | 'auditor'): Actor => ({ kind: 'os', name: 'ada', roles: [role] })
const asks = (role: 'admin' | 'helpdesk' | 'auditor', app: string) => () =>
  requireKnownApp(app, settings, actor(role))

test('only who may change settings names an application that they do not', () => {
  expect(asks('admin', 'http://10.0.0.1/')).not.toThrow()
  for (const role of ['helpdesk', 'auditor'] as const) {
    expect(asks(role, 'https://tracker.example.org/login')).not.toThrow()
    for (const elsewhere of [
      'http://tracker.example.org/',
      'https://tracker.example.org:8443/',
      'http://10.0.0.1/',
    ])
      expect(asks(role, elsewhere), elsewhere).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  }
  expect(() => requireKnownApp('https://tracker.example.org/', settings, { kind: 'nobody' })).not.toThrow()
})

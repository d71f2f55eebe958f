import { expect, it } from 'vitest'
import { isKnownVersion, newestVersions } from '../../../src-main/core/application/schema-version'

it.each([
  ['timetracker', '153_add_user_auth_provider', true],
  ['timetracker', '067b_alias_067_add_integration_credentials', true],
  ['timetracker', '999_from_the_future', false],
  ['timetracker', 'a1b2c3d4e5f6', false],
  ['tududi', '20250615000001-create-users.js', true],
  ['tududi', '20990101000000-later.js', false],
  ['tududi', 'create-users.js', false],
  ['vikunja', '20240315110428', true],
  ['vikunja', '20990101000000', false],
  ['vikunja', 'SCHEMA_INIT', false],
] as const)('%s %s: %s', (kind, version, known) => {
  expect(isKnownVersion(kind, version)).toBe(known)
})

it('knows the newest ones, and no mark at all is unknown', () => {
  for (const kind of ['timetracker', 'tududi', 'vikunja'] as const) {
    expect(isKnownVersion(kind, newestVersions[kind])).toBe(true)
    expect(isKnownVersion(kind, null)).toBe(false)
  }
})

import { describe, expect, it } from 'vitest'
import { syncPreviewSchema, type SyncPreview } from '../../../../src-main/contract/sync'
import {
  doneParts,
  partsOf,
  previewState,
  shortTime,
} from '../../../../src-renderer/features/sync/sync-verdict'

const readAt = '2026-01-01T10:00:00.000Z'
const soon = Date.parse(readAt) + 60_000
const none = { create: 0, link: 0, update: 0, disable: 0, unchanged: 0, skip: 0, conflict: 0 }

function preview(part: Partial<SyncPreview>): SyncPreview {
  return syncPreviewSchema.parse({
    ...{ id: 'p', directory: 'dc=example', against: null, completeness: 'complete', code: null },
    ...{ rolesCode: null, entries: 3, counts: none, refusal: null, facets: [], readAt },
    disablements: { planned: 0, limit: 1, enabledLinked: 3 },
    ...part,
  })
}
const facets: SyncPreview['facets'] = [
  { action: 'skip', code: 'LDAP_USER_NO_EMAIL', count: 4 },
  { action: 'disable', code: 'LDAP_USER_NOT_FOUND', count: 1 },
  { action: 'disable', code: 'LDAP_USER_DISABLED', count: 1 },
  { action: 'create', code: null, count: 3 },
]

describe('what a preview would do', () => {
  it('is named in the order in which it is said, without what would not happen', () => {
    expect(partsOf(preview({ facets }))).toEqual([
      { action: 'create', count: 3 },
      { action: 'disable', count: 2 },
    ])
    expect(doneParts({ ...none, update: 2, skip: 9 })).toEqual([{ action: 'update', count: 2 }])
  })

  it('cannot be applied where the directory was not wholly read, before anything else', () => {
    const old = soon + 2 * 60 * 60_000
    expect(previewState(preview({ facets, completeness: 'partial', refusal: 'SYNC_PARTIAL' }), old)).toBe(
      'partial',
    )
    expect(previewState(preview({ completeness: 'failed', refusal: 'SYNC_PARTIAL' }), soon)).toBe('failed')
    expect(previewState(preview({ entries: 0, refusal: 'SYNC_EMPTY_SOURCE' }), soon)).toBe('empty')
  })

  it('is nothing, too old, above the limit, or ready', () => {
    expect(previewState(preview({}), soon)).toBe('nothing')
    expect(previewState(preview({ facets }), soon)).toBe('changes')
    expect(previewState(preview({ facets }), soon + 60 * 60_000)).toBe('old')
    expect(previewState(preview({ facets, refusal: 'SYNC_TOO_MANY_REMOVALS' }), soon)).toBe('valve')
  })
})

it('a time is said in seconds, and in minutes where it is long', () => {
  expect([shortTime(12), shortTime(89), shortTime(90), shortTime(121)]).toEqual([
    '12 s',
    '89 s',
    '2 min',
    '3 min',
  ])
})

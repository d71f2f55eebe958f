import { describe, expect, it } from 'vitest'
import { parseSyncRoute, syncAddress } from '../../../../src-renderer/state/sync-route'

describe('the address of the sync', () => {
  it('is plain where nothing is chosen', () => {
    expect(syncAddress(parseSyncRoute(''))).toBe('/sync')
  })

  it('holds what is chosen and gives it back', () => {
    const search = 'view=runs&search=ada+l&what=create,skip&why=CONFLICT,NAME_TAKEN&row=12&run=r1'
    const route = parseSyncRoute(search)
    expect(route).toMatchObject({
      view: 'runs',
      search: 'ada l',
      actions: ['create', 'skip'],
      row: 12,
      run: 'r1',
    })
    expect(new Set(route.codes)).toEqual(new Set(['CONFLICT', 'NAME_TAKEN']))
    expect(parseSyncRoute(syncAddress(route).replace('/sync?', ''))).toEqual(route)
  })

  it('takes no notice of what it does not know', () => {
    expect(syncAddress(parseSyncRoute('view=x&what=x,skip&why=NONE&row=-1&run='))).toBe('/sync?what=skip')
  })
})

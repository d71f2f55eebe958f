import { describe, expect, it } from 'vitest'
import { parseSearchWords } from '../../../../src-renderer/state/search-words'

describe('parseSearchWords', () => {
  it('leaves an ordinary search as it was typed', () => {
    expect(parseSearchWords('ada  love ')).toEqual({
      search: 'ada  love ',
      providers: [],
      roles: [],
      states: [],
    })
  })

  it('takes a finished filter out while typing', () => {
    expect(parseSearchWords('ada provider:ldap ')).toMatchObject({
      search: 'ada ',
      providers: ['ldap'],
    })
  })

  it('takes a filter as soon as its value is a known one, and not before', () => {
    expect(parseSearchWords('state:locked')).toMatchObject({ search: '', states: ['locked'] })
    expect(parseSearchWords('state:locke')).toMatchObject({ search: 'state:locke', states: [] })
  })

  it('takes every filter, in any case', () => {
    expect(parseSearchWords('ROLE:Admin state:must-change-password ada role:helpdesk')).toEqual({
      search: 'ada ',
      providers: [],
      roles: ['admin', 'helpdesk'],
      states: ['must-change-password'],
    })
  })

  it('leaves unknown keys and values in the search', () => {
    expect(parseSearchWords('team:x role:root ').search).toBe('team:x role:root ')
  })
})

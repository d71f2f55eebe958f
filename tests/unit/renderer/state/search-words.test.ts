import { describe, expect, it } from 'vitest'
import { parseSearchWords } from '../../../../src-renderer/state/search-words'

describe('parseSearchWords', () => {
  it('leaves an ordinary search as it was typed', () => {
    expect(parseSearchWords('ada  love ', 'typing')).toEqual({
      search: 'ada  love ',
      providers: [],
      roles: [],
      states: [],
    })
  })

  it('takes a finished filter out while typing', () => {
    expect(parseSearchWords('ada provider:ldap ', 'typing')).toMatchObject({
      search: 'ada ',
      providers: ['ldap'],
    })
  })

  it('waits while a filter is still being typed', () => {
    const words = parseSearchWords('state:locked', 'typing')
    expect(words).toMatchObject({ search: 'state:locked', states: [] })
  })

  it('takes every filter when the search is sent, in any case', () => {
    expect(parseSearchWords('ROLE:Admin state:must-change-password ada role:helpdesk', 'sent')).toEqual({
      search: 'ada ',
      providers: [],
      roles: ['admin', 'helpdesk'],
      states: ['must-change-password'],
    })
  })

  it('leaves unknown keys and values in the search', () => {
    expect(parseSearchWords('team:x role:root ', 'sent').search).toBe('team:x role:root ')
  })
})

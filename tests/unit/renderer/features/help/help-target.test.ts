import { describe, expect, it } from 'vitest'
import { headingAnchor, helpAddress, helpTarget } from '../../../../../src-renderer/features/help/help-target'

const ids = ['README', 'guides/GETTING_STARTED', 'guides/COMMAND_LINE', 'admin/configuration/SETTINGS']
const from = 'guides/GETTING_STARTED'

describe('helpTarget', () => {
  it.each([
    ['COMMAND_LINE.md', 'guides/COMMAND_LINE'],
    ['./COMMAND_LINE.md#users', 'guides/COMMAND_LINE'],
    ['../admin/configuration/SETTINGS.md', 'admin/configuration/SETTINGS'],
    ['../README.md', 'README'],
    ['/docs/admin/configuration/SETTINGS.md', 'admin/configuration/SETTINGS'],
    ['../somewhere/else/SETTINGS.md', 'admin/configuration/SETTINGS'],
  ])('leads %s to %s', (href, id) => {
    expect(helpTarget(href, from, ids)).toEqual({ kind: 'page', id })
  })

  it('hands addresses to the system browser', () => {
    const url = 'https://www.rfc-editor.org/rfc/rfc8252'
    expect(helpTarget(url, from, ids)).toEqual({ kind: 'external', url })
  })

  it('stays on the page for an anchor', () => {
    expect(helpTarget('#first-steps', from, ids)).toEqual({ kind: 'anchor', anchor: 'first-steps' })
  })

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'mailto:a@b.de', 'MISSING.md', '../../src/x.ts'])(
    'makes no link of %s',
    (href) => {
      expect(helpTarget(href, from, ids)).toEqual({ kind: 'nowhere' })
    },
  )
})

describe('addresses of documents', () => {
  it('keep their folders', () => {
    expect(helpAddress('guides/A B')).toBe('/help/guides/A%20B')
  })

  it('have anchors as Markdown readers make them', () => {
    expect(headingAnchor('First steps: what & why')).toBe('first-steps-what-why')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wrapPoints } from '../../../../src-renderer/ui/wrap-points'

describe('wrapPoints', () => {
  it('breaks a DN after its commas and a filter before its brackets', () => {
    expect(wrapPoints('uid=ada,ou=people,dc=org')).toEqual(['uid=ada,', 'ou=people,', 'dc=org'])
    expect(wrapPoints('(&(a=1)(b=2))')).toEqual(['(&', '(a=1)', '(b=2))'])
  })

  it('loses nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => wrapPoints(text).join('') === text))
  })
})

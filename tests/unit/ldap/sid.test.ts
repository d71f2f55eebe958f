import { expect, test } from 'vitest'
import { formatSid, sibling } from '../../../src-main/core/ldap/sid'

/** S-1-5-21-3623811015-3361044348-30300820-1013, the example of Microsoft’s documents, as MS-DTYP packs it. */
const ada = Buffer.from('010500000000000515000000c7f7fed77c7755c8945ace01f5030000', 'hex')

test('a security identifier reads as Microsoft writes it', () => {
  expect(formatSid(ada)).toBe('S-1-5-21-3623811015-3361044348-30300820-1013')
  expect(formatSid(Buffer.from('01020000000000052000000020020000', 'hex'))).toBe('S-1-5-32-544')
})

test('a primary group has the identifier of its domain with its own last part', () => {
  const group = sibling(ada, 513)
  expect(group && formatSid(group)).toBe('S-1-5-21-3623811015-3361044348-30300820-513')
  expect(formatSid(ada)).toMatch(/-1013$/)
})

test.each(['', '01', '0105000000000005', ada.subarray(0, 27).toString('hex'), `02${ada.toString('hex', 1)}`])(
  'bytes that are no identifier (%s) are not read as one',
  (hex) => {
    expect(formatSid(Buffer.from(hex, 'hex'))).toBeNull()
    expect(sibling(Buffer.from(hex, 'hex'), 513)).toBeNull()
  },
)

import { describe, expect, it } from 'vitest'
import {
  columns,
  createStyle,
  failureDocument,
  failureText,
  plain,
  styleFor,
  successDocument,
} from '../../../src-main/hosts/cli/output'

const uncoloured = createStyle('off')

describe('documents', () => {
  it('say ok, unless what was looked at is not well', () => {
    const text = () => ''
    expect(JSON.parse(successDocument({ document: { user: 1 }, text }))).toEqual({ ok: true, user: 1 })
    expect(JSON.parse(successDocument({ document: { ok: false, stages: [] }, text }))).toEqual({
      ok: false,
      stages: [],
    })
  })

  it('of a failure have its code, message and details', () => {
    const error = { code: 'NOT_FOUND', message: 'No account is named x', details: { name: 'x' } } as const
    expect(JSON.parse(failureDocument(error))).toEqual({ ok: false, error })
  })
})

describe('texts', () => {
  it('of a failure end with what to do', () => {
    const text = failureText({ code: 'FORBIDDEN', message: '', details: {} }, uncoloured)
    expect(text).toBe(
      'authdesk: This is not allowed for you [FORBIDDEN]\n  Ask an administrator, or sign in with another account.\n',
    )
  })

  it('cannot steer the terminal', () => {
    expect(plain('a\u001b[2Jb\r\nc\u202ed')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd')
    expect(columns([['a\u001b]0;x\u0007', 'b']])).not.toMatch(/\p{Cc}/u)
  })

  it('align their columns', () => {
    expect(
      columns([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'ccc'],
      ]),
    ).toBe('a    bb  c\naaa  b   ccc')
  })

  it('are coloured on a terminal only, and not against the person’s wish', () => {
    expect(styleFor({ isTTY: true }, {}).red('x')).toBe('\u001b[31mx\u001b[0m')
    expect(styleFor({ isTTY: true }, { NO_COLOR: '1' }).red('x')).toBe('x')
    expect(styleFor({}, {}).red('x')).toBe('x')
  })
})

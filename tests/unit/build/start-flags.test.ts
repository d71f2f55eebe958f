import { describe, expect, it } from 'vitest'
import { parseStartFlags } from '../../../build/run/start-flags.mjs'

const folder = '/home/ada'

describe('parseStartFlags', () => {
  it('resolves paths against the folder npm was called in, and nothing else', () => {
    const argv = ['--home', 'desk', '--env-file=../desk.env', '--page', 'users', '--demo']
    expect(parseStartFlags(argv, folder)).toEqual({
      kind: 'start',
      args: ['--home', '/home/ada/desk', '--env-file', '/home/desk.env', '--page', 'users', '--demo'],
      screenshot: false,
    })
  })

  it('knows that a screenshot is wanted', () => {
    expect(parseStartFlags(['--screenshot', '/tmp/a=b.png'], folder)).toEqual({
      kind: 'start',
      args: ['--screenshot', '/tmp/a=b.png'],
      screenshot: true,
    })
  })

  it.each([
    [['--frob'], 'Unknown option: --frob'],
    [['users'], 'Unknown option: users'],
    [['--constructor'], 'Unknown option: --constructor'],
    [['--home'], '--home needs a value'],
    [['--home', '--demo'], '--home needs a value'],
    [['--page='], '--page needs a value'],
    [['--demo=yes'], '--demo takes no value'],
  ])('refuses %j', (argv, message) => {
    expect(parseStartFlags(argv, folder)).toEqual({ kind: 'wrong', message })
  })

  it('shows its help wherever it is asked for', () => {
    expect(parseStartFlags(['--demo', '--help'], folder)).toEqual({ kind: 'help' })
  })
})

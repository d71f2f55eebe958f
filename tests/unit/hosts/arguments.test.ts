import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseStartArguments } from '../../../src-main/hosts/electron/arguments'

const nothing = {
  ...{ demo: false, home: null, envFile: null, page: null, screenshot: null, showLocalLogin: false },
}

describe('the start arguments', () => {
  it('are nothing without any, and Chromium’s own are passed over', () => {
    expect(parseStartArguments([])).toEqual(nothing)
    const chromium = ['electron', '--no-sandbox', '--user-data-dir=/x', '--homepage=y', '.', '--demo-mode']
    expect(parseStartArguments(chromium)).toEqual(nothing)
  })

  it('are read as two words or as one', () => {
    const both = [
      parseStartArguments([
        '--home',
        'desk',
        '--env-file',
        'a.env',
        '--page',
        '/users',
        '--screenshot',
        'x.png',
      ]),
      parseStartArguments(['--home=desk', '--env-file=a.env', '--page=/users', '--screenshot=x.png']),
    ]
    for (const found of both) {
      expect(found).toEqual({
        ...nothing,
        ...{ home: resolve('desk'), envFile: resolve('a.env'), page: '/users', screenshot: resolve('x.png') },
      })
    }
    expect(parseStartArguments(['--demo', '--show-local-login'])).toEqual({
      ...nothing,
      ...{ demo: true, showLocalLogin: true },
    })
  })

  it('keep what follows the equals sign as it is', () => {
    expect(parseStartArguments(['--page=/users?search=a=b']).page).toBe('/users?search=a=b')
    expect(parseStartArguments(['--home', '/a b/ü']).home).toBe('/a b/ü')
  })

  it('without a value are as if they were not there: a home is never the present folder by accident', () => {
    for (const argv of [['--home='], ['--home'], ['--home', ''], ['--home', '--demo']]) {
      expect(parseStartArguments(argv).home, argv.join(' ')).toBeNull()
    }
    expect(parseStartArguments(['--home', '--demo']).demo).toBe(true)
  })
})

import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createPasswords, type } from '../../../src-main/hosts/cli/passwords'

describe('typing without echo', () => {
  it.each([
    ['', 'hunter2\r', { password: 'hunter2', state: 'done' }],
    ['hun', 'ter2\n', { password: 'hunter2', state: 'done' }],
    ['', 'hx\u007funter2', { password: 'hunter2', state: 'typing' }],
    ['', 'a😀\u007fb\r', { password: 'ab', state: 'done' }],
    ['abc', '\u0003', { password: '', state: 'cancelled' }],
    ['abc', '\u0004', { password: '', state: 'cancelled' }],
    ['', 'a\tb\u001b\r', { password: 'ab', state: 'done' }],
  ])('%j then %j', (before, typed, expected) => {
    expect(type(before, typed)).toEqual(expected)
  })
})

class FakeTerminal extends PassThrough {
  readonly isTTY = true
  raw: boolean[] = []
  setRawMode(mode: boolean): this {
    this.raw.push(mode)
    return this
  }
}

function passwordsOn(input: PassThrough) {
  const shown = new PassThrough()
  shown.setEncoding('utf8')
  const passwords = createPasswords({ input: input as unknown as NodeJS.ReadStream, output: shown })
  return { passwords, shown: () => String(shown.read() ?? '') }
}

describe('the prompt', () => {
  it('shows the question and nothing of the answer', async () => {
    const terminal = new FakeTerminal()
    const { passwords, shown } = passwordsOn(terminal)
    const answer = passwords.ask('Password of ada: ')
    terminal.write('hun')
    terminal.write('ter2\r')
    expect(await answer).toBe('hunter2')
    expect(shown()).toBe('Password of ada: \n')
    expect(terminal.raw).toEqual([true, false])
  })

  it('is cancelled by Ctrl+C', async () => {
    const terminal = new FakeTerminal()
    const answer = passwordsOn(terminal).passwords.ask('? ')
    terminal.write('\u0003')
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(terminal.raw).toEqual([true, false])
  })

  it('needs a terminal', async () => {
    await expect(passwordsOn(new PassThrough()).passwords.ask('? ')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

describe('--password-stdin', () => {
  it('gives a line at a time, spaces included', async () => {
    const input = new PassThrough()
    const { passwords } = passwordsOn(input)
    input.end(' first \r\nsecond')
    expect([await passwords.nextLine(), await passwords.nextLine()]).toEqual([' first ', 'second'])
    await expect(passwords.nextLine()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    passwords.close()
  })
})

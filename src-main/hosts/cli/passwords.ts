import { createInterface, type Interface } from 'node:readline'
import { AppError } from '../../contract/errors'

/** Where passwords come from: never the arguments. */
export interface Passwords {
  /** The next line of standard input; the acting account's own password is always the first. */
  readonly nextLine: () => Promise<string>
  /** Asks on the terminal without showing what is typed. */
  readonly ask: (question: string) => Promise<string>
  readonly close: () => void
}

interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WritableStream
}

const keys = { interrupt: '\u0003', end: '\u0004', enter: ['\r', '\n'], erase: ['\u007f', '\b'] } as const

/** Adds what was typed to the password; `done` once Enter came. */
export function type(
  password: string,
  typed: string,
): { password: string; state: 'typing' | 'done' | 'cancelled' } {
  let characters = Array.from(password)
  for (const key of typed) {
    if (key === keys.interrupt || key === keys.end) return { password: '', state: 'cancelled' }
    if (keys.enter.some((enter) => enter === key)) return { password: characters.join(''), state: 'done' }
    if (keys.erase.some((erase) => erase === key)) characters = characters.slice(0, -1)
    else if (!/\p{Cc}/u.test(key)) characters.push(key)
  }
  return { password: characters.join(''), state: 'typing' }
}

function readHidden({ input, output }: Terminal, question: string): Promise<string> {
  output.write(question)
  input.setRawMode(true)
  input.setEncoding('utf8')
  input.resume()
  return new Promise((resolve, reject) => {
    let password = ''
    const onData = (typed: string) => {
      const next = type(password, typed)
      password = next.password
      if (next.state === 'typing') return
      input.off('data', onData)
      input.setRawMode(false)
      input.pause()
      output.write('\n')
      if (next.state === 'done') resolve(password)
      else reject(new AppError('CANCELLED'))
    }
    input.on('data', onData)
  })
}

export function createPasswords(terminal: Terminal): Passwords {
  let lines: Interface | null = null
  let iterator: AsyncIterator<string> | null = null

  return {
    nextLine: async () => {
      lines ??= createInterface({ input: terminal.input, terminal: false })
      iterator ??= lines[Symbol.asyncIterator]()
      const line = await iterator.next()
      if (line.done) {
        throw new AppError('INVALID_INPUT', { message: 'Standard input ended before the password.' })
      }
      return line.value
    },
    ask: (question) => {
      if (terminal.input.isTTY) return readHidden(terminal, question)
      const message = 'There is no terminal to ask for the password: use --password-stdin.'
      return Promise.reject(new AppError('INVALID_INPUT', { message }))
    },
    close: () => {
      lines?.close()
      terminal.input.pause()
    },
  }
}

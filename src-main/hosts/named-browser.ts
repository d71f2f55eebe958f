import { spawn } from 'node:child_process'

/** The command in `BROWSER`; the word `%s` stands for the address, which otherwise comes last. */
export function startNamedBrowser(command: string, address: string): Promise<void> {
  const [program, ...rest] = command.split(/\s+/)
  const args = rest.includes('%s') ? rest.map((each) => (each === '%s' ? address : each)) : [...rest, address]
  return new Promise((done, fail) => {
    const child = spawn(program ?? '', args, { stdio: 'ignore', detached: true })
    child.once('error', fail)
    child.once('spawn', () => {
      child.unref()
      done()
    })
  })
}

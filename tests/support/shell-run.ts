import { spawn } from 'node:child_process'

/**
 * Runs a printed line as it is. A session of its own has no terminal, so that a tool's prompt reads the secret from
 * standard input.
 */
export function runLine(
  line: string,
  secret: string,
): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn('/bin/sh', ['-c', line], { detached: true, env: { PATH: process.env['PATH'] } })
  let [out, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${secret}\n`)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, said }))
  })
}

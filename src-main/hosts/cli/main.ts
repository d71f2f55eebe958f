import { join } from 'node:path'
import { exits } from './exit-codes'
import { run } from './run'

/** Node's exit code for a module whose `await` never ends. */
const unsettled = 13
let ended = false

// A reader that has seen enough (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  ended = true
  process.exit(0)
})

// Nothing left to wait for and still no outcome: without a word the exit code would be Node's own.
process.on('exit', (code) => {
  if (ended || (code !== exits.done && code !== unsettled)) return
  process.stderr.write('authdesk: The work stopped without an outcome [INTERNAL]\n')
  process.exitCode = exits.bug
})

process.exitCode = await run({
  argv: process.argv.slice(2),
  environment: process.env,
  docs: join(import.meta.dirname, '..', '..', 'docs'),
})
ended = true

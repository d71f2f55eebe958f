import { resolve } from 'node:path'

export const startUsage = `npm start -- [--demo] [--home DIR] [--env-file FILE] [--page PATH] [--screenshot FILE] [--show-local-login]

  --demo              a throw-away home with sample accounts
  --home DIR          where the console keeps its database, log and preferences
  --env-file FILE     settings in the form NAME=value
  --page PATH         the page to open, such as /users
  --screenshot FILE   write a PNG of the page and quit
  --show-local-login  offer the local sign-in although AUTH_METHOD hides it`

/** How each flag's value is passed on; a flag without a value is `alone`. */
const flags = {
  '--demo': 'alone',
  '--show-local-login': 'alone',
  '--home': 'path',
  '--env-file': 'path',
  '--screenshot': 'path',
  '--page': 'text',
}

/**
 * @param {string[]} argv
 * @param {string} folder what relative paths start from
 * @returns {{ kind: 'start', args: string[], screenshot: boolean } | { kind: 'help' } | { kind: 'wrong', message: string }}
 */
export function parseStartFlags(argv, folder) {
  const args = []
  const rest = [...argv]
  while (rest.length > 0) {
    const [flag, ...glued] = rest.shift().split('=')
    if (flag === '--help' || flag === '-h') return { kind: 'help' }
    if (!Object.hasOwn(flags, flag)) return { kind: 'wrong', message: `Unknown option: ${flag}` }
    if (flags[flag] === 'alone') {
      if (glued.length > 0) return { kind: 'wrong', message: `${flag} takes no value` }
      args.push(flag)
      continue
    }
    const value = glued.length > 0 ? glued.join('=') : rest.shift()
    if (!value || value.startsWith('--')) return { kind: 'wrong', message: `${flag} needs a value` }
    args.push(flag, flags[flag] === 'path' ? resolve(folder, value) : value)
  }
  return { kind: 'start', args, screenshot: args.includes('--screenshot') }
}

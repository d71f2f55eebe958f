import { resolve } from 'node:path'

/** What the console was started with. */
export interface StartArguments {
  readonly demo: boolean
  readonly home: string | null
  readonly envFile: string | null
  readonly page: string | null
  readonly screenshot: string | null
  readonly showLocalLogin: boolean
}

/** Reads our own flags and passes over Chromium's; `npm start` has refused unknown ones before. */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  const value = (flag: string): string | null => {
    const joined = argv.find((each) => each.startsWith(`${flag}=`))
    if (joined) return joined.slice(flag.length + 1) || null
    const next = argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined
    return next && !next.startsWith('--') ? next : null
  }
  const path = (flag: string): string | null => {
    const given = value(flag)
    return given === null ? null : resolve(given)
  }
  return {
    demo: argv.includes('--demo'),
    home: path('--home'),
    envFile: path('--env-file'),
    page: value('--page')?.replace(/^#/, '') ?? null,
    screenshot: path('--screenshot'),
    showLocalLogin: argv.includes('--show-local-login'),
  }
}

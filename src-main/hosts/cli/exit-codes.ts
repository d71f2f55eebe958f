import type { Code } from '../../contract/errors'

/** Done · not well, not allowed or refused · wrong usage or invalid settings · a bug · interrupted. */
export const exits = { done: 0, notWell: 1, usage: 2, bug: 3, interrupted: 130 } as const
export type Exit = (typeof exits)[keyof typeof exits]

/** What a refusal means for the calling script. */
export function exitOf(code: Code): Exit {
  if (code === 'INTERNAL') return exits.bug
  if (code === 'INVALID_INPUT' || code.startsWith('CONFIG_')) return exits.usage
  return exits.notWell
}

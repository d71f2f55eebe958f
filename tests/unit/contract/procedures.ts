import { contract } from '../../../src-main/contract'
import type { AnyProcedure } from '../../../src-main/contract/procedure'

/** Every procedure of the contract by its path. */
export const procedures: readonly (readonly [path: string, procedure: AnyProcedure])[] = Object.entries(
  contract,
).flatMap(([room, verbs]) =>
  Object.entries(verbs as Record<string, AnyProcedure>).map(
    ([verb, procedure]) => [`${room}.${verb}`, procedure] as const,
  ),
)

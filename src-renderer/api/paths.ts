import type { z } from 'zod'
import { contract, type Contract } from '../../src-main/contract'
import type { AnyProcedure } from '../../src-main/contract/procedure'

/** Every procedure's path, `room.verb`, as the bridge wants it. */
export type Path = {
  [R in keyof Contract]: `${R}.${keyof Contract[R] & string}`
}[keyof Contract]

type ProcedureAt<P extends Path> = P extends `${infer R}.${infer V}`
  ? R extends keyof Contract
    ? V extends keyof Contract[R]
      ? Contract[R][V]
      : never
    : never
  : never

export type Input<P extends Path> =
  ProcedureAt<P> extends { input: infer I extends z.ZodType } ? z.input<I> : never
export type Output<P extends Path> =
  ProcedureAt<P> extends { output: infer O extends z.ZodType } ? z.output<O> : never

type PathOf<K extends AnyProcedure['kind']> = {
  [P in Path]: ProcedureAt<P> extends { kind: K } ? P : never
}[Path]
export type QueryPath = PathOf<'query'>
export type ActionPath = PathOf<'command' | 'local'>

/** The procedure at a path; a path that the contract lacks is a bug. */
export function procedureAt(path: Path): AnyProcedure {
  const [room, verb] = path.split('.')
  const rooms: Readonly<Record<string, Readonly<Record<string, AnyProcedure>>>> = contract
  const procedure = rooms[room ?? '']?.[verb ?? '']
  if (procedure === undefined) throw new Error(`No procedure at ${path}`)
  return procedure
}

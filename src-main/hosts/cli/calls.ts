import type { z } from 'zod'
import { contract, type Contract } from '../../contract'
import { AppError, type Result } from '../../contract/errors'

/** Every procedure as a function that resolves with its output and throws its refusal. */
export type Calls<C> = {
  readonly [K in keyof C]: C[K] extends {
    input: infer I extends z.ZodType
    output: infer O extends z.ZodType
  }
    ? (input: z.input<I>) => Promise<z.output<O>>
    : Calls<C[K]>
}
export type ContractCalls = Calls<Contract>

export type Send = (path: string, input: unknown) => Promise<Result<unknown>>

async function unwrap(result: Promise<Result<unknown>>): Promise<unknown> {
  const settled = await result
  if (settled.ok) return settled.value
  const { code, message, details } = settled.error
  throw new AppError(code, { message, details })
}

/** Names come from the contract, so that none is written twice; the types follow from it too. */
export function createCalls(send: Send): ContractCalls {
  const rooms = Object.entries(contract).map(([room, procedures]) => {
    const verbs = Object.keys(procedures).map(
      (verb) => [verb, (input: unknown) => unwrap(send(`${room}.${verb}`, input))] as const,
    )
    return [room, Object.fromEntries(verbs)] as const
  })
  return Object.fromEntries(rooms) as unknown as ContractCalls
}

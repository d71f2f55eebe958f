import { z } from 'zod'

/** A kind of provider that the rule book knows: its name, what it is known not to do, and where a client is registered. */
export const providerProductSchema = z.object({
  id: z.string(),
  name: z.string(),
  limits: z.array(z.string()),
  register: z.string(),
})
export type ProviderProduct = z.infer<typeof providerProductSchema>

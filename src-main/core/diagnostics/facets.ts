import { z } from 'zod'

/**
 * One thing that a test saw and that can be different the next time. `null`: it is known that there is none. A list has
 * no order. `mark` says of a secret only whether it is another one than before; null: nothing can be said.
 */
export const facetValueSchema = z.union([
  z.string(),
  z.null(),
  z.array(z.string()),
  z.object({ count: z.number().int(), whole: z.boolean() }),
  z.object({ seconds: z.number(), uncertainty: z.number() }),
  z.object({ set: z.boolean(), mark: z.string().nullable() }),
])
export type FacetValue = z.infer<typeof facetValueSchema>

/** By `area.name`; what a test did not get to see is absent. */
export const facetsSchema = z.record(z.string(), facetValueSchema)
export type Facets = Readonly<Record<string, FacetValue>>

/** What a server shows of its certificates, its own first. */
export interface SeenCertificate {
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly names: readonly string[]
  readonly validFrom: Date
  readonly validTo: Date
}

/** The server's own certificate, and apart from it those that vouch for it: a renewed one changes no chain. */
export function certificateFacets(chain: readonly SeenCertificate[]): Facets {
  const [own, ...others] = chain
  if (own === undefined) return {}
  return {
    'certificate.fingerprint': own.fingerprint,
    'certificate.subject': own.subject,
    'certificate.issuer': own.issuer,
    'certificate.names': [...own.names],
    'certificate.validFrom': timeOf(own.validFrom),
    'certificate.validTo': timeOf(own.validTo),
    'chain.certificates': others.map(
      ({ subject, fingerprint }) => `${subject} (${fingerprint.slice(0, 23)}…)`,
    ),
  }
}

const timeOf = (date: Date) => (Number.isNaN(date.getTime()) ? null : date.toISOString())

import { z } from 'zod'
import { codeSchema } from './errors'

const certificateSchema = z.object({
  role: z.enum(['server', 'intermediate', 'root']),
  /** Distinguished names in one line, the most specific part first. */
  subject: z.string(),
  issuer: z.string(),
  /** Subject alternative names with their types, as `DNS:…`. */
  names: z.array(z.string()),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime(),
  /** SHA-256 in hexadecimal, colon-separated. */
  fingerprint: z.string(),
  /** Whether the server sent it; otherwise it was taken from what is trusted here. */
  sent: z.boolean(),
  /** Which store trusts this very certificate. */
  trusted: z.enum(['bundled', 'system', 'file']).nullable(),
  faults: z.array(codeSchema),
})
export type PicturedCertificate = z.infer<typeof certificateSchema>

/** A server's certificates as they were sent and completed here, the server's own first. */
export const chainSchema = z.object({
  expectedName: z.string(),
  /** The verification's own word for what is wrong; null: nothing. */
  verdict: z.string().nullable(),
  certificates: z.array(certificateSchema),
  /** The issuer that was neither sent nor is trusted, and the address that its certificate can be had at. */
  missing: z.object({ subject: z.string(), address: z.string().nullable() }).nullable(),
})
export type ChainPicture = z.infer<typeof chainSchema>

import { z } from 'zod'

/** One value of the read-only summary. A secret's value is `null`; `set` says whether there is one. */
export const settingViewSchema = z.object({
  name: z.string(),
  value: z.string().nullable(),
  set: z.boolean(),
  secret: z.boolean(),
  source: z.enum(['default', 'profile', 'environment']),
})
export type SettingView = z.infer<typeof settingViewSchema>

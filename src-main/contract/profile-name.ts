import { z } from 'zod'

/** A profile's name is part of a file's name, never a path. */
export const profileNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
export const profileNameSchema = z
  .string()
  .regex(profileNamePattern, 'letters, digits, dots, hyphens and underscores, at most 64')

/** Which profile's saved settings are looked at; null: the governing one's. How people get in does not change. */
export const examinedSchema = profileNameSchema.nullable().default(null)

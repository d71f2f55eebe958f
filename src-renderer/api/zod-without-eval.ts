import { z } from 'zod'

/** The window's content security policy forbids `eval`; this must run before any schema is made. */
z.config({ jitless: true })

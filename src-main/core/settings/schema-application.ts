import { readPlace, type ApplicationPlace } from '../application/application-place'
import { handMappingSchema, type HandMapping } from '../application/hand-mapping'
import { parsed, secret } from './kinds'
import type { Setting } from './setting'

const database = parsed<ApplicationPlace>(
  'sqlite:FILE or postgres://user@host/database, without a password in it; ?mode=ro opens it for reading only',
  (text) => {
    const place = readPlace(text)
    return typeof place === 'string' ? null : place
  },
)

const columns = parsed<HandMapping>(
  'a JSON object that names table, id, username, password and further columns',
  (text) => handMappingSchema.safeParse(JSON.parse(text)).data ?? null,
)

export const applicationSchema = {
  AUTHDESK_APP_DB: {
    kind: database,
    group: 'application',
    description:
      'The database of the application, whose accounts are then shown. PostgreSQL on another computer is reached by verified TLS alone; sslrootcert names a file of authorities.',
  },
  AUTHDESK_APP_DB_PASSWORD: {
    kind: secret,
    group: 'application',
    description:
      'The password of the database user. Without it PostgreSQL’s own places count: PGPASSWORD, then PGPASSFILE.',
  },
  AUTHDESK_APP_COLUMNS: {
    kind: columns,
    group: 'application',
    description: 'Describes the table of accounts where it is not TimeTracker’s, tududi’s or Vikunja’s.',
  },
} as const satisfies Record<string, Setting>

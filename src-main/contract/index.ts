import { z } from 'zod'
import { accountsBulkContract, bulkProgressSchema } from './accounts-bulk'
import { accountsImportContract } from './accounts-import'
import { appContract, statusSchema } from './app'
import { applicationContract } from './application'
import { auditContract } from './audit'
import { authContract } from './auth'
import { databaseContract } from './database'
import { labContract } from './lab'
import { ldapContract } from './ldap'
import { accountContract, accountLinksContract, linksContract } from './links'
import { methodsContract } from './methods'
import { oidcContract } from './oidc'
import type { Client } from './procedure'
import { profilesContract } from './profiles'
import { reportsContract } from './reports'
import { requestsContract } from './requests'
import { providerSignOutSchema, sessionContract, signInProgressSchema } from './session'
import { sessionsContract } from './sessions'
import { settingsContract } from './settings'
import { stageEventSchema } from './stages'
import { syncContract, syncProgressSchema } from './sync'
import { usersContract } from './users'

/** Everything the two sides can say to each other; paths are `room.verb`. */
export const contract = {
  app: appContract,
  session: sessionContract,
  account: accountContract,
  users: {
    ...usersContract,
    ...accountsBulkContract,
    ...accountsImportContract,
    ...accountLinksContract,
  },
  application: applicationContract,
  links: linksContract,
  sessions: sessionsContract,
  requests: requestsContract,
  methods: methodsContract,
  auth: authContract,
  ldap: ldapContract,
  oidc: oidcContract,
  lab: labContract,
  sync: syncContract,
  reports: reportsContract,
  audit: auditContract,
  settings: settingsContract,
  profiles: profilesContract,
  db: databaseContract,
}
export type Contract = typeof contract
export type Api = Client<Contract>

/** What the core tells its subscribers without being asked. */
export const events = {
  'app.status': z.object({ status: statusSchema }),
  'app.navigate': z.object({ page: z.string() }),
  'session.progress': signInProgressSchema,
  'session.providerSignOut': providerSignOutSchema,
  'users.progress': bulkProgressSchema,
  'ldap.stage': stageEventSchema,
  'oidc.stage': stageEventSchema,
  'sync.progress': syncProgressSchema,
  /** A sync that began by itself has begun or is over. */
  'sync.scheduled': z.object({ running: z.boolean() }),
}
export type Events = { [K in keyof typeof events]: z.infer<(typeof events)[K]> }
export type EventName = keyof Events

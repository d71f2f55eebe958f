import type { Migration } from '../src-main/core/db/history'
import { createAccounts } from './001-create-accounts'
import { createSessions } from './002-create-sessions'
import { createRequests } from './003-create-requests'
import { createAudit } from './004-create-audit'
import { addUserAuthProvider } from './005-add-user-auth-provider'
import { createTeams } from './006-create-teams'
import { createSyncRuns } from './007-create-sync-runs'
import { indexUserList } from './008-index-user-list'
import { createPendingLinks } from './009-create-pending-links'
import { addSessionRenewal } from './010-add-session-renewal'
import { foldNames } from './011-fold-names'
import { createSyncStaging } from './012-create-sync-staging'
import { createTestRuns } from './013-create-test-runs'

/** Every step of the database's history in order; listed here so that the bundles hold them. */
export const migrations: readonly Migration[] = [
  createAccounts,
  createSessions,
  createRequests,
  createAudit,
  addUserAuthProvider,
  createTeams,
  createSyncRuns,
  indexUserList,
  createPendingLinks,
  addSessionRenewal,
  foldNames,
  createSyncStaging,
  createTestRuns,
]

import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Desk, Files } from '../app/ports'
import { createUser } from './create-user'
import {
  deleteUser,
  disableUser,
  enableUser,
  endUserSessions,
  forceChange,
  resetPassword,
  setRole,
  unlockUser,
} from './user-actions'
import { bulkChange, previewBulk } from './user-bulk'
import { exportUsers } from './user-export'
import { importUsers, previewImport } from './user-import'
import { convertUser, linkUser, unlinkUser } from './user-links'
import { findUser, getUser, type UserServiceDeps } from './user-service'

export interface UserHandlerDeps extends UserServiceDeps {
  readonly files: Files
  readonly desk: Pick<Desk, 'chooseFile'>
}

export function createUserHandlers(deps: UserHandlerDeps): Handlers<Contract['users'], CallContext> {
  return {
    list: (input) => deps.source.list(input, deps.clock.now()),
    facets: (input) => deps.source.facets(input, deps.clock.now()),
    get: (input, context) => getUser(deps, input.id, context),
    find: (input, context) => findUser(deps, input.username, context),
    create: (input, context) => createUser(deps, input, context),
    disable: (input, context) => disableUser(deps, input, context),
    enable: (input, context) => enableUser(deps, input.id, context),
    resetPassword: (input, context) => resetPassword(deps, input, context),
    endSessions: (input, context) => endUserSessions(deps, input, context),
    unlock: (input, context) => unlockUser(deps, input, context),
    forceChange: (input, context) => forceChange(deps, input, context),
    setRole: (input, context) => setRole(deps, input, context),
    delete: (input, context) => deleteUser(deps, input, context),
    link: (input, context) => linkUser(deps, input, context),
    unlink: (input, context) => unlinkUser(deps, input, context),
    convert: (input, context) => convertUser(deps, input, context),
    bulkPreview: (input, context) => previewBulk(deps, input, context),
    bulk: (input, context) => bulkChange(deps, input, context),
    export: (input, context) => exportUsers(deps, input, context),
    chooseImport: async () => {
      const path = await deps.desk.chooseFile('accounts')
      return { file: path === null ? null : deps.files.add(path) }
    },
    importPreview: (input) => previewImport(deps, input),
    import: (input, context) => importUsers(deps, input, context),
  }
}

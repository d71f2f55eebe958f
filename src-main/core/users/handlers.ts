import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext } from '../app/ports'
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
import { findUser, getUser, type UserServiceDeps } from './user-service'

export function createUserHandlers(deps: UserServiceDeps): Handlers<Contract['users'], CallContext> {
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
  }
}

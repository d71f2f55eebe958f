import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext } from '../app/ports'
import { createUser } from './create-user'
import { disableUser, enableUser, endUserSessions, resetPassword } from './user-actions'
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
    endSessions: (input, context) => endUserSessions(deps, input.id, context),
  }
}

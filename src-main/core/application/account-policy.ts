import type { ApplicationAccount, ApplicationDetail } from '../../contract/application'
import type { Code } from '../../contract/errors'
import { permissionsOf } from '../../contract/permissions'
import type { Actor } from '../app/ports'
import type { Recognised } from './recognise-application'

export interface AccountFacts {
  readonly actor: Actor
  readonly account: ApplicationAccount
  readonly recognised: Recognised
  /** The administrators who can sign in, this one among them if it is one; null where there is no such role. */
  readonly activeAdmins: number | null
}
export type ApplicationAction = keyof ApplicationDetail['actions']

const may = (actor: Actor, permission: 'users:reset' | 'users:manage') =>
  actor.kind !== 'nobody' && permissionsOf(actor.roles).has(permission)

/** The helpdesk leaves the application's administrators alone: a reset would hand it the role. */
const inReach = ({ actor, account }: AccountFacts) =>
  !account.admin || (actor.kind !== 'nobody' && actor.roles.includes('admin'))

/** What keeps everything from being written. */
function writeRefusal({ recognised: { readOnly } }: AccountFacts): Code | null {
  if (readOnly === null) return null
  return readOnly === 'version' || readOnly === 'shape' ? 'APP_SCHEMA_UNKNOWN' : 'DB_READ_ONLY'
}

function resetRefusal(facts: AccountFacts): Code | null {
  if (!may(facts.actor, 'users:reset') || !inReach(facts)) return 'FORBIDDEN'
  if (facts.account.provider !== 'local') return 'PASSWORD_NOT_LOCAL'
  return facts.recognised.mapping.password === null ? 'APP_NOT_OFFERED' : null
}

function disableRefusal(facts: AccountFacts): Code | null {
  const { account, activeAdmins, recognised } = facts
  if (!may(facts.actor, 'users:manage')) return 'FORBIDDEN'
  if (recognised.mapping.enabling === null) return 'APP_NOT_OFFERED'
  if (account.state === 'disabled') return 'CONFLICT'
  const isLast = account.admin && account.state === 'enabled' && (activeAdmins ?? 0) <= 1
  return isLast ? 'LAST_ADMIN' : null
}

function enableRefusal({ actor, account, recognised }: AccountFacts): Code | null {
  if (!may(actor, 'users:manage')) return 'FORBIDDEN'
  if (recognised.mapping.enabling === null) return 'APP_NOT_OFFERED'
  return account.state === 'disabled' || account.state === 'locked' ? null : 'CONFLICT'
}

const refusals: Readonly<Record<ApplicationAction, (facts: AccountFacts) => Code | null>> = {
  resetPassword: resetRefusal,
  disable: disableRefusal,
  enable: enableRefusal,
}

/** The code that refuses an action, or null. What the account is comes before what the database allows. */
export function refusalOf(action: ApplicationAction, facts: AccountFacts): Code | null {
  return refusals[action](facts) ?? writeRefusal(facts)
}

/** What does not apply to the account as it is needs no reason. */
const asAction = (code: Code | null) => ({ allowed: code === null, code: code === 'CONFLICT' ? null : code })

export function actionsFor(facts: AccountFacts): ApplicationDetail['actions'] {
  return {
    resetPassword: asAction(refusalOf('resetPassword', facts)),
    disable: asAction(refusalOf('disable', facts)),
    enable: asAction(refusalOf('enable', facts)),
  }
}

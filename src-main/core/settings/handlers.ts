import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext } from '../app/ports'
import type { SettingsRoom } from './create-settings'

export interface SettingsHandlersDeps extends Pick<SettingsRoom, 'check'> {
  /** Refuses the name of a profile that is not there. */
  readonly require: (profile: string) => Promise<void>
}

export function createSettingsHandlers(
  deps: SettingsHandlersDeps,
): Handlers<Contract['settings'], CallContext> {
  return {
    check: async ({ profile }) => {
      if (profile !== null) await deps.require(profile)
      return deps.check(profile)
    },
  }
}

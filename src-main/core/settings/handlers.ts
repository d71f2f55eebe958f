import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext } from '../app/ports'
import type { SettingsRoom } from './create-settings'

export function createSettingsHandlers(settings: SettingsRoom): Handlers<Contract['settings'], CallContext> {
  return { check: () => settings.check() }
}

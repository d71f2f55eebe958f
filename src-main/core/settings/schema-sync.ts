import { nextTime } from '../sync/cron'
import { parsed } from './kinds'
import type { Setting } from './setting'

/** A time that never comes, such as 31 February, fits no better than what cannot be read. */
const cron = parsed('five cron parts such as 0 3 * * * (minute, hour, day, month, weekday)', (text) =>
  nextTime(text, new Date()) === null ? null : text,
)

export const syncSchema = {
  LDAP_SYNC_SCHEDULE: {
    kind: cron,
    group: 'ldap-sync',
    description:
      'When the open console compares the directory with the accounts and applies what may be applied by itself, in this computer’s time. Empty: never. Each Sunday at three: 0 3 * * SUN.',
  },
} as const satisfies Record<string, Setting>

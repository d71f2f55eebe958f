import type { SettingsCode } from '../../errors'
import type { CodeText } from '../code-text'

export const settingsCodeTexts = {
  CONFIG_UNKNOWN: {
    title: 'A setting has a name that nobody knows',
    cause: 'The name is mistyped, or it belongs to another part of the application.',
    next: 'Compare it with the list of settings. An unknown name has no effect.',
  },
  CONFIG_MISSING: {
    title: 'A required setting is missing',
    cause: 'The sign-in mode needs a value that neither the profile nor the environment gives.',
    next: 'Set it in the profile file or in the environment.',
  },
  CONFIG_INVALID: {
    title: 'A setting has a value that is not valid',
    cause: 'The value is not of the form that this setting expects, or the settings file cannot be read.',
    next: 'Correct the setting that is named.',
  },
  CONFIG_CONTRADICTION: {
    title: 'Settings contradict each other',
    cause: 'Two names of one setting have different values, or two settings rule each other out.',
    next: 'Decide which one is meant and remove the other.',
  },
  CONFIG_NUMBER_GAP: {
    title: 'The numbered providers have a gap',
    cause: 'Providers are read from number 1 upwards and the reading stops at the first missing number.',
    next: 'Number the providers from 1 without a gap.',
  },
  CONFIG_FILE_READABLE: {
    title: 'Others can read the settings file',
    cause: 'The file’s mode lets other users of this machine open it, and it may hold passwords.',
    next: 'Make it readable for its owner only (mode 0600).',
  },
  CONFIG_INSECURE: {
    title: 'A setting weakens the sign-in',
    cause: 'The value is allowed, but it lets others listen in, or sign in more easily than they should.',
    next: 'Use the safer value that is named, unless the risk is known and wanted.',
  },
  CONFIG_NO_EFFECT: {
    title: 'A setting has no effect here',
    cause: 'The application may need it; the desk does not act on it.',
    next: 'Nothing to do.',
  },
  SECRET_REQUIRED: {
    title: 'The secret must be typed again',
    cause: 'Where it would be sent has changed, and a stored secret only goes to the place it was saved for.',
    next: 'Type the password or client secret for the new place.',
  },
  SECRET_STORE_UNAVAILABLE: {
    title: 'Secrets cannot be kept on this machine',
    cause:
      'The operating system offers no encrypted key store to this session, so nothing secret is written.',
    next: 'Unlock or install the system’s key store. Until then secrets are asked for at each start.',
  },
} as const satisfies Record<SettingsCode, CodeText>

import type { SystemCode } from '../../errors'
import type { CodeText } from '../code-text'

export const systemCodeTexts = {
  CERTIFICATE_EXPIRES_SOON: {
    title: 'A certificate expires within 30 days',
    cause: 'The newest test saw a certificate of the directory or the provider that is near its last day.',
    next: 'Ask whoever runs the server to renew it. After that day nobody signs in this way. Test again once it is renewed.',
  },
  CERTIFICATE_EXPIRED: {
    title: 'A certificate has expired since it was last seen',
    cause: 'The newest test saw a certificate of the directory or the provider whose last day is past.',
    next: 'Test again: if the server still shows it, whoever runs the server has to renew it.',
  },
  KEYS_ROTATED: {
    title: 'The provider’s keys were rotated',
    cause: 'The newest test saw other keys than the last good one before it, and nobody has signed in since.',
    next: 'Look at the difference. A provider changes its keys now and then; a sign-in or a good test shows that it went well.',
  },
  METADATA_CHANGED: {
    title: 'What the provider says of itself has changed',
    cause:
      'The newest test read another description than the last good one before it, and nobody has signed in since.',
    next: 'Look at the difference, and ask the provider’s administrator whether it was meant.',
  },
  DB_NEWER: {
    title: 'The database was made by a newer Authdesk',
    cause: 'It has migrations that this version does not know.',
    next: 'Start the newer version, or open another home with --home. Nothing was changed.',
  },
  DB_MIGRATION_MISMATCH: {
    title: 'The database’s history does not fit this version',
    cause: 'The migrations that were applied are not the first ones of this version’s list.',
    next: 'Restore a backup from the home’s backups folder, or open another home. Nothing was changed.',
  },
  DB_READ_ONLY: {
    title: 'The database cannot be written',
    cause: 'The file or its folder is read-only for this user.',
    next: 'Give this user write access to the file and its folder, or open another home.',
  },
  DB_DISK_FULL: {
    title: 'The disk is full',
    cause: 'The database could not write; the change was taken back as a whole.',
    next: 'Free some space and try again.',
  },
  DB_CORRUPT: {
    title: 'The file is not a database, or it is damaged',
    cause: 'SQLite cannot read it.',
    next: 'Restore the newest file from the home’s backups folder. The damaged file was left as it is.',
  },
  DB_BUSY: {
    title: 'Another program holds the database',
    cause: 'It was locked for longer than Authdesk waits.',
    next: 'Close the other program and try again.',
  },
  DB_UNAVAILABLE: {
    title: 'The database cannot be opened',
    cause: 'The file or its folder cannot be reached.',
    next: 'Check that the home exists and that this user may open it.',
  },
  AUDIT_TAMPERED: {
    title: 'The audit was altered',
    cause: 'A record does not fit the chain of hashes.',
    next: 'Keep a copy of the database and find out who had access to the file.',
  },
  AUDIT_WRITE_FAILED: {
    title: 'The audit record could not be written',
    cause: 'A change without its record is not made, so it was taken back.',
    next: 'Look at the log for the database’s own reason, mend it, and try again.',
  },
  FORBIDDEN: {
    title: 'This is not allowed for you',
    cause: 'Your roles do not include this action, or it would close your own account.',
    next: 'Ask an administrator, or sign in with another account.',
  },
  INVALID_INPUT: {
    title: 'The input is not valid',
    cause: 'A value is missing, too long, or not of the expected form.',
    next: 'Correct the value that is named.',
  },
  NOT_FOUND: {
    title: 'There is no such thing',
    cause: 'It was removed, or the name is mistyped.',
    next: 'Check the name, or go back to the list.',
  },
  CONFLICT: {
    title: 'It was changed by someone else meanwhile',
    cause: 'What was shown is no longer what is stored.',
    next: 'Load it again and repeat the change.',
  },
  CANCELLED: {
    title: 'Cancelled',
    cause: 'The work was stopped before its end.',
    next: 'Start it again when you want to.',
  },
  INTERNAL: {
    title: 'A fault in Authdesk',
    cause: 'Something happened that should not; the log has the details.',
    next: 'Look at the log file and report the lines around this time.',
  },
} as const satisfies Record<SystemCode, CodeText>

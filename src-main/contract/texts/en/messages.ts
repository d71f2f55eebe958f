/** Sentences that say more than their code's title; `{{…}}` are values of the error's details. */
export const messageTexts = {
  alreadySo: 'The account is in that state already',
  inputField: '{{field}}: {{problem}}',
  accountUnknown: 'No account is named {{name}}',
  fileNotChosen: 'The file was not chosen in this session',
  fileEmpty: 'The file holds no entries',
  fileMissing: 'There is no such file',
  fileUnreadable: 'The file cannot be read',
  fileUnwritable: 'The file {{path}} cannot be written ({{reason}})',
  backupExists: 'There is a file of this name; a backup never overwrites one',
  foreignDatabase: 'The file is a database of another program',
  passwordShort: 'The password needs at least {{minimum}} characters',
  passwordLong: 'The password may have at most {{maximum}} bytes',
  passwordGuessable: 'The password is too easy to guess. Four or more unrelated words do well.',
  passwordSame: 'The new password is the old one',
  presentPasswordWrong: 'The present password is not right',
  signInRefused:
    'The user name or the password is not right. If your account signs in with SSO or the directory, use that way.',
  rateLimited: 'Too many failed attempts. Try again in {{seconds}} s.',
  ldifContinuation: 'Line {{line}}: a continued line has nothing before it',
  ldifNoColon: 'Line {{line}}: this is not "name: value"',
  ldifAttribute: 'Line {{line}}: the attribute name is not valid',
  ldifAddress: 'Line {{line}}: values from other files are refused',
  ldifBase64: 'Line {{line}}: the base64 value is damaged',
  ldifNoDn: 'Line {{line}}: an entry must begin with "dn:"',
  ldifDn: 'Line {{line}}: the name of the entry is not valid',
  ldifSeparator: 'Line {{line}}: an empty line is missing before this entry',
  ldifVersion: 'Line {{line}}: only version 1 is known',
  ldifChanges: 'Line {{line}}: the file holds changes, not entries',
} as const

export type MessageKey = keyof typeof messageTexts

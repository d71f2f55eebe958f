/** What a directory says about a group or a person, and how its answers end. */
export const ldapPersonCodeTexts = {
  LDAP_GROUP_NOT_FOUND: {
    title: 'A configured group does not exist',
    cause: 'No entry of the class in LDAP_GROUP_OBJECT_CLASS below LDAP_GROUP_DN has this name.',
    next: 'Check the spelling, LDAP_GROUP_DN and LDAP_GROUP_OBJECT_CLASS, or enter the group’s whole DN.',
  },
  LDAP_GROUP_AMBIGUOUS: {
    title: 'Several groups have the configured name',
    cause: 'The name alone does not say which one is meant, so it gives no role and opens no door.',
    next: 'Enter the group’s whole DN in place of its name.',
  },
  LDAP_GROUP_INCOMPLETE: {
    title: 'The groups of this person are not fully known',
    cause: 'A search for groups ended early, so a membership may be missing; no role is given or taken.',
    next: 'Mend what the evidence names (a limit, a right, the base of the groups) and test again.',
  },
  LDAP_USER_NOT_FOUND: {
    title: 'The directory has no such person',
    cause:
      'No entry below LDAP_USER_DN has this value in LDAP_USER_LOGIN_ATTR and fits the class and the filter.',
    next: 'Check the name, LDAP_USER_LOGIN_ATTR (uid, or sAMAccountName in Active Directory), LDAP_USER_DN and LDAP_USER_FILTER.',
  },
  LDAP_USER_AMBIGUOUS: {
    title: 'Several people have this user name',
    cause: 'The directory returned more than one entry, so nobody can tell whose password counts.',
    next: 'Make the name unique in the directory, or narrow LDAP_USER_DN or LDAP_USER_FILTER.',
  },
  LDAP_USER_NOT_IN_REQUIRED_GROUP: {
    title: 'The person is not in the required group',
    cause:
      'LDAP_REQUIRED_GROUP lets only its members sign in, and neither a direct nor a nested membership was found.',
    next: 'Add the person to the group in the directory if they should get in.',
  },
  LDAP_USER_PASSWORD: {
    title: 'The directory does not accept the person’s password',
    cause: 'The entry was found, but the password is not its password.',
    next: 'Type the password again, or have it reset in the directory.',
  },
  LDAP_USER_DISABLED: {
    title: 'The account is disabled in the directory',
    cause: 'The directory refuses it whatever the password.',
    next: 'Have the account enabled in the directory.',
  },
  LDAP_USER_LOCKED: {
    title: 'The account is locked in the directory',
    cause: 'Usually after too many wrong passwords; the directory refuses even the right one.',
    next: 'Wait until the lock ends, or have it lifted in the directory.',
  },
  LDAP_USER_EXPIRED: {
    title: 'The account has expired in the directory',
    cause: 'Its end date is over.',
    next: 'Have the end date moved in the directory.',
  },
  LDAP_USER_PASSWORD_EXPIRED: {
    title: 'The password has expired in the directory',
    cause: 'It was not changed within the time that the directory’s password policy sets.',
    next: 'Change the password in the directory, then sign in again.',
  },
  LDAP_USER_MUST_CHANGE_PASSWORD: {
    title: 'The password must be changed in the directory first',
    cause: 'It was set by someone else; the directory accepts it only for choosing a new one.',
    next: 'Change the password where the directory’s passwords are changed, then sign in again.',
  },
  LDAP_USER_LOGON_HOURS: {
    title: 'The account may not sign in at this hour',
    cause: 'The directory limits its logon hours.',
    next: 'Try again within the hours, or have them changed in the directory.',
  },
  LDAP_USER_WORKSTATION: {
    title: 'The account may not sign in from this computer',
    cause: 'The directory limits the workstations it may be used on.',
    next: 'Have the computer added to the account’s workstations in the directory.',
  },
  LDAP_USER_NO_EMAIL: {
    title: 'The entry has no e-mail address',
    cause:
      'The attribute in LDAP_USER_EMAIL_ATTR is empty, not an address, or hidden from the service account.',
    next: 'Enter an address in the directory, or check LDAP_USER_EMAIL_ATTR and the service account’s rights.',
  },
  LDAP_IDENTITY_NOT_LINKED: {
    title: 'The directory entry is not linked to this account',
    cause:
      'The account is a local one; that a directory entry has the same name does not prove it is the same person.',
    next: 'An administrator confirms or refuses the link.',
  },
  LDAP_UNAVAILABLE: {
    title: 'The directory is not available',
    cause: 'It could not be asked, so nothing is known about the person or the password.',
    next: 'Test the connection on the LDAP page; the stage that fails names the reason. Local accounts still work.',
  },
  LDAP_DROPPED: {
    title: 'The server ended the connection',
    cause:
      'It closed the line before it answered; a firewall, a restart or a limit of the server can do that.',
    next: 'Try again. If it stays, look at the directory’s log and at firewalls on the way.',
  },
  LDAP_PROTOCOL: {
    title: 'The answer of the directory cannot be understood',
    cause: 'It does not keep to the LDAP protocol, or something on the way changed it.',
    next: 'Check whether a proxy or load balancer sits before the directory, and look at the directory’s log.',
  },
} as const

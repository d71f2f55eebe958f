import type { TFunction } from 'i18next'

/** What was tested: the directory, or a provider by its short name. */
export function subjectName(t: TFunction, subject: string): string {
  return subject === 'ldap' ? t('history.directory') : subject.replace(/^oidc:/, '')
}

import type { TFunction } from 'i18next'
import type { SignInMethod } from '../../../src-main/contract/methods'

/** What a method is called: the local passwords by our own words, the others by theirs. */
export function methodName(t: TFunction, method: SignInMethod): string {
  return method.provider === 'local' ? t('methods.localName') : method.name
}

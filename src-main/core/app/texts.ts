import i18next, { type TFunction } from 'i18next'
import { english } from '../../contract/texts/en'
import type { Code } from '../../contract/errors'

export type Texts = TFunction<'core'>

/** The core's sentences in one language; the catalogue is the contract's, so that both sides say the same. */
export function createTexts(language = 'en'): Texts {
  const instance = i18next.createInstance({
    lng: language,
    fallbackLng: 'en',
    ns: ['core'],
    defaultNS: 'core',
    resources: { en: { core: english } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  void instance.init()
  return instance.t
}

/** What a code is called, in one sentence. */
export function titleOf(t: Texts, code: Code): string {
  return t(`codes.${code}.title`)
}

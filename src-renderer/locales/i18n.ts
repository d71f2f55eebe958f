import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { english } from '../../src-main/contract/texts/en'
import en from './en.json'

/** The window's texts: `ui` is its own, `codes` is the contract's catalogue, so that nothing is said twice. */
export function createI18n(): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['ui', 'codes'],
    defaultNS: 'ui',
    resources: { en: { ui: en, codes: english.codes } },
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
  })
  return instance
}

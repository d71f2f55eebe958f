import type { Catalogue } from '../../src-main/contract/texts/en'
import type en from './en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: { ui: typeof en; codes: Catalogue['codes'] }
  }
}

import { accountTexts } from './accounts'
import { applicationTexts } from './application'
import { accountCodeTexts } from './codes-accounts'
import { ldapCodeTexts } from './codes-ldap'
import { oidcCodeTexts } from './codes-oidc'
import { settingsCodeTexts } from './codes-settings'
import { systemCodeTexts } from './codes-system'
import { deskTexts } from './desk'
import { explainTexts } from './explain'
import { labTexts } from './lab'
import { ldapTexts } from './ldap'
import { ldapInspectTexts } from './ldap-inspect'
import { messageTexts } from './messages'
import { oidcTexts } from './oidc'
import { oidcAppTexts } from './oidc-app'
import { oidcInspectTexts } from './oidc-inspect'
import { oidcLoginTexts } from './oidc-login'
import { oidcSymptomTexts } from './oidc-symptoms'
import { reportTexts } from './report'
import { ruleBookTexts } from './rule-book'
import { settingsTexts } from './settings'

/** English: the code catalogue and every sentence that the core itself says. */
export const english = {
  codes: {
    ...ldapCodeTexts,
    ...oidcCodeTexts,
    ...settingsCodeTexts,
    ...accountCodeTexts,
    ...systemCodeTexts,
  },
  accounts: accountTexts,
  application: applicationTexts,
  messages: messageTexts,
  desk: deskTexts,
  explain: explainTexts,
  lab: labTexts,
  ldap: ldapTexts,
  ldapInspect: ldapInspectTexts,
  oidc: oidcTexts,
  oidcApp: oidcAppTexts,
  oidcInspect: oidcInspectTexts,
  oidcLogin: oidcLoginTexts,
  oidcSymptoms: oidcSymptomTexts,
  report: reportTexts,
  ruleBook: ruleBookTexts,
  settings: settingsTexts,
} as const
export type Catalogue = typeof english

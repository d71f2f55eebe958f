import type { SettingView } from '../../../contract/ldap'
import type { Report } from '../../../contract/reports'
import type { Texts } from '../../app/texts'

interface Fact {
  readonly label: string
  readonly value: string
}

/** What is said of the whole run. */
export function factsOf({ made, profile, versions }: Report, t: Texts): Fact[] {
  const { authdesk, electron, node, openssl, platform } = versions
  const runtime = electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`
  return [
    { label: t('report.made'), value: made },
    { label: t('report.profile'), value: profile },
    {
      label: t('report.versions'),
      value: `Authdesk ${authdesk}, ${runtime}, OpenSSL ${openssl}, ${platform}`,
    },
  ]
}

/** A setting's value as it is, or a word for what is not shown. */
export function settingText(view: SettingView, t: Texts): { kind: 'value' | 'word'; value: string } {
  if (view.secret) return { kind: 'word', value: t(view.set ? 'report.set' : 'report.notSet') }
  if (view.value === null) return { kind: 'word', value: t('report.notSet') }
  return view.value === '' ? { kind: 'word', value: t('report.empty') } : { kind: 'value', value: view.value }
}

import type { OidcLogin } from '../../contract/oidc-login'
import { stagesText } from './ladder-text'
import { columns, plain, type Style } from './output'

const uses: Readonly<Record<string, string>> = {
  fullName: 'full name',
  emailVerified: 'e-mail verified',
  none: '–',
}

export function loginText(login: OidcLogin, style: Style): string {
  const { decision, account, claims, missing, stages } = login
  const paint = decision.allowed ? style.green : style.red
  const code = decision.code === null ? '' : ` [${decision.code}]`
  const rows = claims.map(({ name, value, origin, use }) => [name, plain(value), origin, uses[use] ?? use])
  const role = account && `${account.role.before ?? 'none'} → ${account.role.after} (${account.role.source})`
  return [
    paint(`${plain(decision.reason)}${code}`),
    ...(decision.next === null ? [] : [style.dim(`→ ${plain(decision.next)}`)]),
    ...(account === null
      ? []
      : [`account: ${account.action} ${plain(account.username ?? '')}, role: ${role ?? ''}`]),
    ...(rows.length === 0 ? [] : ['', columns([['CLAIM', 'VALUE', 'ORIGIN', 'USE'], ...rows])]),
    ...missing.map(({ name, next }) => `missing: ${plain(name)}\n         → ${plain(next)}`),
    '',
    stagesText(stages, style),
    '',
    style.dim('Nothing was kept of this sign-in.'),
  ].join('\n')
}

import type {
  ApplicationComparison,
  ApplicationExplanation,
  ApplicationImpact,
} from '../../contract/application'
import { columns, plain, type Style } from './output'

export function explanationText(
  { account, method, ways, safe }: ApplicationExplanation,
  style: Style,
): string {
  const name = plain(account.username)
  const head =
    ways.length === 0
      ? `AUTH_METHOD=${method} leaves ${name} no way in that its row shows.`
      : `AUTH_METHOD=${method} lets ${name} in:`
  const lines = ways.flatMap(({ message, hazard }) => [
    `  ${message}`,
    ...(hazard === null ? [] : [style.red(`    ${hazard.message}`)]),
  ])
  const rules = safe
    ? 'By Authdesk’s rules there would be a way in.'
    : 'By Authdesk’s rules there would be none.'
  return [style.bold(head), ...lines, '', style.dim(rules)].join('\n')
}

export function impactText(found: ApplicationImpact, style: Style): string {
  const { counts, to, admins, safe, hazards, people, more } = found
  const head = `AUTH_METHOD=${to}: ${counts.keep} keep a way in, ${counts.lose} lose it, ${counts.gain} gain one, ${counts.without} have none before and after.`
  const rows = people.map(({ username, provider, admin, change }) => [
    username,
    provider,
    admin ? 'admin' : '',
    change,
  ])
  return [
    style.bold(head),
    `Administrators with a way in: ${admins}. By Authdesk’s rules ${safe} accounts would have one.`,
    ...hazards.map(({ message, accounts }) => style.red(`  ${accounts} accounts: ${message}`)),
    ...(rows.length === 0 ? [] : ['', columns([['NAME', 'PROVIDER', 'ROLE', 'CHANGE'], ...rows])]),
    ...(more ? [style.dim('There are more.')] : []),
  ].join('\n')
}

export function comparisonText(found: ApplicationComparison, style: Style): string {
  const { entries, accounts, counts, rows, more } = found
  const head = `${entries} people in the directory, ${accounts} accounts in the application.`
  const told = rows.map(({ kind, username, email, dn }) => [kind, username, email ?? '', dn ?? ''])
  const table = told.length === 0 ? [] : ['', columns([['FINDING', 'NAME', 'E-MAIL', 'DN'], ...told])]
  return [
    style.bold(head),
    ...Object.entries(counts).map(([kind, count]) => `  ${count} ${kind}`),
    ...table,
    ...(more ? [style.dim('There are more: --out FILE writes all of them.')] : []),
  ].join('\n')
}

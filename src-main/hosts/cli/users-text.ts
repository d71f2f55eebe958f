import type { User, UserDetail, UserPage } from '../../contract/users'
import { columns, plain, type Style } from './output'

const heading = ['USER NAME', 'ROLE', 'PROVIDER', 'STATE', 'LAST SIGN-IN', 'E-MAIL', 'NAME']

function row(user: User): string[] {
  const { username, role, authProvider, state, lastSignIn, email, fullName } = user
  return [username, role, authProvider, state, lastSignIn ?? 'never', email ?? '', fullName ?? '']
}

export function pageText(page: UserPage, style: Style): string {
  const count = `${page.users.length} of ${page.total}`
  const more = page.next === null ? '' : `; the next page: --after ${page.next}`
  if (page.users.length === 0) return 'No account matches.'
  const [head = '', ...lines] = columns([heading, ...page.users.map(row)]).split('\n')
  return [style.bold(head), ...lines, style.dim(count + more)].join('\n')
}

export function userText(user: User): string {
  return columns([
    ['User name', user.username],
    ['Full name', user.fullName ?? 'not known'],
    ['E-mail', user.email ?? 'not known'],
    ['Role', user.role],
    ['auth_provider', user.authProvider],
    ['State', user.state],
    ['Last sign-in', user.lastSignIn ?? 'never'],
  ])
}

function identityLines(user: UserDetail): string[] {
  return user.identities.map(({ kind, issuer, subject }) => `  ${kind}  ${plain(issuer)}  ${plain(subject)}`)
}

export function detailText(user: UserDetail, style: Style): string {
  const grants = user.roles.map(({ role, source }) => `  ${role}  from ${plain(source)}`)
  const sessions = [`  ${user.sessions.length} open`]
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines]
  return [
    userText(user),
    ...section('Roles', grants),
    ...section('Identities', identityLines(user)),
    ...section('Sessions', sessions),
  ].join('\n')
}

/** A passphrase stands on a line of its own, so that it can be copied whole. */
export function passphraseText(user: User, passphrase: string, style: Style): string {
  const head = `The passphrase of ${plain(user.username)}, shown this once:`
  return [
    head,
    '',
    `  ${style.bold(passphrase)}`,
    '',
    'It must be changed at the next sign-in and ends after 24 hours.',
  ].join('\n')
}

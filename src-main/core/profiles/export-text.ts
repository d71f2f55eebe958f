import { stringify } from 'yaml'
import type { ExportFormat } from '../../contract/profiles'
import type { ExportContent, ExportEntry } from './export-entries'
import { envLine } from './env-line'

export interface ExportText {
  readonly profile: string
  readonly format: ExportFormat
  readonly secrets: 'placeholders' | 'revealed'
}

/** `auth.ldap.host` → `VIKUNJA_AUTH_LDAP_HOST`, as Vikunja reads its environment. */
const variable = (name: string) =>
  name.includes('.') ? `VIKUNJA_${name.replaceAll('.', '_').toUpperCase()}` : name

/** Where no secret is known, there is nothing to reveal. */
const isPlaceholder = ({ secret, value }: ExportEntry, { secrets }: ExportText) =>
  secret && (secrets === 'placeholders' || value === '')
const valueOf = (entry: ExportEntry, text: ExportText) =>
  isPlaceholder(entry, text) ? `REPLACE-WITH-${variable(entry.name)}` : entry.value

/** Compose puts variables into values, so a dollar is doubled; a secret comes from the environment. */
function composeValue(entry: ExportEntry, text: ExportText): string {
  const name = variable(entry.name)
  return isPlaceholder(entry, text) ? `\${${name}:?set ${name}}` : entry.value.replaceAll('$', '$$$$')
}

function compose({ entries }: ExportContent, text: ExportText): string {
  const environment = Object.fromEntries(
    entries.map((entry) => [variable(entry.name), composeValue(entry, text)]),
  )
  return yaml({ services: { app: { environment } } })
}

/** RFC 1123: what Kubernetes takes for a name. */
const resourceName = (profile: string) =>
  `${
    profile
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'profile'
  }-sign-in`

function kubernetes({ entries }: ExportContent, text: ExportText): string {
  const stringData = Object.fromEntries(entries.map((entry) => [variable(entry.name), valueOf(entry, text)]))
  const metadata = { name: resourceName(text.profile) }
  return yaml({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData })
}

interface Tree {
  [key: string]: Tree | string | number | boolean
}

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d{1,9}$/.test(value) ? Number(value) : value
}

const typedPaths = /\.(?:enabled|port|usetls|enableregistration)$/

function vikunja({ entries }: ExportContent, text: ExportText): string {
  const root: Tree = {}
  for (const entry of entries) {
    const keys = entry.name.split('.')
    const last = keys.pop() ?? ''
    let branch = root
    for (const key of keys) {
      const next = (branch[key] ??= {})
      if (typeof next === 'object') branch = next
    }
    const value = valueOf(entry, text)
    branch[last] = typedPaths.test(entry.name) ? typed(value) : value
  }
  return yaml(root)
}

const yaml = (value: unknown) =>
  stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })

const env = ({ entries }: ExportContent, text: ExportText) =>
  entries.map((entry) => `${envLine(variable(entry.name), valueOf(entry, text))}\n`).join('')

const writers = { env, compose, kubernetes, vikunja } as const

/** The text of an export; what the application has no name for stands on top of it. */
export function exportText(content: ExportContent, text: ExportText): string {
  const held = text.secrets === 'revealed' && content.entries.some(({ secret }) => secret)
  const notes = [
    `The sign-in settings of the profile ${text.profile}, exported from Authdesk.`,
    ...(held ? ['It holds secrets in clear text: delete it once it is used.'] : []),
    ...(content.leftOut.length > 0 ? [`Not known to the application: ${content.leftOut.join(', ')}`] : []),
  ]
  return `${notes.map((note) => `# ${note}\n`).join('')}${writers[text.format](content, text)}`
}

export const namesOf = ({ entries }: ExportContent, format: ExportFormat): string[] =>
  entries.map(({ name }) => (format === 'vikunja' ? name : variable(name)))

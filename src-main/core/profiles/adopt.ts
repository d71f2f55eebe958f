import { basename, dirname, isAbsolute, resolve } from 'node:path'
import type { ApplicationKind } from '../../contract/profiles'
import { withoutCredentials } from '../settings/findings'
import { foreignReason } from '../settings/foreign-names'
import type { SettingsFile } from '../settings/settings-file'
import { canonicalName, isSecret, settingOf } from '../settings/settings-schema'
import { envLine } from './env-line'

/** A file made into a profile: the profile's text, and what does not belong into it. */
export interface Adopted {
  readonly text: string
  readonly taken: readonly string[]
  /** By the names of the schema. */
  readonly secrets: Readonly<Record<string, string>>
  readonly leftOut: readonly { readonly name: string; readonly why: string }[]
}

interface Origin {
  readonly path: string
  readonly kind: ApplicationKind
}

const unknown = 'Authdesk does not know it'
const holdsPassword = 'it holds a password'

/** Why a value stays behind; null where it is taken. */
function reason(name: string, value: string): string | null {
  if (canonicalName(name) === null) return foreignReason(name) ?? unknown
  return value === withoutCredentials(value) ? null : holdsPassword
}

/** A file from elsewhere moves, so its relative paths must not. */
function moved(name: string, value: string, { path }: Origin): string {
  const isPath = settingOf(canonicalName(name) ?? '')?.kind.name === 'file'
  return isAbsolute(path) && isPath && value !== '' && !isAbsolute(value)
    ? resolve(dirname(path), value)
    : value
}

/**
 * Takes the settings of an application's own file, under the names that it has there. What Authdesk does not know is
 * left behind with its value: it may be somebody's secret.
 */
export function adopt(file: SettingsFile, origin: Origin): Adopted {
  const entries = Object.entries(file.values)
  const secret = ([name]: readonly [string, string]) => {
    const setting = settingOf(canonicalName(name) ?? '')
    return setting !== null && isSecret(setting)
  }
  const left = entries.flatMap(([name, value]) => {
    const why = secret([name, value]) ? null : reason(name, value)
    return why === null ? [] : [{ name, why }]
  })
  const stays = new Set(left.map(({ name }) => name))
  const kept = entries.filter((entry) => !stays.has(entry[0]) && !secret(entry))
  const secrets = entries.filter((entry) => secret(entry) && entry[1] !== '')
  const says = file.values['AUTHDESK_APPLICATION'] !== undefined || origin.kind === 'authdesk'
  const lines = [
    `# Taken from ${basename(origin.path).replace(/\p{Cc}/gu, '')}. Secrets are kept apart.`,
    ...(says ? [] : [`AUTHDESK_APPLICATION=${origin.kind}`]),
    ...kept.map(([name, value]) => envLine(name, moved(name, value, origin))),
  ]
  return {
    text: `${lines.join('\n')}\n`,
    taken: kept.map(([name]) => name),
    secrets: Object.fromEntries(secrets.map(([name, value]) => [canonicalName(name) ?? name, value])),
    leftOut: left,
  }
}

import { randomUUID } from 'node:crypto'
import type { DraftInput } from '../../contract/draft'
import { AppError } from '../../contract/errors'
import type { Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import { secretNames } from './create-settings'
import { mustRetype } from './endpoint'
import { inOrder, toFinding } from './findings'
import { loadSettings } from './load-settings'
import { canonicalName, isSecret, settingOf } from './settings-schema'
import type { SettingsSources } from './sources'

/** What a draft means: its settings, and what keeps parts of it from being used. */
export interface DraftMeaning {
  readonly settings: Settings
  /** The values that differ from the saved ones; null is left out. */
  readonly changes: Readonly<Record<string, string | null>>
  readonly retype: readonly string[]
  readonly locked: readonly string[]
}

type Values = Readonly<Record<string, string | undefined>>

/** Stands for a secret that must not be used; known to nobody else, and never sent. */
const withheld = randomUUID()

const nameOf = (written: string) => canonicalName(written) ?? written
const without = <V>(values: Readonly<Record<string, V>>, names: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(nameOf(name))))

/** Whether a text counts as a value of the setting, or as "not given". */
function counts(name: string, value: string | null | undefined): value is string {
  return typeof value === 'string' && (settingOf(name)?.empty === 'is a value' || value.trim() !== '')
}

/** What is given under any of a setting's names; its own name counts before its aliases. */
function givenIn(values: Values, name: string): string | null {
  const names = Object.keys(values).filter((each) => nameOf(each) === name)
  const written = [...names.filter((each) => each === name), ...names].find((each) =>
    counts(name, values[each]),
  )
  return written === undefined ? null : (values[written] ?? null)
}

/** Only settings that there are; each kind under its own head. */
function requireNames(names: readonly string[], kind: 'secret' | 'plain'): void {
  for (const name of names) {
    const setting = canonicalName(name) === name ? settingOf(name) : null
    if (setting === null || isSecret(setting) !== (kind === 'secret'))
      throw new AppError('INVALID_INPUT', { text: 'settingUnknown', details: { name } })
  }
}

/** The given changes without those that change nothing; a value of the environment cannot be changed. */
function realChanges(sources: SettingsSources, given: DraftInput['changes']): DraftMeaning['changes'] {
  const changes: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(given)) {
    const wanted = counts(name, value) ? value.trim() : null
    const fromEnvironment = givenIn(sources.environment, name)?.trim() ?? null
    if (wanted === (fromEnvironment ?? givenIn(sources.file, name)?.trim() ?? null)) continue
    if (fromEnvironment !== null)
      throw new AppError('INVALID_INPUT', { text: 'settingLocked', details: { name } })
    changes[name] = wanted
  }
  return changes
}

const given = (values: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  )

function isThere(sources: SettingsSources, name: string): boolean {
  const stored = (sources.secrets[name] ?? '') !== ''
  return stored || givenIn(sources.file, name) !== null || givenIn(sources.environment, name) !== null
}

/** The sources as a save would leave them, with marks in place of secrets that do not follow. */
function drafted(
  sources: SettingsSources,
  draft: { changes: DraftMeaning['changes']; secrets: DraftInput['secrets']; retype: readonly string[] },
): SettingsSources {
  const { changes, secrets, retype } = draft
  const replaced = new Set([...Object.keys(changes), ...Object.keys(secrets), ...retype])
  return {
    profile: sources.profile,
    file: { ...without(sources.file, replaced), ...given(changes) },
    environment: without(sources.environment, replaced),
    secrets: {
      ...without(sources.secrets, replaced),
      ...given(secrets),
      ...Object.fromEntries(retype.map((name) => [name, withheld])),
    },
    found: sources.found.filter(({ setting }) => setting === null || !replaced.has(nameOf(setting))),
    places: without(sources.places ?? {}, replaced),
  }
}

function withholding(settings: Settings): Settings {
  const { ldap, oidc } = settings
  return {
    ...settings,
    ldap: ldap.bindPassword === withheld ? { ...ldap, bindPassword: null, bindPasswordWithheld: true } : ldap,
    oidc: oidc.map((provider) =>
      provider.clientSecret === withheld
        ? { ...provider, clientSecret: null, clientSecretWithheld: true }
        : provider,
    ),
  }
}

/** Judges a draft of the settings made of these sources; nothing is written. */
export function meaningOf(sources: SettingsSources, draft: DraftInput, texts: Texts): DraftMeaning {
  requireNames(Object.keys(draft.changes), 'plain')
  requireNames(Object.keys(draft.secrets), 'secret')
  const changes = realChanges(sources, draft.changes)
  const names = [sources.file, sources.environment, sources.secrets, changes].flatMap(Object.keys)
  const known = secretNames(names)
  const changed = new Set(Object.keys(changes))
  const retype = known.filter(
    (name) => !Object.hasOwn(draft.secrets, name) && isThere(sources, name) && mustRetype(name, changed),
  )
  const settings = withholding(loadSettings(drafted(sources, { ...draft, changes, retype }), texts))
  const found = retype.map((setting) =>
    toFinding(texts, { code: 'SECRET_REQUIRED', severity: 'error', setting, text: 'retype' }),
  )
  const environment = Object.keys(sources.environment).map(nameOf)
  const locked = environment.filter((name) => settingOf(name) && givenIn(sources.environment, name) !== null)
  return {
    settings: { ...settings, findings: inOrder([...settings.findings, ...found]) },
    ...{ changes, retype, locked: [...new Set(locked)] },
  }
}

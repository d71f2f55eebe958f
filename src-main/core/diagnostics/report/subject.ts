import type { SettingView } from '../../../contract/ldap'
import type { ReportSubject } from '../../../contract/reports'
import { stageSchema, type Stage } from '../../../contract/stages'
import { english } from '../../../contract/texts/en'
import type { Settings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { numberedEntries, settingEntries } from '../../settings/settings-schema'
import { createScrub, scrubDeep, type Scrub } from './scrub'
import { shellLine, type ShellPart } from './shell-line'

/** What any report holds: the catalogue's words, the settings' names and defaults. */
const ordinary = JSON.stringify([
  english,
  [...settingEntries, ...numberedEntries].map(([name, setting]) => [name, setting.default ?? '']),
])

/** The passwords and secrets of the settings, and what was typed for this run. */
export function scrubFor(settings: Settings, typed: readonly (string | null)[]): Scrub {
  const { ldap, oidc, views } = settings
  const secrets = [ldap.bindPassword, ...oidc.map(({ clientSecret }) => clientSecret), ...typed]
  const visible = views.flatMap(({ secret, value }) => (secret || value === null ? [] : [value]))
  return createScrub({ secrets, ordinary, visible })
}

/** Codes and stages' names are of closed lists; what may hold anything is what was said and found. */
function withoutSecrets(stage: Stage, scrub: Scrub): Stage {
  const { summary, detail, next, chain, ...closed } = stage
  const clean = { ...closed, ...scrubDeep({ summary, detail, next }, scrub) }
  const pictured = { ...clean, ...(chain && { chain: scrubDeep(chain, scrub) }) }
  return stageSchema.safeParse(pictured).success ? pictured : clean
}

function shownSetting(view: SettingView, scrub: Scrub): SettingView {
  return { ...view, value: view.secret || view.value === null ? null : scrub(view.value) }
}

export interface SubjectParts<P extends string> {
  readonly name: string
  readonly ok: boolean
  readonly summary: string
  readonly facts: readonly (readonly [label: string, value: string | null])[]
  readonly stages: readonly Stage[]
  readonly settings: readonly SettingView[]
  /** Their values have been scrubbed already: a quoted secret looks different. */
  readonly lines: readonly (readonly [purpose: P, parts: readonly ShellPart[]])[]
  readonly notes: readonly string[]
}

/** One subject of a report, with every secret taken out. */
export function subjectOf<P extends string>(
  parts: SubjectParts<P>,
  how: { readonly texts: Texts; readonly scrub: Scrub; readonly purpose: (of: P) => string },
): ReportSubject {
  const { scrub, texts } = how
  const written = parts.lines.map(([purpose, line]) => ({
    purpose: how.purpose(purpose),
    line: shellLine(line),
  }))
  const commands = written.flatMap(({ purpose, line }) => (line === null ? [] : [{ purpose, line }]))
  const leftOut = written.length - commands.length
  const facts = parts.facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
  return {
    ...scrubDeep({ name: parts.name, ok: parts.ok, summary: parts.summary, facts }, scrub),
    stages: parts.stages.map((stage) => withoutSecrets(stage, scrub)),
    settings: parts.settings.map((view) => shownSetting(view, scrub)),
    commands,
    notes: [...parts.notes, ...(leftOut === 0 ? [] : [texts('report.notes.leftOut', { count: leftOut })])],
  }
}

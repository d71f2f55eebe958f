import { basename } from 'node:path'
import type { z } from 'zod'
import type { Contract } from '../../contract'
import { AppError, type Code } from '../../contract/errors'
import {
  ldapGroups,
  type Ladder,
  type LdapSummary,
  type SettingView,
  type Snapshot,
} from '../../contract/ldap'
import type { DirectoryExplanation } from '../../contract/ldap-explain'
import type { Handlers } from '../../contract/procedure'
import type { Stage } from '../../contract/stages'
import type { CallContext, Clock, Desk, Files, LdapSettings, Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Facets, FacetValue } from '../diagnostics/facets'
import type { Reporter } from '../diagnostics/report/reporter'
import type { RunKeeper } from '../history/keep-runs'
import type { Drafts } from '../settings/drafts'
import { settingOf } from '../settings/settings-schema'
import { targetOf } from './connect'
import { inspectLdap } from './inspect/inspect'
import type { LdapTest, LdapTestRun } from './ldap-test'
import type { SaveSnapshot } from './snapshot/save-snapshot'

export interface LdapHandlerDeps {
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly drafts: Drafts
  readonly test: LdapTest
  readonly explain: (run: {
    readonly settings: Settings
    readonly name: string
    readonly against: string | null
    readonly signal: AbortSignal
  }) => Promise<DirectoryExplanation>
  readonly snapshot: SaveSnapshot
  readonly texts: Texts
  readonly clock: Clock
  readonly files: Files
  readonly desk: Pick<Desk, 'chooseFile'>
  /** The demo's directory; a test without a file of its own then runs against it and sends nothing. */
  readonly sample: { readonly handle: string; readonly name: string } | null
  /** Told about each finished test of the directory itself, for the overview of the sign-in methods. */
  readonly reachability?: { readonly saw: (target: string, stages: readonly Stage[]) => void }
  /** Keeps each finished test's report until it is saved. */
  readonly reporter?: Reporter
  /** Keeps each finished test of the saved settings. */
  readonly history?: RunKeeper
  /** The limits for tests with a person's password, which count as that person's failed attempts. */
  readonly limits?: {
    readonly turn: <T>(username: string, work: () => Promise<T>) => Promise<T>
    readonly check: (username: string) => Promise<void>
    readonly failed: (username: string, code: string) => Promise<void>
  }
}

export function createLdapHandlers(deps: LdapHandlerDeps): Handlers<Contract['ldap'], CallContext> {
  return {
    summary: async (input) => {
      const { ldap, views } = await deps.settings(input.profile)
      return { enabled: ldap.enabled, groups: grouped(views), sample: deps.sample }
    },
    inspect: async ({ text, profile }) => {
      const { ldap } = await deps.settings(profile)
      return inspectLdap({ t: deps.texts, now: deps.clock.now(), ldap }, text)
    },
    test: async (input, context) => {
      const settings = await deps.settings(input.profile)
      const against = fileOf(deps, input.against)
      const { profile } = input
      const noted: Examined['noted'] = {
        ...(profile === null ? {} : { profile }),
        ...(input.probe === null ? {} : { probe: input.probe }),
      }
      const { facets, onFacets } = collectFacets()
      const ladder = await examine(deps, { ...input, settings, against, noted, onFacets }, context)
      // The overview speaks of the ways to sign in here: another profile's directory is none of them.
      if (against === null && profile === null && input.probe === null)
        deps.reachability?.saw('ldap', ladder.stages)
      if (against !== null || input.probe !== null) return ladder
      return kept(deps, { settings, ladder, facets, typed: input.password }, context)
    },
    testDraft: async (input, context) => {
      const draft = await deps.drafts.load(input.draft)
      const noted = { draftOf: draft.profile, changed: Object.keys(draft.changes) }
      const { settings } = draft
      const ladder = await examine(deps, { ...input, settings, against: null, noted }, context)
      deps.drafts.saw(draft, ladder.ok)
      return { ...ladder, draft: draft.id }
    },
    explain: async ({ name, against, profile }, context) => {
      const settings = await deps.settings(profile)
      const noted: Examined['noted'] = profile === null ? {} : { profile }
      return explained(deps, { settings, name, against: fileOf(deps, against), noted }, context)
    },
    explainDraft: async (input, context) => {
      const { settings, profile, changes } = await deps.drafts.load(input.draft)
      const noted = { draftOf: profile, changed: Object.keys(changes) }
      return explained(deps, { settings, name: input.name, against: null, noted }, context)
    },
    snapshot: (input, context) => saved(deps, input, context),
    chooseFile: async () => {
      const path = await deps.desk.chooseFile('ldif')
      return { file: path === null ? null : deps.files.add(path) }
    },
  }
}

/** What the stages see, put together as they tell it. */
function collectFacets() {
  const facets: Record<string, FacetValue> = {}
  return { facets, onFacets: (seen: Facets) => void Object.assign(facets, seen) }
}

/** The test with what became of it in the history. */
async function kept(
  { history }: LdapHandlerDeps,
  of: { settings: Settings; ladder: Ladder; facets: Facets; typed: string | null },
  { actor }: CallContext,
): Promise<Ladder> {
  const { ladder, ...ended } = of
  if (!history) return ladder
  const { stages } = ladder
  return { ...ladder, kept: await history.keep({ ...ended, subject: 'ldap', actor, stages }) }
}

interface Examined {
  readonly runId: string
  readonly user: string | null
  readonly password: string | null
  readonly settings: Settings
  readonly against: string | null
  readonly probe?: 'empty-password' | null
  /** What the audit says beside who was looked up. */
  readonly noted: Record<string, string | string[]>
  readonly onFacets?: NonNullable<LdapTestRun['onFacets']>
}

/** One run of the ladder, with its audit record, its events and the limits of a person's password. */
async function examine(deps: LdapHandlerDeps, run: Examined, context: CallContext): Promise<Ladder> {
  const { against, noted, runId } = run
  const { ldap } = run.settings
  const probe = run.probe ?? null
  if (probe && against !== null) throw new AppError('INVALID_INPUT', { text: 'probeNeedsServer' })
  const user = run.user === '' || probe ? null : run.user
  const password = user === null ? null : run.password
  const target = against === null ? serversOf(ldap) : basename(against)
  context.audit.note({ target, after: { user, ...noted } })
  const ladder = await limited(deps.limits, password === null ? null : user, (watch) =>
    deps.test({
      settings: ldap,
      ...{ user, password, against, probe, signal: context.signal },
      beforeCredentials: context.audit.begun,
      ...(run.onFacets && { onFacets: run.onFacets }),
      onStage: (id, stage) => {
        watch(id, stage)
        context.emit('ldap.stage', { runId, target, id, stage })
      },
    }),
  )
  context.audit.note({ target, after: { user, result: resultOf(ladder), ...noted } })
  const { settings } = run
  const file = against === null ? null : basename(against)
  const changed = Array.isArray(noted['changed']) ? noted['changed'] : null
  deps.reporter?.ldap(
    { actor: context.actor, runId },
    { settings, ladder, user, password, probe, changed, against: file },
  )
  return ladder
}

/** A chosen file with what the directory holds; in the demo with what its own file does. */
async function saved(
  deps: LdapHandlerDeps,
  { file, values, aliasOf, profile }: z.output<Contract['ldap']['snapshot']['input']>,
  { audit, signal }: CallContext,
): Promise<Snapshot> {
  const { ldap } = await deps.settings(profile)
  const path = pathOf(deps, file)
  const noted = { values, ...(profile === null ? {} : { profile }) }
  audit.note({ target: path, after: noted })
  const against = fileOf(deps, null)
  const snapshot = await deps.snapshot({ settings: ldap, path, values, aliasOf, against, signal })
  const { entries, people, groups } = snapshot
  audit.note({ target: path, after: { ...noted, entries, people, groups } })
  return snapshot
}

interface Explained {
  readonly settings: Settings
  readonly name: string
  readonly against: string | null
  readonly noted: Examined['noted']
}

/** One person explained, with its audit record; an outage is an answer too. */
async function explained(
  deps: LdapHandlerDeps,
  run: Explained,
  context: CallContext,
): Promise<DirectoryExplanation> {
  const { settings, name, against, noted } = run
  const target = against === null ? serversOf(settings.ldap) : basename(against)
  context.audit.note({ target, after: { user: name, ...noted } })
  const explanation = await deps.explain({ settings, name, against, signal: context.signal })
  context.audit.note({ target, after: { user: name, result: explanation.decision.code ?? 'OK', ...noted } })
  return explanation
}

function grouped(views: readonly SettingView[]): LdapSummary['groups'] {
  const placed = views.map((view) => ({ view, group: settingOf(view.name)?.group ?? '' }))
  return ldapGroups.map((id) => ({
    id,
    settings: placed.filter(({ group }) => group === `ldap-${id}`).map(({ view }) => shown(view)),
  }))
}

/** Of a secret only whether there is one, whatever the settings room handed over. */
function shown(view: SettingView): SettingView {
  return view.secret ? { ...view, value: null } : view
}

function fileOf(deps: LdapHandlerDeps, handle: string | null): string | null {
  const chosen = handle ?? deps.sample?.handle ?? null
  return chosen === null ? null : pathOf(deps, chosen)
}

function pathOf({ files }: LdapHandlerDeps, handle: string): string {
  const path = files.path(handle)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

function serversOf(settings: LdapSettings): string {
  return settings.servers.map(targetOf).join(', ')
}

function resultOf(ladder: Ladder): string {
  return ladder.stages.find((stage) => stage.status === 'failed')?.code ?? 'OK'
}

type Watch = LdapTestRun['onStage']

/**
 * Counts a person's refused password however the test ends: who breaks it off once the password was sent has seen, or
 * could have timed, the answer.
 */
async function limited(
  limits: LdapHandlerDeps['limits'],
  user: string | null,
  test: (watch: Watch) => Promise<Ladder>,
): Promise<Ladder> {
  if (!limits || user === null) return test(() => undefined)
  let failure: Code | null = null
  const watch: Watch = (id, stage) => {
    if (id === 'userbind') failure = failureOf(stage)
  }
  return limits.turn(user, async () => {
    await limits.check(user)
    try {
      return await test(watch)
    } finally {
      if (failure !== null) await limits.failed(user, failure)
    }
  })
}

/** A stage under way is a failure until it has passed; an outage is nobody's. */
function failureOf(stage: Stage | null): Code | null {
  if (stage === null) return 'CANCELLED'
  return stage.status === 'failed' && stage.code?.startsWith('LDAP_USER_') ? stage.code : null
}

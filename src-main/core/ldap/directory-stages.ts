import { AppError, type Code } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import type { Facets } from '../diagnostics/facets'
import { readEntry, type DirectoryConnection, type SearchAnswer } from './directory-connection'
import { sameDn } from './dn'
import { textsOf } from './entry'
import { anything, formatFilter } from './filter'
import { findGroup, type Group } from './groups'
import { explained } from './explained-search'
import { runStage, type LadderContext, type Outcome, type StageRun } from './ladder'
import { isPaged, type PageRequest } from './paged-read'
import { everybodyFilter } from './person-search'
import type { RootDse } from './root-dse'
import { row } from './stage-evidence'

/** A directory to examine, whichever way it was opened. */
export interface DirectoryRun {
  readonly settings: LdapSettings
  readonly context: LadderContext
  readonly connection: DirectoryConnection
  /** Null where nobody was asked: a file, or a server that keeps it to itself. */
  readonly rootDse: RootDse | null
}

export function baseStage(run: DirectoryRun): Promise<StageRun<null>> {
  const { texts } = run.context
  const { baseDn, userBase } = run.settings
  const bases = sameDn(baseDn, userBase) ? [baseDn] : [baseDn, userBase]
  return runStage<null>(run.context, {
    id: 'base',
    asked: texts('ldap.asked.base', { dn: bases.join(' · ') }),
    work: async (signal) => {
      let summary = texts('ldap.passed.base')
      for (const dn of bases) {
        const read = await readBase(run, dn, signal).catch(async (error: unknown) => {
          const people = error instanceof AppError && error.code === 'LDAP_BASE_NOT_FOUND' && dn !== baseDn
          throw people ? await explained(run, { error, name: null, found: [] }, signal) : error
        })
        if (read === 'glue') summary = texts('ldap.passed.baseGlue')
      }
      return { value: null, summary, detail: bases.map((dn) => row(texts, 'dn', dn)) }
    },
  })
}

async function readBase(run: DirectoryRun, dn: string, signal: AbortSignal): Promise<'entry' | 'glue'> {
  const what = { dn, filter: anything, attributes: ['objectClass'] }
  const entry = await readEntry(run.connection, what, signal).catch((error: unknown) => {
    const located = error instanceof AppError && /^LDAP_BASE_/.test(error.code)
    throw located ? new AppError(error.code, { details: { ...error.details, dn }, cause: error }) : error
  })
  if (!entry) throw new AppError('LDAP_BASE_NOT_READABLE', { details: { dn } })
  return textsOf(entry, 'objectClass').includes('glue') ? 'glue' : 'entry'
}

export function usersStage(run: DirectoryRun): Promise<StageRun<number>> {
  const { texts } = run.context
  const { settings } = run
  const filter = everybodyFilter(settings)
  return runStage(run.context, {
    id: 'users',
    asked: texts('ldap.asked.users', { base: settings.userBase, filter: formatFilter(filter) }),
    work: async (signal) => {
      const page = await firstPage(run, signal)
      const count = page.answer.entries.length
      const detail = page.answer.references.map((reference) => row(texts, 'references', reference))
      if (count === 0 && page.answer.extent === 'complete') {
        const details = { base: settings.userBase, filter: formatFilter(filter) }
        const error = new AppError('LDAP_NO_USERS', { details })
        throw await explained(run, { error, name: null, found: [] }, signal)
      }
      const whole = page.answer.extent === 'complete'
      run.context.saw({ 'counts.people': { count, whole } })
      const summary = texts(whole ? 'ldap.passed.users' : 'ldap.passed.usersAtLeast', { count })
      const warning = page.warning ?? (page.answer.extent === 'size-limit' ? 'LDAP_SIZE_LIMIT' : null)
      return { value: count, summary, detail, ...(warning ? { warning } : {}) }
    },
  })
}

interface Page {
  readonly answer: SearchAnswer
  /** Why it could not be asked for as a page. */
  readonly warning: Code | null
}

const pageRefusals: readonly Code[] = ['LDAP_SIZE_LIMIT', 'LDAP_ADMIN_LIMIT', 'LDAP_PAGING_UNSUPPORTED']

/**
 * One page at most. Where the directory cuts a paged search short it sends nothing that could be counted, so the same
 * is asked once more without pages: that answer is counted up to the limit.
 */
async function firstPage(run: DirectoryRun, signal: AbortSignal): Promise<Page> {
  const { settings, connection } = run
  const request = {
    base: settings.userBase,
    scope: 'sub',
    filter: everybodyFilter(settings),
    attributes: ['1.1'],
  } as const
  try {
    const answer = await connection.search({ ...request, sizeLimit: 0, page: settings.pageSize }, signal)
    const empty = answer.entries.length === 0 && answer.extent === 'more-pages'
    return { answer: empty ? await pastEmptyPages(run, request, signal) : answer, warning: null }
  } catch (error) {
    if (!(error instanceof AppError) || !pageRefusals.includes(error.code)) throw error
    const answer = await connection.search({ ...request, sizeLimit: settings.pageSize, page: null }, signal)
    return { answer, warning: error.code }
  }
}

/** So many pages without anybody are nobody. */
const mostEmptyPages = 50

/** An empty page may promise more (RFC 2696 section 3): it is no answer yet, and "at least 0" would say nothing. */
async function pastEmptyPages(
  { connection, settings }: DirectoryRun,
  request: Pick<PageRequest, 'base' | 'filter' | 'attributes'>,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  let cookie: Buffer = Buffer.alloc(0)
  for (let count = 0; isPaged(connection) && count < mostEmptyPages; count += 1) {
    const page = await connection.page({ ...request, size: settings.pageSize, cookie }, signal)
    const { entries, references, next } = page
    if (entries.length > 0 || next.length === 0) {
      return { entries, references, extent: next.length === 0 ? 'complete' : 'more-pages' }
    }
    cookie = next
  }
  return { entries: [], references: [], extent: 'complete' }
}

/** The configured groups by the text in the settings. */
export type FoundGroups = ReadonlyMap<string, Group>

export function configuredGroups(settings: LdapSettings): readonly string[] {
  const required = settings.requiredGroup === null ? [] : [settings.requiredGroup]
  return [...new Set([...required, ...settings.roleGroups.map(({ group }) => group)])]
}

export function groupsStage(run: DirectoryRun): Promise<StageRun<FoundGroups>> {
  const { texts } = run.context
  const wanted = configuredGroups(run.settings)
  return runStage<FoundGroups>(run.context, {
    id: 'groups',
    asked: texts('ldap.asked.groups', { groups: wanted.join(', ') || '–', base: run.settings.groupBase }),
    work: (signal) => findAll(run, wanted, signal),
  })
}

/** What was found so far of the groups that the settings name; null: none is named, or it is not there. */
function groupFacets(settings: LdapSettings, found: FoundGroups): Facets {
  const dnOf = (group: string) => found.get(group)?.dn ?? null
  const held = settings.roleGroups.flatMap(({ group, role }) => {
    const dn = dnOf(group)
    return dn === null ? [] : [`${role}: ${dn}`]
  })
  return {
    'groups.required': settings.requiredGroup === null ? null : dnOf(settings.requiredGroup),
    'groups.roles': held,
    'counts.groups': { count: found.size, whole: true },
  }
}

async function findAll(
  run: DirectoryRun,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<FoundGroups>> {
  const { texts } = run.context
  const found = new Map<string, Group>()
  run.context.saw(groupFacets(run.settings, found))
  for (const group of wanted) {
    found.set(group, await findGroup(run.connection, { settings: run.settings, group }, signal))
    run.context.saw(groupFacets(run.settings, found))
  }
  const count = found.size
  return {
    value: found,
    summary: count === 0 ? texts('ldap.passed.groupsNone') : texts('ldap.passed.groups', { count }),
    detail: [...found.values()].map((group) => row(texts, 'group', group.dn)),
  }
}

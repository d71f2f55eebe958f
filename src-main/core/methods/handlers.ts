import type { Contract } from '../../contract'
import { codeSchema, type Code } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { SignInMethod } from '../../contract/methods'
import type { UserFacets } from '../../contract/users'
import type { CallContext, Clock, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { titleOf, type Texts } from '../app/texts'
import { modeTable } from '../auth/mode-table'
import { readScheduled } from '../sync/scheduled-store'
import { methodsOf, type MethodFacts } from './method-policy'
import type { Reachability } from './reachability'

export interface MethodHandlerDeps {
  readonly rooms: Rooms
  readonly settings: () => Promise<Settings>
  readonly reachability: Reachability
  readonly clock: Clock
  readonly texts: Texts
}

const everyone = { search: '', providers: [], roles: [], states: [] }

async function gather(deps: MethodHandlerDeps): Promise<MethodFacts> {
  const { users, attempts } = deps.rooms
  const [settings, providers, issuers, last] = await Promise.all([
    deps.settings(),
    users.countByProvider(),
    users.countByIssuer(),
    attempts.last(),
  ])
  return {
    settings,
    accounts: (provider, issuer) => (issuer === null ? providers[provider] : (issuers[issuer] ?? 0)),
    reached: (target) => deps.reachability.of(target),
    seen: (provider, slug) => {
      const row = last.find((each) => each.provider === provider && each.slug === slug)
      const failure = row?.failure ? { at: row.failure.at, code: codeSchema.parse(row.failure.code) } : null
      return { success: row?.success ?? null, failure }
    },
  }
}

/** Names that would make an administrator of nobody: a spelling mistake, or an account that is not local. */
async function unmatchedAdmins({ rooms }: MethodHandlerDeps, settings: Settings): Promise<readonly string[]> {
  const found = await Promise.all(settings.adminUsernames.map((name) => rooms.users.byName(name)))
  return settings.adminUsernames.filter((_, at) => found[at]?.authProvider !== 'local')
}

type Attention = Awaited<
  ReturnType<Handlers<Contract['methods'], CallContext>['overview']>
>['attention'][number]

interface Found {
  readonly settings: Settings
  /** Entries of ADMIN_USERNAMES that no local account has. */
  readonly strangers: readonly string[]
  readonly methods: readonly SignInMethod[]
  readonly facets: UserFacets
  /** How the newest sync that began by itself failed. */
  readonly unsynced: Code | null
}

/** Why the accounts do not follow the directory by themselves right now; null where they do, or are not meant to. */
async function unsynced({ rooms }: MethodHandlerDeps, { syncSchedule }: Settings): Promise<Code | null> {
  return syncSchedule === null ? null : ((await readScheduled(rooms.database)).last?.code ?? null)
}

function unsyncedFinding(code: Code, t: Texts): Attention {
  return { code, text: t('accounts.unsynced', { why: titleOf(t, code) }), link: '/sync' }
}

/** What an administrator should look at: broken settings, methods that fail, people who wait. */
function attentionOf(found: Found, t: Texts): Attention[] {
  const { settings, methods, facets, strangers, unsynced } = found
  const findings = settings.findings
    .filter((finding) => finding.severity === 'error')
    .map((finding) => ({ code: finding.code, text: finding.message, link: '/settings' }))
  const unreachable = methods
    .filter((method) => method.on && method.reachable?.code)
    .map((method) => {
      const code = codeSchema.parse(method.reachable?.code)
      return {
        code,
        text: `${method.name}: ${titleOf(t, code)}`,
        link: method.provider === 'ldap' ? '/ldap' : '/oidc',
      }
    })
  const pending = facets.states['pending-link']
  const waiting = { code: 'LINK_PENDING' as const, text: t('accounts.pendingLinks', { count: pending }) }
  const unmatched = strangers.map((name) => ({
    code: 'CONFIG_UNKNOWN' as const,
    text: t('accounts.adminUnmatched', { name }),
    link: '/settings',
  }))
  return [
    ...[...findings, ...unmatched, ...unreachable],
    ...(unsynced === null ? [] : [unsyncedFinding(unsynced, t)]),
    ...(pending > 0 ? [{ ...waiting, link: '/links' }] : []),
  ]
}

export function createMethodHandlers(deps: MethodHandlerDeps): Handlers<Contract['methods'], CallContext> {
  return {
    status: async () => {
      const facts = await gather(deps)
      return { method: facts.settings.method ?? 'local', methods: methodsOf(facts), modes: modeTable() }
    },
    overview: async () => {
      const facts = await gather(deps)
      const methods = methodsOf(facts)
      const { settings } = facts
      const facets = await deps.rooms.users.facets(everyone, deps.clock.now())
      const strangers = await unmatchedAdmins(deps, settings)
      return {
        accounts: facets.all,
        byProvider: facets.providers,
        byState: facets.states,
        methods,
        attention: attentionOf(
          { settings, methods, facets, strangers, unsynced: await unsynced(deps, settings) },
          deps.texts,
        ),
      }
    },
  }
}

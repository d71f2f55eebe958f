import { AppError, codeSchema, type Code } from '../../contract/errors'
import type { DirectoryExplanation } from '../../contract/ldap-explain'
import type { Clock, DirectoryPerson, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Texts } from '../app/texts'
import type { ExplainedPerson, LdapExplain } from '../ldap/explain-person'
import { usesLdap } from '../settings/method-rules'
import { accountFacts } from '../sign-in/account-facts'
import { waitOfName } from '../sign-in/attempts'
import { ownerOf as entryOwner, vouchedByDirectory } from '../sign-in/form-answers'
import {
  reachDecision,
  type DirectoryAnswer,
  type SignInFacts,
  type SignInQuestion,
} from '../sign-in/sign-in-policy'
import { accountView, wouldBe, type WouldBe } from './explain-owner'

export interface ExplainDirectoryDeps {
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
  readonly texts: Texts
}

type Part = Pick<DirectoryExplanation, 'decision' | 'account'>
type Rule = DirectoryExplanation['decision']['rule']

interface Named {
  /** As it was typed. */
  readonly name: string
  readonly explained: ExplainedPerson
}

/** One person's sign-in through the directory, decided by the rules of the sign-in itself; nothing is written. */
export async function explainDirectory(
  deps: ExplainDirectoryDeps,
  settings: Settings,
  { name, explained }: Named,
): Promise<DirectoryExplanation> {
  const { person, attributes, fields, groups, unmatched } = explained
  const part = await decide(deps, settings, { name, explained })
  return {
    ok: part.decision.allowed === true,
    ...part,
    entry: person && {
      dn: person.dn,
      attributes: [...attributes].map((each) => ({ ...each, values: [...each.values] })),
    },
    fields: [...fields],
    groups: [...groups],
    unmatched: [...unmatched],
  }
}

/** The directory itself could not be asked: nothing is known, and nothing is made up. */
export function unknownExplanation({ texts: t }: ExplainDirectoryDeps, code: Code): DirectoryExplanation {
  const decision = {
    allowed: null,
    code,
    rule: 'directory',
    reason: t(`codes.${code}.title`),
    next: t(`codes.${code}.next`),
  } as const
  return { ok: false, decision, entry: null, fields: [], groups: [], unmatched: [], account: null }
}

async function decide(
  deps: ExplainDirectoryDeps,
  settings: Settings,
  { name, explained }: Named,
): Promise<Part> {
  const { person, refusal } = explained
  if (person === null)
    return { decision: no(deps, refusal ?? 'LDAP_USER_NOT_FOUND', 'person'), account: null }
  const vouched = vouchedByDirectory(person, settings.ldap)
  const found = await wouldBe(deps, vouched)
  const account = await accountView(deps, settings, { found, vouched })
  if (settings.method === null || !usesLdap(settings.method))
    return { decision: no(deps, 'METHOD_NOT_OFFERED', 'mode'), account }
  const refused = await formRefusal(deps, settings, { name, person, refusal })
  if (refused !== null) return { decision: no(deps, refused, ruleOf(refused)), account }
  return { decision: ofOwner(deps, found), account }
}

function ruleOf(code: Code): Rule {
  if (code.startsWith('LDAP_GROUP_') || code === 'LDAP_USER_NOT_IN_REQUIRED_GROUP') return 'groups'
  if (code === 'LDAP_IDENTITY_NOT_LINKED') return 'identity'
  return code.startsWith('LDAP_') ? 'person' : 'account'
}

interface Asking {
  readonly name: string
  readonly person: DirectoryPerson
  readonly refusal: Code | null
}

/** The sign-in form's own decision for whoever types the directory's password: nothing is asked that it does not ask. */
async function formRefusal(
  deps: ExplainDirectoryDeps,
  settings: Settings,
  asking: Asking,
): Promise<Code | null> {
  const start = { method: settings.method, way: 'form', blankPassword: false } as const
  const { outcome } = await reachDecision(start, (ask) => answer(deps, settings, { ...asking, ask }))
  return 'refuse' in outcome ? outcome.refuse : null
}

async function answer(
  deps: ExplainDirectoryDeps,
  settings: Settings,
  { ask, name, person, refusal }: Asking & { ask: SignInQuestion },
): Promise<Partial<SignInFacts>> {
  const rooms = await deps.rooms()
  const account = await rooms.users.byName(name)
  switch (ask) {
    case 'account':
      return { account: account && accountFacts(account) }
    case 'limit':
      return { limited: (await waitOfName(rooms, { name, account }, deps.clock)) !== null }
    case 'hash':
      return { hashMatches: false }
    case 'entry':
      return { entry: await entryOwner(deps, { settings, account }, person) }
    case 'directory':
      return { directory: directoryAnswer(refusal) }
  }
}

function directoryAnswer(refusal: Code | null): DirectoryAnswer {
  if (refusal === null) return { kind: 'yes' }
  return { kind: refusal.startsWith('LDAP_USER_') ? 'no' : 'outage', code: refusal }
}

function no({ texts: t }: ExplainDirectoryDeps, code: Code, rule: Rule): Part['decision'] {
  return { allowed: false, code, rule, reason: t(`codes.${code}.title`), next: t(`codes.${code}.next`) }
}

function ofOwner(deps: ExplainDirectoryDeps, { decision, account }: WouldBe): Part['decision'] {
  const { texts: t, clock } = deps
  if (decision.kind === 'refuse') return no(deps, decision.code, 'identity')
  if (decision.kind === 'pending') return no(deps, 'LINK_PENDING', 'identity')
  if (account?.lockedUntil && account.lockedUntil > clock.now()) return no(deps, 'ACCOUNT_LOCKED', 'account')
  const reason = t(`explain.entry.${decision.kind}`, { username: account?.username ?? '' })
  return { allowed: true, code: null, rule: 'identity', reason, next: null }
}

/** Asks the directory, or a file in its place, about one person and decides; an outage is an answer of its own. */
export function createDirectoryExplanation(deps: ExplainDirectoryDeps & { readonly ask: LdapExplain }) {
  return async (run: {
    readonly settings: Settings
    readonly name: string
    readonly against: string | null
    readonly signal: AbortSignal
  }): Promise<DirectoryExplanation> => {
    const { settings, name, against, signal } = run
    try {
      const explained = await deps.ask({ settings: settings.ldap, user: name, against, signal })
      return await explainDirectory(deps, settings, { name, explained })
    } catch (error) {
      if (!(error instanceof AppError) || !error.code.startsWith('LDAP_')) throw error
      return unknownExplanation(deps, exactCode(error))
    }
  }
}

/** `LDAP_UNAVAILABLE` names what was really wrong in its details. */
function exactCode({ code, details }: AppError): Code {
  return codeSchema.safeParse(details['code']).data ?? code
}

import type { Stage } from '../../contract/stages'
import type { Texts } from '../app/texts'

/** Stages whose failure has a sentence of its own at the top. */
const told = [
  'config',
  'dns',
  'tcp',
  'tls',
  'base',
  'users',
  'groups',
  'user',
  'membership',
  'userbind',
  'mapping',
]
const refusals = /^LDAP_(?:BIND_CREDENTIALS|BIND_DN_SYNTAX|ANONYMOUS_FORBIDDEN|USER_)/

/** The one sentence above the ladder: does it work, and if not, what is the matter first of all. */
export function summarise(
  texts: Texts,
  what: {
    readonly stages: readonly Stage[]
    readonly user: string | null
    readonly source: 'network' | 'file'
  },
): string {
  const { stages, user } = what
  const trouble = stages.find((stage) => stage.status === 'failed')
  if (trouble) return failure(texts, trouble, user ?? '')
  const sentence = success(texts, what)
  const count = stages.filter((stage) => stage.status === 'warning').length
  return count === 0 ? sentence : texts('ldap.summary.warnings', { sentence, count })
}

function failure(texts: Texts, stage: Stage, user: string): string {
  if (stage.id === 'bind') {
    const refused = stage.code !== null && refusals.test(stage.code)
    return refused ? texts('ldap.summary.refused') : stage.summary
  }
  return told.includes(stage.id)
    ? texts(`ldap.summary.${stage.id}`, { user })
    : texts('ldap.summary.decision', { user })
}

function success(
  texts: Texts,
  what: {
    readonly stages: readonly Stage[]
    readonly user: string | null
    readonly source: 'network' | 'file'
  },
): string {
  if (what.user === null) return texts(what.source === 'file' ? 'ldap.summary.fileFits' : 'ldap.summary.fits')
  const proven = what.stages.some((stage) => stage.id === 'userbind' && stage.status !== 'skipped')
  return texts(`ldap.summary.${proven ? 'works' : 'worksWithPassword'}`, { user: what.user })
}

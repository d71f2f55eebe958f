import type { Code } from '../../contract/errors'
import type { Watched } from '../../contract/history'
import type { Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { LastAttempt } from '../users/account'
import type { HistoryStore } from './history-store'
import { watch } from './watch'

export interface WatchDeps {
  readonly store: HistoryStore
  /** The newest sign-in of each way. */
  readonly last: () => Promise<readonly LastAttempt[]>
  readonly now: () => Date
}

/** The directory and the providers that the settings describe, as far as they were ever tested. */
export async function watchedSubjects(deps: WatchDeps, settings: Settings): Promise<Watched[]> {
  const last = await deps.last()
  const subjects = [
    ...(settings.ldap.enabled ? [{ subject: 'ldap', slug: null, secret: null }] : []),
    ...settings.oidc.map(({ slug, clientSecret }) => ({
      subject: `oidc:${slug}`,
      slug,
      secret: clientSecret,
    })),
  ]
  const watched: Watched[] = []
  for (const { subject, slug, secret } of subjects) {
    const newest = await deps.store.newest(settings.profile.name, subject)
    if (newest === null) continue
    const provider = slug === null ? 'ldap' : 'oidc'
    const lastSignIn = last.find((each) => each.provider === provider && each.slug === slug)?.success ?? null
    const lastGood = await deps.store.lastGoodBefore(newest)
    const known = secret === null ? ('notSet' as const) : ('set' as const)
    watched.push(watch({ subject, newest, lastGood, lastSignIn, secret: known }, deps.now()))
  }
  return watched
}

interface WatchFinding {
  readonly code: Code
  readonly text: string
  readonly link: string
}

/** What of it an administrator should see to. */
export function watchFindings(watched: readonly Watched[], t: Texts): WatchFinding[] {
  return watched.flatMap((one) => {
    const { subject, run, certificate, changed } = one
    const name = subject === 'ldap' ? t('history.directory') : subject.replace(/^oidc:/, '')
    const of = `/history?of=${encodeURIComponent(subject).replace('%3A', ':')}`
    const expiry =
      certificate === null || certificate.state === 'good'
        ? []
        : [{ ...expiryOf(certificate, name, t), link: of }]
    const changes = changed.map((area) => ({
      code: area === 'keys' ? ('KEYS_ROTATED' as const) : ('METADATA_CHANGED' as const),
      text: t(`history.watch.${area}`, { name }),
      link: `${of}&before=good&after=${run}`,
    }))
    return [...expiry, ...changes]
  })
}

function expiryOf({ state, days }: NonNullable<Watched['certificate']>, name: string, t: Texts) {
  return state === 'expired'
    ? { code: 'CERTIFICATE_EXPIRED' as const, text: t('history.watch.expired', { name }) }
    : { code: 'CERTIFICATE_EXPIRES_SOON' as const, text: t('history.watch.soon', { name, count: days }) }
}

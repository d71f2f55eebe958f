import type { Composition } from './handler-rooms'
import type { Settings } from './ports'
import { lazily } from './rooms'

/** A profile that is named must be there; the governing one may have no file yet. */
export function examinedSettings(from: Composition) {
  return async (profile: string | null) => {
    if (profile !== null) await from.profiles.require(profile)
    return from.settings.current(profile)
  }
}

/** What keeps the report of each test until it is saved. */
async function reporterOf(from: Composition) {
  const { createReporter } = await import('../diagnostics/report/reporter')
  const { runtime, version, ports } = from.options
  const { electron, node } = runtime
  const openssl = process.versions.openssl
  return createReporter({
    ...{ kept: from.reports, clock: ports.clock, texts: from.texts },
    versions: { authdesk: version, electron, node, openssl, platform: `${from.platform} ${process.arch}` },
  })
}

/** What keeps each ended test; the database is opened when there is one to keep. */
async function keeperOf(from: Composition) {
  const { createRunKeeper } = await import('../history/keep-runs')
  const { secrets, clock, logger } = from.options.ports
  const store = lazily(async () => {
    const { createHistoryStore } = await import('../history/history-store')
    return createHistoryStore((await from.rooms()).database)
  })
  return createRunKeeper({ store, secrets, clock, logger })
}

export async function historyHandlers(from: Composition) {
  const [{ createHistoryHandlers }, { createHistoryStore }] = await Promise.all([
    import('../history/handlers'),
    import('../history/history-store'),
  ])
  const store = createHistoryStore((await from.rooms()).database)
  const watched = await watchedOf(from)
  return createHistoryHandlers({ store, watched, settings: examinedSettings(from), texts: from.texts })
}

/** What the newest tests say about what is going to fail. */
export async function watchedOf(from: Composition) {
  const [{ watchedSubjects }, { createHistoryStore }] = await Promise.all([
    import('../history/watched-subjects'),
    import('../history/history-store'),
  ])
  const { database, attempts } = await from.rooms()
  const { clock } = from.options.ports
  const deps = { store: createHistoryStore(database), last: attempts.last, now: () => clock.now() }
  return (settings: Settings) => watchedSubjects(deps, settings)
}

export async function reportHandlers(from: Composition) {
  const { createReportHandlers } = await import('../diagnostics/report/handlers')
  return createReportHandlers({
    kept: from.reports,
    files: from.options.ports.files,
    texts: from.texts,
  })
}

export async function ldapHandlers(from: Composition) {
  const [
    { createLdapHandlers },
    { createLdapTest },
    { createTestLimits },
    { createLdapExplain },
    { createDirectoryExplanation },
    { createSaveSnapshot },
  ] = await Promise.all([
    import('../ldap/handlers'),
    import('../ldap/ldap-test'),
    import('../sign-in/attempts'),
    import('../ldap/explain-person'),
    import('../auth/explain-directory'),
    import('../ldap/snapshot/save-snapshot'),
  ])
  const { clock, logger, files, desk } = from.options.ports
  const sample = from.options.demo
    ? (await import('../demo/demo-home')).sampleDirectory(from.options.home, files)
    : null
  return createLdapHandlers({
    settings: examinedSettings(from),
    drafts: from.drafts,
    ...{ texts: from.texts, clock },
    test: createLdapTest({ clock, logger, texts: from.texts }),
    explain: createDirectoryExplanation({
      ...{ rooms: from.rooms, clock, texts: from.texts },
      ask: createLdapExplain({ clock, logger }),
    }),
    snapshot: createSaveSnapshot({ logger }),
    files,
    desk,
    sample,
    reachability: from.reachability,
    reporter: await reporterOf(from),
    history: await keeperOf(from),
    limits: createTestLimits({ rooms: from.rooms, clock }),
  })
}

export async function oidcHandlers(from: Composition) {
  const [{ createOidcHandlers }, { createOidcTest }, { createLoginDesk }] = await Promise.all([
    import('../oidc/handlers'),
    import('../oidc/oidc-test'),
    import('../oidc/login/login-desk'),
  ])
  const { clock, logger, browser } = from.options.ports
  const { texts, links, rooms } = from
  const decider = lazily(async () => {
    const { createLoginDecider } = await import('../auth/explain-login')
    return createLoginDecider({ rooms, clock, texts })
  })
  return createOidcHandlers({
    settings: examinedSettings(from),
    drafts: from.drafts,
    ...{ texts, clock },
    test: createOidcTest({ clock, logger, texts }),
    login: createLoginDesk({ browser, clock, logger, texts, links, decider }),
    person: async (name, issuer) =>
      (await import('../auth/symptom-person')).symptomPerson(await rooms(), name, issuer),
    directoryTime: async ({ ldap }, signal) =>
      (await import('../ldap/directory-clock')).directoryTime(ldap, { clock, logger }, signal),
    reporter: await reporterOf(from),
    history: await keeperOf(from),
    onReport: ({ slug, stages }) => from.reachability.saw(slug, stages),
  })
}

export async function labHandlers(from: Composition) {
  const [{ createLabHandlers }, { createDroppedFiles }] = await Promise.all([
    import('../lab/handlers'),
    import('../lab/dropped-file'),
  ])
  const { clock, files, desk } = from.options.ports
  const dropped = createDroppedFiles()
  from.onClose(dropped.remove)
  return createLabHandlers({
    ...{ settings: examinedSettings(from), texts: from.texts, clock, files, desk, dropped },
  })
}

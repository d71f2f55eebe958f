import { describe, expect, it } from 'vitest'
import { offsetOf } from '../../../src-main/core/diagnostics/clock-offset'
import { directoryTime } from '../../../src-main/core/ldap/directory-clock'
import { createOidcTest } from '../../../src-main/core/oidc/oidc-test'
import { createTexts } from '../../../src-main/core/app/texts'
import { agree, entry, startFakeDirectory, type FakeRequest } from '../../support/ldap-fake'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { startFake } from '../../support/oidc-fake'
import { oidcSettings, systemClock } from '../../support/oidc-fake-settings'

const generalized = (date: Date) => `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}.0Z`

/** A directory that tells its time as Active Directory does; no real one here can be made to be wrong. */
function startClock(ahead: number | null) {
  const reply = (request: FakeRequest): Buffer => {
    const done = agree(request)
    if (!Buffer.isBuffer(done)) throw new Error('nothing else is asked')
    if (request.kind !== 'search' || ahead === null) return done
    const currentTime = [generalized(new Date(Date.now() + ahead * 1000))]
    return Buffer.concat([entry(request.id, '', { currentTime }), done])
  }
  return startFakeDirectory({ reply: (request) => (request.kind === 'unbind' ? 'drop' : reply(request)) })
}

async function ask(ahead: number | null) {
  const fake = await startClock(ahead)
  const deps = { clock: systemClock, logger: quietLogger }
  const sample = await directoryTime(ldapSettings({ port: fake.port }), deps, new AbortController().signal)
  await fake.stop()
  return { sample, asked: fake.requests.map(({ kind }) => kind) }
}

describe('a directory’s clock', () => {
  it.each([-600, -60, -1, 0, 1, 60, 600])(
    'that is %i s ahead is measured, without signing in',
    async (ahead) => {
      const { sample, asked } = await ask(ahead)
      if (sample === null) throw new Error('it told no time')
      const { seconds, uncertainty } = offsetOf(sample)
      expect(Math.abs(seconds - ahead)).toBeLessThanOrEqual(uncertainty + 0.5)
      expect(asked).not.toContain('bind')
    },
  )

  it('that is not told is not known', async () => {
    expect((await ask(null)).sample).toBeNull()
    const off = ldapSettings({ enabled: false })
    const deps = { clock: systemClock, logger: quietLogger }
    expect(await directoryTime(off, deps, new AbortController().signal)).toBeNull()
  })
})

describe('whose clock is off, the directory’s says', () => {
  it.each([
    [600, 600, 'this computer’s clock is off'],
    [600, 0, 'the provider’s clock is off'],
    [600, -600, 'two clocks alone do not say'],
    [600, null, 'two clocks alone do not say'],
  ] as const)('provider %s s, directory %s s: %s', async (provider, directory, sentence) => {
    const [fake, clock] = await Promise.all([startFake(), startClock(directory)])
    fake.script = { ahead: provider }
    const deps = { clock: systemClock, logger: quietLogger }
    const report = await createOidcTest({ ...deps, texts: createTexts() })({
      ...{ provider: oidcSettings({ issuer: fake.issuer }), signal: new AbortController().signal },
      onStage: () => undefined,
      thirdClock: (signal) => directoryTime(ldapSettings({ port: clock.port }), deps, signal),
    })
    await Promise.all([fake.stop(), clock.stop()])
    const stage = report.stages.find(({ id }) => id === 'clock')
    expect(stage).toMatchObject({ status: 'failed', code: 'OIDC_CLOCK_SKEW' })
    expect(stage?.summary).toContain(sentence)
  })
})

import type { X509Certificate } from 'node:crypto'
import type { Authority, Pinned } from '../../contract/authority'
import { AppError } from '../../contract/errors'
import type { DraftInput } from '../../contract/draft'
import type { CallContext, LdapSettings, OidcSettings, SecretStore, Settings } from '../app/ports'
import { nameInOneLine } from '../diagnostics/name-in-one-line'
import { isUntrusted, rootOf, type Presented } from '../diagnostics/presented-chain'
import type { ProfileFolder } from '../profiles/profile-folder'
import { createStoredSecrets } from '../profiles/stored-secrets'
import { secretNames, type SettingsRoom } from './create-settings'
import type { Draft, Drafts } from './drafts'
import { editEnv } from './edit-env'
import { endpointOf } from './endpoint'
import { parseFingerprint } from './fingerprint'

export interface PinDeps {
  readonly drafts: Drafts
  readonly settings: SettingsRoom
  readonly folder: ProfileFolder
  readonly secrets: SecretStore
  /** What a server shows of itself; none of them sends a credential. */
  readonly presented: {
    readonly directory: (settings: LdapSettings, signal: AbortSignal) => Promise<Presented>
    readonly provider: (provider: OidcSettings, signal: AbortSignal) => Promise<Presented>
  }
}

interface Where {
  readonly draft: DraftInput
  readonly provider: string | null
}

function providerOf({ settings }: Draft, slug: string): OidcSettings {
  const provider = settings.oidc.find((each) => each.slug === slug)
  if (!provider) throw new AppError('OIDC_PROVIDER_NOT_FOUND', { details: { provider: slug } })
  return provider
}

interface Shown {
  readonly draft: Draft
  readonly authority: Authority
  readonly certificate: X509Certificate
}

/** The root that the draft's server shows. Refused where trust in it would change nothing, or none was sent. */
async function lookAt(
  deps: PinDeps,
  { draft: input, provider: slug }: Where,
  signal: AbortSignal,
): Promise<Shown> {
  const draft = await deps.drafts.load(input)
  const provider = slug === null ? null : providerOf(draft, slug)
  const { server, chain, verdict } =
    provider === null
      ? await deps.presented.directory(draft.settings.ldap, signal)
      : await deps.presented.provider(provider, signal)
  if (!isUntrusted(verdict))
    throw new AppError('CONFLICT', {
      text: verdict === null ? 'pinTrusted' : 'pinUseless',
      details: { verdict },
    })
  const certificate = rootOf(chain)
  if (certificate === null) throw new AppError('CONFLICT', { text: 'rootNotSent', details: { server } })
  const authority: Authority = {
    ...{ server, setting: provider?.caSetting ?? 'LDAP_TLS_CA_CERT_FILE' },
    kind: chain.length === 1 ? 'certificate' : 'authority',
    subject: nameInOneLine(certificate.subject),
    validFrom: certificate.validFrom,
    validTo: certificate.validTo,
  }
  return { draft, authority, certificate }
}

export async function showAuthority(deps: PinDeps, where: Where, signal: AbortSignal): Promise<Authority> {
  return (await lookAt(deps, where, signal)).authority
}

/** The file refers only to what is pinned for it: what an abandoned draft left there is not trusted later on. */
async function pemsFor(deps: PinDeps, { draft, certificate }: Shown, saved: Settings): Promise<string> {
  const { pinned } = deps.folder
  const path = pinned.path(draft.profile)
  const used = [saved, draft.settings].some(
    ({ ldap, oidc }) => ldap.caFile === path || oidc.some(({ caFile }) => caFile === path),
  )
  const before = used ? await pinned.text(draft.profile) : ''
  const pem = certificate.toString().trim()
  if (before.includes(pem)) return before
  const head = `# ${nameInOneLine(certificate.subject)}\n# sha256 ${certificate.fingerprint256}\n`
  return `${before}${head}${pem}\n`
}

/** A stored secret was for a server whose certificate others vouched for. */
async function forgetSecrets(deps: PinDeps, { draft, authority }: Shown, saved: Settings): Promise<string[]> {
  const names = secretNames(saved.views.map(({ name }) => name))
  const bound = names.filter((name) => endpointOf(name).includes(authority.setting))
  const set = bound.filter((name) => saved.views.some((view) => view.name === name && view.set))
  await createStoredSecrets(deps.secrets).forget(draft.profile, bound)
  return set
}

function requireConfirmed({ authority, certificate }: Shown, typed: string): void {
  const fingerprint = parseFingerprint(typed)
  if (fingerprint === null) throw new AppError('INVALID_INPUT', { text: 'fingerprintUnreadable' })
  if (fingerprint !== certificate.fingerprint256)
    throw new AppError('CONFLICT', { text: 'fingerprintDiffers', details: { server: authority.server } })
}

function requireWritable({ draft, authority }: Shown): void {
  if (!draft.writable) throw new AppError('CONFLICT', { text: 'settingsFileOpened' })
  if (draft.locked.includes(authority.setting))
    throw new AppError('INVALID_INPUT', { text: 'settingLocked', details: { name: authority.setting } })
}

/**
 * Trusts the authority of a server whose fingerprint a person has confirmed, for this profile alone. Names and dates
 * are checked as before. The secrets go before the trust comes: none is sent where it was not typed for.
 */
export async function pinAuthority(
  deps: PinDeps,
  input: Where & { readonly fingerprint: string; readonly reference: 'draft' | 'saved' },
  { audit, signal }: CallContext,
): Promise<Pinned> {
  const shown = await lookAt(deps, input, signal)
  const { draft, authority } = shown
  const { profile } = draft
  const { server, setting, subject } = authority
  const fingerprint = shown.certificate.fingerprint256
  audit.note({ target: profile, after: { server, setting, subject, fingerprint } })
  requireConfirmed(shown, input.fingerprint)
  requireWritable(shown)
  const { pinned, path } = deps.folder
  const saved = await deps.settings.current(profile)
  const pems = await pemsFor(deps, shown, saved)
  const value = pinned.name(profile)
  const refers = saved.views.some((view) => view.name === setting && view.value === value)
  const counts = refers || input.reference === 'saved'
  const secretsForgotten = counts ? await forgetSecrets(deps, shown, saved) : []
  await pinned.write(profile, pems)
  if (input.reference === 'saved')
    await deps.folder.write(profile, editEnv(await deps.folder.text(profile), { [setting]: value }))
  const after = { server, setting, subject, fingerprint, secretsForgotten, reference: input.reference }
  audit.note({ target: profile, after: { ...after, file: path(profile) } })
  return { ...authority, fingerprint, file: pinned.path(profile), value, secretsForgotten }
}

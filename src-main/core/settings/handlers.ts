import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { DraftView } from '../../contract/settings'
import type { CallContext } from '../app/ports'
import { redirectUrisToRegister } from '../oidc/addresses'
import type { Draft } from './drafts'
import { formFields } from './form-fields'
import { parseNumbered } from './settings-schema'
import { pinAuthority, showAuthority, type PinDeps } from './pin-authority'
import { saveDraft, type SaveDraftDeps } from './save-draft'

export function createSettingsHandlers(
  deps: SaveDraftDeps & PinDeps,
): Handlers<Contract['settings'], CallContext> {
  const { settings, folder, drafts } = deps
  const check = async (profile: string | null) => {
    if (profile !== null) await folder.require(profile)
    return settings.check(profile)
  }
  return {
    check: ({ profile }) => check(profile),
    form: async ({ profile }) => {
      const names = (await check(profile)).settings.map(({ name }) => name)
      const last = Math.max(0, ...names.map((name) => parseNumbered(name)?.n ?? 0))
      // One more, so that another provider can be added.
      return { fields: formFields([...names, `OIDC_PROVIDER_${last + 1}_NAME`]) }
    },
    draft: async ({ profile, changes, typed }) => {
      const secrets = Object.fromEntries(typed.map((name) => [name, 'typed']))
      return viewOf(await drafts.load({ profile, changes, secrets }))
    },
    authority: (input, { signal }) => showAuthority(deps, input, signal),
    pinAuthority: (input, context) => pinAuthority(deps, input, context),
    save: (input, context) => saveDraft(deps, input, context),
  }
}

function viewOf(draft: Draft): DraftView {
  const { profile, revision, writable, changes, retype, locked, settings } = draft
  return {
    ...{ profile, revision, writable, retype: [...retype], locked: [...locked] },
    changed: Object.keys(changes),
    findings: [...settings.findings],
    settings: [...settings.views],
    providers: settings.oidc.map((provider) => ({
      ...{ slug: provider.slug, name: provider.name, n: parseNumbered(provider.caSetting)?.n ?? null },
      redirectUri: redirectUrisToRegister(provider).join(', '),
    })),
  }
}

import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import {
  applicationKinds,
  exportFormats,
  type ApplicationKind,
  type ExportFormat,
} from '../../contract/profiles'
import { configText } from './config'
import type { Outcome } from './output'
import type { Desk, Plan } from './perform'
import {
  adoptionText,
  authorityText,
  differenceText,
  exportedText,
  governedText,
  impactText,
  listText,
  pinnedText,
} from './profiles-text'
import type { Act } from './run'

const looking: Plan = { migrations: 'check', settings: 'judged' }
const changing: Plan = { migrations: 'apply', settings: 'judged' }

interface ExportOptions {
  readonly format?: ExportFormat
  readonly application?: ApplicationKind
  readonly revealSecrets?: true
}

async function list({ api }: Desk): Promise<Outcome> {
  const { profiles, secretStore } = await api.profiles.list({})
  return { document: { profiles, secretStore }, text: (style) => listText(profiles, style) }
}

async function add(name: string, file: string | undefined, { api, addFile }: Desk): Promise<Outcome> {
  const adoption = await api.profiles.add({ name, file: file === undefined ? null : addFile(resolve(file)) })
  return { document: adoption, text: (style) => adoptionText(adoption, style) }
}

async function show(name: string, { api }: Desk): Promise<Outcome> {
  const check = await api.settings.check({ profile: name })
  const { profiles } = await api.profiles.list({})
  const profile = profiles.find((each) => each.name === name) ?? null
  const head = (style: Parameters<Outcome['text']>[0]) => (profile ? listText([profile], style) : '')
  return { document: { profile, ...check }, text: (style) => `${head(style)}\n\n${configText(check, style)}` }
}

async function diff(names: [string, string], all: boolean, { api }: Desk): Promise<Outcome> {
  const { settings } = await api.profiles.diff({ names })
  const shown = all ? settings : settings.filter(({ differs }) => differs)
  return { document: { names, settings: shown }, text: (style) => differenceText(names, shown, style) }
}

async function write(
  target: { name: string; file: string },
  options: ExportOptions,
  desk: Desk,
): Promise<Outcome> {
  const { format = 'env', application = null, revealSecrets } = options
  const input = { name: target.name, format, application, file: desk.addFile(resolve(target.file)) }
  const { profiles } = desk.api
  const exported = await (revealSecrets ? profiles.exportRevealed(input) : profiles.export(input))
  return { document: exported, text: (style) => exportedText(exported, style) }
}

interface PinOptions {
  readonly oidc?: string
  readonly fingerprint?: string
}

/** Without a fingerprint only a look at what the server shows. */
async function pin(name: string, { oidc, fingerprint }: PinOptions, { api }: Desk): Promise<Outcome> {
  const asked = { draft: { profile: name, changes: {}, secrets: {} }, provider: oidc ?? null }
  if (fingerprint === undefined) {
    const authority = await api.settings.authority(asked)
    return { document: { mode: 'preview', ...authority }, text: () => authorityText(authority) }
  }
  const pinned = await api.settings.pinAuthority({ ...asked, fingerprint, reference: 'saved' })
  return { document: { mode: 'apply', ...pinned }, text: () => pinnedText(pinned) }
}

/** A preview by default, as everything is that many people feel. */
async function govern(name: string, apply: boolean, { api }: Desk): Promise<Outcome> {
  const impact = await api.profiles.impact({ name })
  if (!apply)
    return {
      document: { mode: 'preview', ...impact, ok: impact.obstacles.length === 0 },
      text: (style) => impactText(impact, style),
    }
  const governed = await api.profiles.govern({ name })
  return {
    document: { mode: 'apply', ...impact, ...governed },
    text: (style) => governedText(governed, style),
  }
}

function addChanges(profiles: Command, act: Act): void {
  profiles
    .command('add')
    .argument('<name>')
    .argument('[file]', 'an application’s .env file or Vikunja’s config.yml; without it the profile is empty')
    .description('make a profile; secrets of the file go into the key store, never into the profile')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk profiles add shop /srv/shop/.env\n  authdesk profiles add tasks config.yml --json',
    )
    .action((name: string, file: string | undefined) => act(changing, (desk) => add(name, file, desk)))
  for (const [verb, description] of [
    ['copy', 'copy a profile, its secrets too'],
    ['rename', 'give a profile another name'],
  ] as const) {
    profiles
      .command(verb)
      .argument('<from>')
      .argument('<to>')
      .description(description)
      .addHelpText('after', `\nExample:\n  authdesk profiles ${verb} shop shop-staging`)
      .action((from: string, to: string) =>
        act(changing, async ({ api }) => {
          const { profile } = await api.profiles[verb]({ from, to })
          return { document: { profile }, text: (style) => listText([profile], style) }
        }),
      )
  }
  profiles
    .command('remove')
    .argument('<name>')
    .description('remove a profile and its secrets; the governing one stays')
    .addHelpText('after', '\nExample:\n  authdesk profiles remove shop-staging')
    .action((name: string) =>
      act(changing, async ({ api }) => {
        await api.profiles.remove({ name })
        return { document: { name }, text: () => `The profile ${name} is removed.` }
      }),
    )
}

function addLooks(profiles: Command, act: Act): void {
  profiles
    .command('list')
    .description('the applications that this desk knows; * marks the one that governs')
    .addHelpText('after', '\nExample:\n  authdesk profiles list --json')
    .action(() => act(looking, list))
  profiles
    .command('show')
    .argument('<name>')
    .description('a profile’s settings and what does not fit in them')
    .addHelpText('after', '\nExample:\n  authdesk profiles show shop')
    .action((name: string) => act(looking, (desk) => show(name, desk)))
  profiles
    .command('diff')
    .argument('<a>')
    .argument('<b>')
    .option('--all', 'also what is the same in both')
    .description('in which settings two profiles differ; of secrets only whether they do')
    .addHelpText('after', '\nExample:\n  authdesk profiles diff shop shop-staging')
    .action((a: string, b: string, { all }: { all?: true }) =>
      act(looking, (desk) => diff([a, b], all === true, desk)),
    )
}

export function addProfileCommands(program: Command, act: Act): void {
  const profiles = program
    .command('profiles')
    .description('the applications’ settings: one profile governs, the others are examined')
  addLooks(profiles, act)
  addChanges(profiles, act)
  profiles
    .command('export')
    .argument('<name>')
    .argument('<file>')
    .addOption(new Option('--format <FORMAT>', 'env where nothing is said').choices(exportFormats))
    .addOption(new Option('--application <NAME>', 'in this application’s names').choices(applicationKinds))
    .option('--reveal-secrets', 'with the secrets in clear text; the audit says so')
    .description('write a profile in the application’s own names')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk profiles export shop shop.env\n  authdesk profiles export shop secret.yaml --format kubernetes --reveal-secrets',
    )
    .action((name: string, file: string, options: ExportOptions) =>
      act(changing, (desk) => write({ name, file }, options, desk)),
    )
  profiles
    .command('pin')
    .argument('<name>')
    .option('--oidc <PROVIDER>', 'of this provider; without it the directory’s')
    .option('--fingerprint <SHA256>', 'trust it if this is its fingerprint')
    .description('trust the private authority of a directory or provider, for this profile alone')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk profiles pin shop\n  authdesk profiles pin shop --oidc keycloak --fingerprint 3F:9A:…',
    )
    .action((name: string, options: PinOptions) => act(changing, (desk) => pin(name, options, desk)))
  profiles
    .command('govern')
    .argument('<name>')
    .option('--apply', 'do it: every session ends')
    .description('let a profile decide who may use the console; a preview unless --apply is given')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk profiles govern shop\n  authdesk profiles govern shop --apply',
    )
    .action((name: string, { apply }: { apply?: true }) =>
      act(changing, (desk) => govern(name, apply === true, desk)),
    )
}

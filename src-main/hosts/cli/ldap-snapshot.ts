import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Snapshot } from '../../contract/ldap'
import { plain, type Outcome } from './output'
import type { Desk } from './perform'
import type { Act } from './run'

const examples = `
Saves people, groups, root DSE and schema as LDIF: mapped, membership and state attributes, never a password or its hash.
The file is there whole or not at all, and only its owner can read it. With --redact aliases stand for names, addresses
and people; groups and sign-in decisions stay the same, and the settings that fit the file are printed and written at its
head.

Examples:
  authdesk ldap snapshot directory.ldif
  authdesk ldap snapshot directory.ldif --redact --alias-of ada
  authdesk ldap explain ada --against directory.ldif`

interface SnapshotOptions {
  readonly redact?: true
  readonly aliasOf?: string[]
}

async function snapshot(file: string, { redact, aliasOf }: SnapshotOptions, desk: Desk): Promise<Outcome> {
  const saved = await desk.api.ldap.snapshot({
    runId: desk.runId,
    file: desk.addFile(resolve(file)),
    values: redact ? 'redacted' : 'real',
    aliasOf: aliasOf ?? [],
    profile: desk.profile,
  })
  return { document: saved, text: () => savedText(saved) }
}

function savedText({ file, entries, bytes, people, groups, schema, settings, aliases }: Snapshot): string {
  const counts = `${entries} entries (${people} people, ${groups} groups), ${bytes} bytes`
  return [
    plain(`${file}: ${counts}`),
    ...(schema ? [] : ['The directory does not show its schema; the file has none.']),
    ...aliases.map(({ name, alias }) => plain(`${name} is ${alias}`)),
    ...(settings === null ? [] : ['', ...Object.entries(settings).map(settingLine)]),
  ].join('\n')
}

function settingLine([name, value]: readonly [string, string]): string {
  return plain(`${name}=${value}`)
}

export function addSnapshotCommand(ldap: Command, act: Act): void {
  ldap
    .command('snapshot')
    .argument('<FILE.ldif>', 'where to; a file that has the name is replaced')
    .description('save the directory as a file for work without it')
    .option('--redact', 'aliases in place of names, addresses and people')
    .option('--alias-of <NAME...>', 'with --redact: say which alias stands for a name')
    .addHelpText('after', examples)
    .action((file: string, options: SnapshotOptions) =>
      act({ migrations: 'apply', settings: 'required', profile: 'examined' }, (desk) =>
        snapshot(file, options, desk),
      ),
    )
}

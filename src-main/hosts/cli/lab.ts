import type { Command } from 'commander'
import type { ExplainedText, FilePicture, TriedFilter } from '../../contract/lab'
import { handleOf } from './file-handle'
import { inspectionText, pastedText } from './inspection-text'
import { stagesText } from './ladder-text'
import { plain, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'judged', profile: 'examined' }

const inspectExamples = `
Reads from standard input whatever ldap inspect or oidc inspect knows, and the JSON of an earlier test. Nothing is asked of
anybody, and the text is not kept.

Examples:
  echo 'AADSTS50011: The redirect URI does not match' | authdesk lab inspect
  authdesk lab inspect < ldap-report.json`

const openExamples = `
An LDIF file is counted as the settings would search it; any other file is explained as lab inspect does.

Examples:
  authdesk lab open directory.ldif
  authdesk lab open server.der --json`

const filterExamples = `
Also says how many entries each part of the filter finds alone.

Examples:
  authdesk lab filter '(&(objectClass=person)(mail=*))' --against directory.ldif
  authdesk lab filter '(uid=ada)' --base '' --against directory.ldif --json`

function explainedText({ report, ...said }: ExplainedText, style: Style): string {
  if (report === null) return inspectionText(said, style)
  const from = [report.profile, report.made].filter((fact) => fact !== null).join(', ')
  const subjects = report.subjects.flatMap(({ name, ok, stages }) => [
    '',
    ok ? style.green(plain(name)) : style.red(plain(name)),
    stagesText(stages, style),
  ])
  return [style.bold(plain(said.title)), ...(from === '' ? [] : [style.dim(plain(from))]), ...subjects].join(
    '\n',
  )
}

function pictureText(picture: FilePicture): string {
  const { name, entries, groups, people, code, base, tops, classes } = picture
  const found = people === null ? 'people cannot be searched' : `${people} people`
  return [
    `${name}: ${entries} entries, ${groups} groups`,
    `${found} below ${base === '' ? 'the top' : base}${code === null ? '' : ` [${code}]`}`,
    ...tops.map((top) => `  ${top.dn}  ${top.entries}`),
    ...classes.map((each) => `  objectClass ${each.name}  ${each.entries}`),
  ]
    .map(plain)
    .join('\n')
}

function triedText({ filter, base, count, matches, parts }: TriedFilter): string {
  return [
    `${count} entries below ${base === '' ? 'the top' : base} fit ${filter}`,
    ...parts.map((part) => `  ${'  '.repeat(part.depth)}${part.text}  ${part.count}`),
    ...matches.map(({ dn }) => dn),
  ]
    .map(plain)
    .join('\n')
}

async function inspect({ api, profile }: Desk) {
  const found = await api.lab.inspect({ text: await pastedText(process.stdin), profile })
  return { document: found, text: (style: Style) => explainedText(found, style) }
}

async function open(file: string, desk: Desk) {
  const handle = (await handleOf(file, desk)) ?? ''
  const { directory, text } = await desk.api.lab.read({ file: handle, profile: desk.profile })
  if (text !== null) return { document: text, text: (style: Style) => explainedText(text, style) }
  const document = { ok: directory?.code === null, ...directory }
  return { document, text: () => (directory === null ? '' : pictureText(directory)) }
}

interface FilterOptions {
  readonly against: string
  readonly base?: string
}

async function filter(text: string, { against, base }: FilterOptions, desk: Desk) {
  const file = (await handleOf(against, desk)) ?? ''
  const { api, profile } = desk
  const tried = await api.lab.filter({ file, filter: text, base: base ?? null, profile })
  return { document: { ok: tried.count > 0, ...tried }, text: () => triedText(tried) }
}

export function addLabCommands(program: Command, act: Act): void {
  const lab = program.command('lab').description('files and texts, without a network')
  lab
    .command('inspect')
    .description('explain a pasted text of any kind that is known here')
    .addHelpText('after', inspectExamples)
    .action(() => act(plan, inspect))
  lab
    .command('open')
    .argument('<file>', 'an LDIF file, a certificate, a report in JSON, or another text')
    .description('say what is in a file')
    .addHelpText('after', openExamples)
    .action((file: string) => act(plan, (desk) => open(file, desk)))
  lab
    .command('filter')
    .argument('<filter>', 'a search filter (RFC 4515)')
    .description('try a search filter on a file, part by part')
    .requiredOption('--against <FILE.ldif>', 'the file to search')
    .option(
      '--base <DN>',
      'where to search; the settings’ place of people unless given, an empty one is everywhere',
    )
    .addHelpText('after', filterExamples)
    .action((text: string, options: FilterOptions) => act(plan, (desk) => filter(text, options, desk)))
}

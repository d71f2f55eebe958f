import { extname, resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { authMethods, type AuthMethod } from '../../contract/app'
import {
  impactChanges,
  type Explanation,
  type Impact,
  type ImpactChange,
  type RuleView,
} from '../../contract/auth'
import { AppError } from '../../contract/errors'
import { columns, plain, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }

const verdicts = { true: 'can sign in', false: 'cannot sign in', null: 'cannot be decided now' } as const

function paint({ outcome }: RuleView, style: Style): (text: string) => string {
  if (outcome === 'passed') return style.green
  if (outcome === 'refused') return style.red
  return outcome === 'warning' || outcome === 'unknown' ? style.yellow : style.dim
}

function ruleLine(rule: RuleView, style: Style): string {
  const { id, outcome, code, evidence } = rule
  const said = [plain(evidence), code === null ? '' : `[${code}]`].filter((part) => part !== '').join(' ')
  return `  ${paint(rule, style)(outcome.padEnd(11))} ${id.padEnd(10)} ${said}`
}

export function explanationText(found: Explanation, style: Style): string {
  const { name, decision, rules, ways } = found
  const own = ways.find(({ id }) => id === decision.way)
  const head = `${plain(name)} ${verdicts[`${decision.allowed}`]} by ${own?.name ?? decision.way}.`
  const others = ways
    .filter(({ id }) => id !== decision.way)
    .map((way) => `  ${way.name}: ${verdicts[`${way.allowed}`]}${way.code === null ? '' : ` [${way.code}]`}`)
  return [
    style.bold(head),
    ...rules.filter(({ outcome }) => outcome !== 'not-needed').map((rule) => ruleLine(rule, style)),
    ...(decision.next === null ? [] : ['', `Next: ${decision.next}`]),
    ...(others.length === 0 ? [] : ['', style.bold('Other ways'), ...others]),
  ].join('\n')
}

export function impactText({ counts, admins, people, next, to }: Impact, style: Style): string {
  const head = `AUTH_METHOD=${to}: ${counts.keep} keep a way in, ${counts.lose} lose it, ${counts.gain} gain one, ${counts.without} have none before and after.`
  const rows = people.map(({ name, provider, role, change, code }) => [
    name,
    provider,
    role,
    change,
    code ?? '',
  ])
  const table =
    rows.length === 0 ? [] : ['', columns([['NAME', 'PROVIDER', 'ROLE', 'CHANGE', 'CODE'], ...rows])]
  const more = next === null ? [] : [style.dim('There are more: --out FILE writes all of them.')]
  return [style.bold(head), `Administrators who could sign in: ${admins}.`, ...table, ...more].join('\n')
}

function method(text: string): AuthMethod {
  const found = authMethods.find((each) => each === text.trim().toLowerCase())
  if (!found) throw new InvalidArgumentError(`The methods are ${authMethods.join(', ')}.`)
  return found
}

interface ImpactOptions {
  readonly method: AuthMethod
  readonly change?: ImpactChange
  readonly out?: string
}

async function impact(options: ImpactOptions, { api, addFile }: Desk): Promise<Outcome> {
  const changes = options.change ? [options.change] : (['lose', 'gain'] as const)
  const asked = { method: options.method, changes: [...changes] }
  const found = await api.auth.impact({ ...asked, limit: 500 })
  if (options.out === undefined) return { document: found, text: (style) => impactText(found, style) }
  const format = { '.csv': 'csv', '.json': 'json' }[extname(options.out).toLowerCase()]
  if (format !== 'csv' && format !== 'json')
    throw new AppError('INVALID_INPUT', { message: 'The file’s name must end in .csv or .json.' })
  const written = await api.auth.exportImpact({ ...asked, format, file: addFile(resolve(options.out)) })
  const { counts, admins, from, to } = found
  return {
    document: { from, to, counts, admins, ...written },
    text: (style) =>
      [
        impactText({ ...found, people: [], next: null }, style),
        `${written.people} people in ${plain(written.file)}`,
      ].join('\n'),
  }
}

export function addAuthCommands(program: Command, act: Act): void {
  const auth = program.command('auth').description('who can sign in, why, and what a change would do')
  auth
    .command('explain')
    .argument('<name>', 'a user name, whether there is an account or not')
    .description(
      'why this person can or can’t sign in now, rule by rule; no password is asked, nothing is written',
    )
    .addHelpText('after', '\nExample:\n  authdesk auth explain ada --json')
    .action((name: string) =>
      act(plan, async ({ api }) => {
        const found = await api.auth.explain({ name })
        return {
          document: { ok: found.decision.allowed === true, ...found },
          text: (style) => explanationText(found, style),
        }
      }),
    )
  auth
    .command('impact')
    .description('who would keep, lose or gain a way in under another AUTH_METHOD; nothing is changed')
    .requiredOption('--method <METHOD>', authMethods.join(', '), method)
    .addOption(
      new Option('--change <CHANGE>', 'only these people (without it those who lose or gain)').choices(
        impactChanges,
      ),
    )
    .option('--out <FILE>', 'write all of them into a .csv or .json file')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk auth impact --method oidc\n  authdesk auth impact --method oidc --change lose --out lose.csv',
    )
    .action((options: ImpactOptions) => act(plan, (desk) => impact(options, desk)))
}

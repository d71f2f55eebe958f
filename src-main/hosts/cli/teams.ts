import type { Command } from 'commander'
import type { Team } from '../../contract/teams'
import { columns, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }

function row({ id, name, members, provider, externalId }: Team): string[] {
  return [id, name, String(members), provider ?? 'made here', externalId ?? '–']
}

function teamsText(teams: readonly Team[], style: Style): string {
  if (teams.length === 0) return 'No team.'
  const rows = columns([['ID', 'TEAM', 'MEMBERS', 'KEPT BY', 'ID THERE'], ...teams.map(row)])
  const [head = '', ...lines] = rows.split('\n')
  return [style.bold(head), ...lines].join('\n')
}

type Change = (desk: Desk, id: string) => Promise<{ readonly team: Team }>

/** A team by its id or its name, and then what is done with it. */
async function changed(desk: Desk, team: string, change: Change) {
  const { id } = (await desk.api.teams.find({ team })).team
  const document = await change(desk, id)
  return { document, text: (style: Style) => teamsText([document.team], style) }
}

function addReads(teams: Command, act: Act): void {
  teams
    .command('list')
    .description('teams by name, with who keeps them')
    .option('--search <TEXT>', 'only those whose name or description holds it')
    .addHelpText('after', '\nExample:\n  authdesk teams list --json')
    .action(({ search = '' }: { search?: string }) =>
      act(plan, async ({ api }) => {
        const found = await api.teams.list({ search, limit: 1000 })
        return { document: found, text: (style) => teamsText(found.teams, style) }
      }),
    )
}

function addTeamChanges(teams: Command, act: Act): void {
  teams
    .command('create')
    .argument('<team>', 'its name')
    .description('make a team')
    .addHelpText('after', '\nExample:\n  authdesk teams create "Night shift"')
    .action((name: string) =>
      act(plan, async ({ api }) => {
        const made = await api.teams.create({ name })
        return { document: made, text: (style) => teamsText([made.team], style) }
      }),
    )
  teams
    .command('rename')
    .argument('<team>', 'its name or id')
    .argument('<name>', 'its new name')
    .description('rename a team that was made here')
    .addHelpText('after', '\nExample:\n  authdesk teams rename "Night shift" "Nights"')
    .action((team: string, name: string) =>
      act(plan, (desk) => changed(desk, team, ({ api }, id) => api.teams.rename({ id, name }))),
    )
  teams
    .command('delete')
    .argument('<team>', 'its name or id')
    .description('delete a team that was made here; its members stay')
    .addHelpText('after', '\nExample:\n  authdesk teams delete "Nights"')
    .action((team: string) =>
      act(plan, (desk) => changed(desk, team, ({ api }, id) => api.teams.delete({ id }))),
    )
}

const memberChanges = [
  ['add', 'put an account in a team that was made here'],
  ['remove', 'take an account out of one'],
] as const

function addMemberChanges(teams: Command, act: Act): void {
  for (const [verb, description] of memberChanges) {
    teams
      .command(verb)
      .argument('<team>', 'its name or id')
      .argument('<account>', 'the account’s name')
      .description(description)
      .addHelpText('after', `\nExample:\n  authdesk teams ${verb} "Night shift" ada`)
      .action((team: string, username: string) =>
        act(plan, (desk) =>
          changed(desk, team, async ({ api }, id) => {
            const account = await api.users.find({ username })
            return api.teams[verb]({ id, account: account.id })
          }),
        ),
      )
  }
}

export function addTeamCommands(program: Command, act: Act): void {
  const teams = program
    .command('teams')
    .description('teams: those made here, and those of a provider’s claim')
  addReads(teams, act)
  addTeamChanges(teams, act)
  addMemberChanges(teams, act)
}

import { resolve } from 'node:path'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import {
  addGlobalOptions,
  databasePath,
  readGlobalOptions,
  refuseSecretsInArguments,
} from '../../../src-main/hosts/cli/global-options'

function read(argv: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const program = addGlobalOptions(new Command()).exitOverride()
  program.command('noun').action(() => undefined)
  program.parse(['noun', ...argv], { from: 'user' })
  return readGlobalOptions(program, environment)
}

describe('global options', () => {
  it('stand after the command too', () => {
    const argv = ['--json', '--quiet', '--home', '/h', '--timeout', '1.5', '--as', 'ada', '--password-stdin']
    expect(read(argv)).toMatchObject({
      output: 'json',
      notes: 'quiet',
      home: '/h',
      timeoutMs: 1500,
      as: 'ada',
      passwordFrom: 'stdin',
    })
  })

  it('have quiet beginnings', () => {
    expect(read([])).toEqual({
      home: null,
      profile: null,
      envFile: null,
      database: null,
      applicationDatabase: null,
      timeoutMs: null,
      as: null,
      passwordFrom: 'prompt',
      output: 'text',
      notes: 'shown',
    })
  })

  it.each(['0', '-1', 'soon', '1e9', ''])('refuse the timeout %j', (seconds) => {
    expect(() => read([`--timeout=${seconds}`])).toThrow('--timeout')
  })

  it('take one source of settings', () => {
    expect(() => read(['--profile', 'shop', '--env-file', 'x.env'])).toThrow('--profile and --env-file')
  })

  it('let nobody sign in by a settings file of their own', () => {
    expect(() => read(['--as', 'ada', '--env-file', 'x.env'])).toThrow(
      '--as signs in by the governing profile',
    )
  })

  it('take the database from the environment, where the option does not say otherwise', () => {
    const environment = { AUTHDESK_DB: 'sqlite:/from/environment' }
    expect(read([], environment).database).toBe('/from/environment')
    expect(read(['--db', 'sqlite:/from/option'], environment).database).toBe('/from/option')
    expect(read([], { AUTHDESK_DB: '' }).database).toBeNull()
  })
})

describe('--db', () => {
  it('is a file', () => {
    expect(databasePath('sqlite:accounts.sqlite')).toBe(resolve('accounts.sqlite'))
  })

  it.each([
    'postgres://ada:hunter2@db/app',
    'postgresql://:hunter2@db/app',
    'mysql://a:hunter2@db/x',
    'postgres://db/app?password=hunter2',
  ])('never takes a password: %s', (url) => {
    expect(() => databasePath(url)).toThrow(/must not hold a password/)
    expect(() => databasePath(url)).not.toThrow(/hunter2/)
  })

  it.each(['postgres://db/app', 'postgresql://ada@db/app'])('says that %s is not supported', (url) => {
    expect(() => databasePath(url)).toThrow('PostgreSQL is not supported yet')
  })

  it.each(['accounts.sqlite', 'sqlite:', 'sqlite://host/x', 'mysql://db/x'])('refuses %s', (url) => {
    expect(() => databasePath(url)).toThrow('sqlite:FILE')
  })
})

describe('passwords in the arguments', () => {
  it.each([
    '--password',
    '--password=hunter2',
    '--passwd=x',
    '--pass',
    '--PASSPHRASE=x',
    '--secret',
    '--pw=x',
  ])('%s is refused', (word) => {
    expect(() => refuseSecretsInArguments(['users', 'create', 'ada', word])).toThrow(
      'never given as an argument',
    )
    expect(() => refuseSecretsInArguments([word])).not.toThrow('hunter2')
  })

  it('--password-stdin is the way', () => {
    expect(() => refuseSecretsInArguments(['ldap', 'test', '--password-stdin'])).not.toThrow()
  })

  it('what stands after -- is no option', () => {
    expect(() => refuseSecretsInArguments(['users', 'show', '--', '--password'])).not.toThrow()
  })
})

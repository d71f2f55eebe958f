import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

/** Writes down at the end which CommonJS packages were loaded; Sequelize and sqlite3 are such. */
const witness = `
const { writeFileSync } = require('node:fs')
const { Module } = require('node:module')
process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify(Object.keys(Module._cache))))
`

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
  home = makeHome()
  writeFileSync(join(home.home, 'witness.cjs'), witness)
})
afterAll(() => {
  cli.remove()
  home.remove()
})

async function databaseLibraries(...argv: string[]): Promise<string[]> {
  const loaded = join(home.home, 'loaded.json')
  const environment = { NODE_OPTIONS: `--require ${join(home.home, 'witness.cjs')}`, LOADED: loaded }
  const { code } = await runCli({ file: cli.file, home: home.home, environment }, ...argv)
  expect(code).toBe(0)
  const files = JSON.parse(readFileSync(loaded, 'utf8')) as string[]
  return ['sequelize', 'sqlite3', 'umzug'].filter((name) =>
    files.some((file) => file.includes(join('node_modules', name) + '/')),
  )
}

describe('the command line’s start', () => {
  it.each([['--help'], ['ldap test --help'], ['config check']])('loads no database for %s', async (line) => {
    expect(await databaseLibraries(...line.split(' '))).toEqual([])
  })

  it('loads it for what needs one', async () => {
    expect(await databaseLibraries('users', 'list')).toEqual(['sequelize', 'sqlite3', 'umzug'])
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect, it } from 'vitest'
import { english } from '../../../src-main/contract/texts/en'
import { createTexts } from '../../../src-main/core/app/texts'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import { envExample } from '../../../src-main/core/settings/env-example'
import { toFinding, type FindingText } from '../../../src-main/core/settings/findings'
import { foreignNames } from '../../../src-main/core/settings/foreign-names'
import { settingsReference } from '../../../src-main/core/settings/settings-reference'
import {
  canonicalName,
  knownNames,
  numberedEntries,
  settingEntries,
} from '../../../src-main/core/settings/settings-schema'

const example = join(import.meta.dirname, '../../../docs/admin/configuration/env.example')
const file = join(import.meta.dirname, '../../../docs/admin/configuration/SETTINGS.md')

it('SETTINGS.md says what the schema says; UPDATE_DOCS=1 rewrites it', async () => {
  const expected = await format(settingsReference(), { ...(await resolveConfig(file)), parser: 'markdown' })
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, expected)
  expect(readFileSync(file, 'utf8')).toBe(expected)
})

it('env.example holds every setting; UPDATE_DOCS=1 rewrites it', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(example, envExample())
  expect(readFileSync(example, 'utf8')).toBe(envExample())
})

it('env.example is a settings file: nothing is set, and with every line in force nothing is unknown', () => {
  expect(parseEnvFile(envExample()).values).toEqual({})
  const { values, found } = parseEnvFile(envExample().replaceAll(/^#(?=[A-Z])/gm, ''))
  expect(found).toEqual([])
  expect(Object.keys(values).map(canonicalName)).not.toContain(null)
  for (const [name, { default: usual = '' }] of settingEntries)
    expect([name, values[name]]).toEqual([name, usual])
})

it('every name and alias is in the reference', () => {
  const text = settingsReference()
  for (const name of [...knownNames, ...Object.keys(foreignNames)]) expect(text).toContain(`\`${name}\``)
})

it('every default is valid, no name is used twice, and secrets have none', () => {
  expect(new Set(knownNames).size).toBe(
    settingEntries.reduce((sum, [, { aliases }]) => sum + 1 + (aliases?.length ?? 0), 0),
  )
  for (const [name, setting] of [...settingEntries, ...numberedEntries]) {
    if (setting.default !== undefined)
      expect([name, setting.kind.schema.safeParse(setting.default).success]).toEqual([name, true])
    if (setting.kind.name === 'secret') expect(setting.default).toBeUndefined()
  }
})

it('every sentence is complete once its values are filled in', () => {
  const words = [
    'name',
    'value',
    'expected',
    'known',
    'why',
    'names',
    'file',
    'reason',
    'mode',
    'method',
    'ldap',
    'n',
  ]
  const more = [
    'missing',
    'first',
    'next',
    'numbered',
    'role',
    'group',
    'ssl',
    'host',
    'position',
    'proposal',
  ]
  const values = Object.fromEntries([...words, ...more].map((word) => [word, word]))
  for (const text of Object.keys(english.settings.findings) as FindingText[]) {
    const { message, next } = toFinding(createTexts(), {
      code: 'CONFIG_INVALID',
      severity: 'info',
      setting: 'NAME',
      text,
      with: values,
    })
    expect(`${message} ${next}`).not.toMatch(/\{\{|settings\.findings/)
  }
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  applicationFindings,
  applicationHazards,
  comparisonKinds,
} from '../../../src-main/contract/application'
import { handMappingSchema, hashFormats } from '../../../src-main/core/application/hand-mapping'
import { newestVersions } from '../../../src-main/core/application/schema-version'
import { fixtures } from '../../support/application-tables'

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../docs', path), 'utf8')
const pages = { timetracker: 'TIMETRACKER', tududi: 'TUDUDI', vikunja: 'VIKUNJA' } as const

describe.each(fixtures)('the page of $kind', ({ kind, version, columns }) => {
  const page = read(`admin/configuration/${pages[kind]}.md`)
  const [before = '', written = ''] = page.split('## What is written')

  it('names the versions that were tried and the newest that was looked at', () => {
    for (const each of [version, newestVersions[kind]]) expect(page).toContain(`\`${each}\``)
  })

  it('names every column that is written, and as read too', () => {
    for (const column of [...columns.password, ...columns.enabling]) {
      const name = `\`${column.split('.')[1] ?? ''}\``
      expect({ column, written: written.includes(name), read: before.includes(name) }).toEqual({
        ...{ column, written: true, read: true },
      })
    }
  })
})

it('names each finding, each name of a description by hand and each format', () => {
  const guide = read('guides/APPLICATION_ACCOUNTS.md')
  for (const id of [...applicationFindings, ...applicationHazards, ...comparisonKinds])
    expect(guide).toContain(`| \`${id}\``)
  const other = read('admin/configuration/OTHER_DATABASE.md')
  for (const name of [...Object.keys(handMappingSchema.shape), ...hashFormats])
    expect(other).toContain(`\`${name}\``)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ldapCodes } from '../../../src-main/contract/errors'
import { ldapCodeTexts } from '../../../src-main/contract/texts/en/codes-ldap'
import { ldapPersonCodeTexts } from '../../../src-main/contract/texts/en/codes-ldap-person'

const page = readFileSync(
  join(import.meta.dirname, '../../../docs/admin/configuration/LDAP_TROUBLESHOOTING.md'),
  'utf8',
)
const texts = { ...ldapCodeTexts, ...ldapPersonCodeTexts }
const flat = (text: string) => text.replace(/\s+/g, ' ').replace(/\\([_*])/g, '$1')
const [bySymptom = '', byCode = ''] = page.split('\n## By code\n')
const sections = new Map(
  byCode
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...rest] = section.split('\n')
      return [heading, flat(rest.join('\n'))] as const
    }),
)

test('has each code of the directory once, in the order of the list', () => {
  expect([...sections.keys()]).toEqual([...ldapCodes])
})

test.each([...ldapCodes])('says of %s what the console says', (code) => {
  const { title, cause, next } = texts[code]
  for (const sentence of [title, cause, next]) expect(sections.get(code)).toContain(flat(sentence))
})

test('leads from each symptom to codes that are explained', () => {
  const named = [...bySymptom.matchAll(/\]\(#([a-z_]+)\)/g)].map(([, anchor]) => anchor?.toUpperCase())
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((code) => !sections.has(code ?? ''))).toEqual([])
})

import { join } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const rule = 'no-restricted-syntax'

async function complaints(file: string, source: string): Promise<number> {
  const path = join(root, file)
  const house = (await new ESLint({ cwd: root }).calculateConfigForFile(path)) as Linter.Config
  const options = house.rules?.[rule]
  if (!options) throw new Error(`${file} has no rule about syntax`)
  const rules = { [rule]: options }
  const languageOptions = { parser: tseslint.parser }
  const overrideConfig = [{ files: ['**/*.ts'], languageOptions, rules }]
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig })
  const [result] = await eslint.lintText(source, { filePath: path })
  return result?.messages.length ?? 0
}

test.each([
  'const a = `(uid=${name})`',
  'const a = `(&(objectClass=person)(${attribute}=${name}))`',
  'const a = `${filter})(cn=*`',
  'const a = `(${attribute}=*)`',
  "const a = '(uid=' + name + ')'",
  "const a = '(&' + one + other + ')'",
])('%s makes a filter of text and is refused', async (source) => {
  expect(await complaints('src-main/core/ldap/groups.ts', source)).toBeGreaterThan(0)
  expect(await complaints('src-main/core/sync/plan.ts', source)).toBeGreaterThan(0)
})

test.each([
  'const a = equal(attribute, name)',
  'const a = `cn=${name}`',
  'const a = `${count} (of ${all})`',
  "const a = 'a' + name",
])('%s is none', async (source) => {
  expect(await complaints('src-main/core/ldap/groups.ts', source)).toBe(0)
})

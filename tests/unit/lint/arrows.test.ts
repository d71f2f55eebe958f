import { join } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const rule = '@typescript-eslint/no-restricted-imports'

/** Lints one import as if it stood in that file, with the house's own rule about imports alone. */
async function complaints(file: string, source: string): Promise<number> {
  const path = join(root, file)
  const house = (await new ESLint({ cwd: root }).calculateConfigForFile(path)) as Linter.Config
  const options = house.rules?.[rule]
  if (!options) throw new Error(`${file} has no rule about imports`)
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ['**/*.ts', '**/*.tsx'],
        plugins: { '@typescript-eslint': tseslint.plugin },
        languageOptions: { parser: tseslint.parser },
        rules: { [rule]: options },
      },
    ],
  })
  const [result] = await eslint.lintText(`import { x } from '${source}'\n\nx()\n`, { filePath: path })
  const found = result?.messages ?? []
  if (found.some(({ ruleId }) => ruleId !== rule)) throw new Error(JSON.stringify(found))
  return found.length
}

const refused = [
  ['src-main/contract/users.ts', '../core/app/ports'],
  ['src-main/contract/users.ts', 'node:fs'],
  ['src-main/contract/users.ts', 'electron'],
  ['src-renderer/main.tsx', '../src-main/core/app/ports'],
  ['src-renderer/main.tsx', '../src-main/hosts/cli/main'],
  ['src-renderer/main.tsx', 'node:fs'],
  ['src-renderer/main.tsx', 'electron'],
  ['src-main/core/app/dispatch.ts', '../../hosts/cli/main'],
  ['src-main/core/app/dispatch.ts', 'electron'],
  ['src-main/core/users/user-service.ts', 'sequelize'],
  ['src-main/core/users/user-store.ts', 'ldapts'],
  ['src-main/core/sign-in/handlers.ts', 'ldapts'],
  ['src-main/core/sign-in/handlers.ts', 'openid-client'],
  ['src-main/core/ldap/handlers.ts', 'openid-client'],
  ['src-main/core/oidc/handlers.ts', 'ldapts'],
  ['src-main/hosts/cli/main.ts', 'electron'],
  ['src-main/hosts/cli/main.ts', '../electron/main'],
  ['src-main/hosts/electron/main.ts', '../cli/main'],
  ['src-main/hosts/electron/main.ts', 'sequelize'],
] as const

const allowed = [
  ['src-main/contract/users.ts', 'zod'],
  ['src-renderer/main.tsx', '../src-main/contract'],
  ['src-main/core/app/dispatch.ts', '../../contract'],
  ['src-main/core/users/user-store.ts', 'sequelize'],
  ['src-main/core/db/database.ts', 'sequelize'],
  ['src-main/core/ldap/network-connection.ts', 'ldapts'],
  ['src-main/core/oidc/oidc-sign-in.ts', 'openid-client'],
  ['src-main/hosts/electron/main.ts', 'electron'],
  ['src-main/hosts/cli/main.ts', '../../core/app/create-app'],
] as const

describe('the house’s arrows', () => {
  it.each(refused)('%s may not import %s', async (file, source) => {
    expect(await complaints(file, source)).toBe(1)
  })

  it.each(allowed)('%s may import %s', async (file, source) => {
    expect(await complaints(file, source)).toBe(0)
  })
})

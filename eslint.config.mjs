import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

/** The house's arrows: what a folder may not import, and why. */
const banned = {
  electron: { name: 'electron', message: 'Only hosts/electron knows Electron.' },
  sequelize: { name: 'sequelize', message: 'Only *-store.ts and core/db know Sequelize.' },
  sqlite3: { name: 'sqlite3', message: 'Only core/db knows the driver.' },
  pg: { name: 'pg', message: 'Only *-store.ts and core/db know the driver.' },
  ldapts: { name: 'ldapts', message: 'Only core/ldap knows ldapts.' },
  openid: { name: 'openid-client', message: 'Only core/oidc knows openid-client.' },
}
const hosts = { group: ['**/hosts/**', '!./**'], message: 'Nothing imports from a host.' }
const core = {
  group: ['**/core/**', '!@mantine/**'],
  message: 'The contract and the renderer do not know the core.',
}
const node = { group: ['node:*'], message: 'No Node here.' }

function arrows(where, paths, patterns) {
  const [files, ignores] = Array.isArray(where) ? [where, []] : [where.files, where.ignores]
  return {
    files,
    ignores,
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] },
  }
}

const everything = Object.values(banned)
const without = (...names) =>
  Object.entries(banned)
    .filter(([name]) => !names.includes(name))
    .map(([, ban]) => ban)

const namedOnly = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'A union of string literals instead of an enum.' },
]
/** What a filter looks like in pieces: `(&`, `)(`, `(uid=`, `=*)`. */
const filterPiece = String.raw`/\([&|!]|\)\(|\([\w.;-]*[~<>:]?=|=\*?\)/`
const noFilterTexts = [
  `TemplateLiteral[expressions.length>0] > TemplateElement[value.raw=${filterPiece}]`,
  `BinaryExpression[operator="+"] > Literal[value=${filterPiece}]`,
].map((selector) => ({
  selector,
  message: 'A filter is made of parts (core/ldap/filter.ts), never of text.',
}))

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', 'test-results/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.renderer.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-syntax': ['error', ...namedOnly],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src-main/core/**'],
    ignores: ['src-main/core/ldap/filter.ts'],
    rules: { 'no-restricted-syntax': ['error', ...namedOnly, ...noFilterTexts] },
  },
  {
    files: ['src-renderer/**/*.tsx', 'tests/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The last one warns of what only the React Compiler would skip, which is not used here.
    rules: { ...reactHooks.configs.recommended.rules, 'react-hooks/incompatible-library': 'off' },
  },
  arrows(['src-main/contract/**'], everything, [core, hosts, node]),
  arrows(['src-renderer/**'], everything, [core, hosts, node]),
  arrows(
    {
      files: ['src-main/core/**'],
      ignores: [
        'src-main/core/ldap/**',
        'src-main/core/oidc/**',
        'src-main/core/db/**',
        'src-main/core/**/*-store.ts',
      ],
    },
    everything,
    [hosts],
  ),
  arrows(['src-main/core/ldap/**'], without('ldapts'), [hosts]),
  arrows(['src-main/core/oidc/**'], without('openid'), [hosts]),
  arrows(['src-main/core/db/**', 'src-main/core/**/*-store.ts'], without('sequelize', 'sqlite3', 'pg'), [
    hosts,
  ]),
  arrows(['src-main/hosts/electron/**'], without('electron'), [
    { group: ['**/hosts/cli/**', '../cli/**'], message: 'Hosts do not know each other.' },
  ]),
  arrows(['src-main/hosts/cli/**'], everything, [
    { group: ['**/hosts/electron/**', '../electron/**'], message: 'Hosts do not know each other.' },
  ]),
  { files: ['*.config.ts', '**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
    },
  },
)

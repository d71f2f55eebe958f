import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codes } from '../../../src-main/contract/errors'
import { helpIds } from '../../../src-main/core/app/help'
import { foreignNames } from '../../../src-main/core/settings/foreign-names'
import { canonicalName } from '../../../src-main/core/settings/settings-schema'

const root = join(import.meta.dirname, '..', '..', '..')
const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
)

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const anchorsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

describe.each(documents)('%s', (document) => {
  const file = join(root, document)
  const text = readFileSync(file, 'utf8')

  it('links only to what exists', () => {
    const broken = matches(text, /\]\(([^)\s]+)\)/g)
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#')
        const linked = path === '' ? file : join(dirname(file), path)
        return !existsSync(linked) || (anchor !== undefined && !anchorsOf(linked).includes(anchor))
      })
    expect(broken).toEqual([])
  })

  it('names only scripts that package.json has', () => {
    const named = matches(text, /npm run ([a-z][a-z:0-9-]*)/g)
    expect(named.filter((name) => !scripts.includes(name))).toEqual([])
  })

  it('names only files and folders that exist', () => {
    const named = matches(text, /`((?:src-main|src-renderer|migrations|tests|docs|build)\/[\w./-]*)`/g)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('names only codes and settings that exist', () => {
    const families =
      /\b((?:LDAP|OIDC|CONFIG|DB|AUDIT|PASSWORD|ACCOUNT|SYNC|LINK)_[A-Z0-9_]*[A-Z0-9])\b(?!\.md)/g
    const unknown = matches(text, families).filter(
      (name) =>
        !codes.some((code) => code === name) &&
        canonicalName(name) === null &&
        !Object.hasOwn(foreignNames, name),
    )
    expect([...new Set(unknown)]).toEqual([])
  })
})

it.each(helpIds)('the Help menu’s document %s exists', (id) => {
  expect(existsSync(join(root, 'docs', `${id}.md`))).toBe(true)
})

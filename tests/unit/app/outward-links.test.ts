import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { helpIds, isInHelp } from '../../../src-main/core/app/help'
import { createOutwardLinks } from '../../../src-main/core/app/outward-links'

describe('addresses the window may have opened', () => {
  it('are those the core has just shown, until it takes them back', () => {
    const links = createOutwardLinks()
    expect(links.has('https://id.example.org/auth?x=1')).toBe(false)
    links.allow('https://id.example.org/auth?x=1')
    expect(links.has('https://id.example.org/auth?x=1')).toBe(true)
    expect(links.has('https://id.example.org/auth?x=2')).toBe(false)
    links.withdraw('https://id.example.org/auth?x=1')
    expect(links.has('https://id.example.org/auth?x=1')).toBe(false)
  })
})

describe('addresses in the shipped documents', () => {
  const docs = mkdtempSync(join(tmpdir(), 'authdesk-help-'))
  beforeAll(() => {
    for (const id of helpIds) {
      const file = join(docs, `${id}.md`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, id === 'README' ? 'See [RFC 8252](https://rfc.example.org/8252).' : '')
    }
  })
  afterAll(() => rmSync(docs, { recursive: true }))

  it('are open as a whole only', async () => {
    expect(await isInHelp(docs, 'https://rfc.example.org/8252')).toBe(true)
    expect(await isInHelp(docs, 'https://rfc.example.org/8252?leak=1')).toBe(false)
    expect(await isInHelp(docs, 'https://rfc.example.org/')).toBe(false)
  })
})

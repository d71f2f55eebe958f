import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authMethods } from '../../../src-main/contract/app'
import { modeTable } from '../../../src-main/core/auth/mode-table'

const file = join(import.meta.dirname, '../../../docs/admin/configuration/AUTH_METHODS.md')

const rows = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const method = authMethods.find((each) => cells[1] === `\`${each}\``)
    return method && cells.length === 7 ? [{ method, cells: cells.slice(2, 6) }] : []
  })

const told = (ways: readonly string[]) => ways.join(' or ') || 'no'

describe('the table of modes', () => {
  it('has every mode once, and says of each what the rules of sign-in say', () => {
    expect(rows).toEqual(
      modeTable().map(({ method, local, ldap, oidc, nobody }) => ({
        method,
        cells: [local, ldap, oidc, nobody].map(told),
      })),
    )
  })
})

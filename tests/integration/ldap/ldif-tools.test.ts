import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf, type Entry } from '../../../src-main/core/ldap/entry'
import { readLdif } from '../../../src-main/core/ldap/ldif'
import { startSlapd, type Slapd } from '../../support/slapd'

const run = promisify(execFile)
let slapd: Slapd
beforeAll(async () => {
  slapd = await startSlapd({ tls: 'none' })
})
afterAll(() => slapd.stop())

async function read(text: string): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readLdif([text])) entries.push(entry)
  return entries
}
const pat = (entries: readonly Entry[]) => {
  const found = entries.find((entry) => textsOf(entry, 'uid').includes('pat'))
  return found && { dn: found.dn, cn: textsOf(found, 'cn'), groups: textsOf(found, 'memberOf') }
}

test('what slapcat and ldapsearch write of a real directory is read, and no password stays', async () => {
  const dumped = await slapd.slapcat()
  expect(dumped).toContain('userPassword::')
  const whole = await read(dumped)
  const args = [
    '-x',
    '-H',
    `ldap://127.0.0.1:${slapd.ldapPort}`,
    '-D',
    slapd.bindDn,
    '-w',
    slapd.bindPassword,
  ]
  const { stdout } = await run('ldapsearch', [...args, '-b', slapd.baseDn, '*', '+'])
  const searched = await read(stdout)
  expect(pat(whole)).toEqual({
    dn: `cn=O'Neil\\2C Pat \\2B (x*\\5C),ou=people,${slapd.baseDn}`,
    cn: ["O'Neil, Pat + (x*\\)"],
    groups: [`cn=staff,ou=groups,${slapd.baseDn}`],
  })
  expect(pat(searched)).toEqual(pat(whole))
  expect(searched.length).toBeGreaterThan(20)
  const names = new Set(whole.map(({ dn }) => dn))
  expect(searched.filter(({ dn }) => !names.has(dn))).toEqual([])
  const attributes = [...whole, ...searched].flatMap((entry) => [...entry.attributes.keys()])
  expect(attributes.filter((name) => /password|pwdhistory/.test(name))).toEqual([])
})

import { expect, test } from 'vitest'
import { configText } from '../../../src-main/hosts/cli/config'
import { createStyle } from '../../../src-main/hosts/cli/output'
import { bindPassword, ldap, load } from './load'

const broken = (filter: string) =>
  load(`${ldap}\nLDAP_USER_FILTER='${filter}'\n`, bindPassword).findings.filter(
    ({ code }) => code === 'LDAP_FILTER_SYNTAX',
  )

test('a filter with a fault is found with the place, the reason and what was probably meant', () => {
  expect(broken('(&(mail=*)(cn=x)')).toEqual([
    {
      code: 'LDAP_FILTER_SYNTAX',
      severity: 'error',
      setting: 'LDAP_USER_FILTER',
      message: 'LDAP_USER_FILTER is “(&(mail=*)(cn=x)”, which is no filter. At character 17: “)” is missing.',
      next: 'Perhaps meant: (&(mail=*)(cn=x))',
      written: null,
      line: null,
      fault: { value: '(&(mail=*)(cn=x)', position: 16, proposal: '(&(mail=*)(cn=x))' },
    },
  ])
  expect(broken('(=x)')[0]).toMatchObject({ next: 'Correct the filter there.', fault: { proposal: null } })
  expect(broken('(&(mail=*)(cn=x))')).toEqual([])
})

test('config check shows a caret below the fault, of a long filter only what is around it', () => {
  const text = (filter: string) =>
    configText(
      { ok: false, method: 'ldap', file: null, settings: [], findings: broken(filter) },
      createStyle('off'),
    )
  expect(text('(uid=a)(b=c)')).toContain('      (uid=a)(b=c)\n             ^\n')
  const [line = '', caret = ''] = text(`${'(&(a=1)'.repeat(20)}(b=\\x)`)
    .split('\n')
    .filter((each) => each.startsWith('      '))
  expect(line.length).toBeLessThanOrEqual(76)
  expect(line.charAt(caret.indexOf('^'))).toBe('\\')
})

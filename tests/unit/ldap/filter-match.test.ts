import { expect, test } from 'vitest'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { matches } from '../../../src-main/core/ldap/filter-match'
import { parseFilter } from '../../../src-main/core/ldap/filter-parser'

const entry: Entry = {
  dn: 'uid=ada,ou=people,dc=test',
  attributes: new Map(
    Object.entries({
      objectclass: ['top', 'inetOrgPerson'],
      uid: ['ada'],
      cn: ['Ada  Lovelace', 'Countess'],
      'description;lang-de': ['Gräfin'],
      member: ['CN=Staff, OU=Groups,DC=Test'],
      useraccountcontrol: ['514'],
      uidnumber: ['1000'],
      empty: [''],
    }).map(([name, values]) => [name, values.map((value) => Buffer.from(value))]),
  ),
}

test.each([
  ['(uid=ada)', true],
  ['(UID=ADA)', true],
  ['(uid=grace)', false],
  ['(cn=ada lovelace)', true],
  ['(cn~=countess)', true],
  ['(objectClass=inetorgperson)', true],
  ['(description=Gräfin)', true],
  ['(member=cn=staff,ou=groups,dc=test)', true],
  ['(member=cn=staff,ou=groups,dc=other)', false],
  ['(mail=*)', false],
  ['(uid=*)', true],
  ['(!(mail=*))', true],
  ['(!(uid=ada))', false],
  ['(&)', true],
  ['(|)', false],
  ['(&(uid=ada)(cn=countess))', true],
  ['(|(uid=x)(cn=countess))', true],
  ['(cn=*love*)', true],
  ['(cn=ada*lace)', true],
  ['(cn=ada*love*lace)', true],
  ['(cn=*ess*ess)', false],
  ['(cn=*lace*love*)', false],
  ['(uidNumber>=1000)', true],
  ['(uidNumber>=999)', true],
  ['(uidNumber<=20)', false],
  ['(uid>=ac)', true],
  ['(uid<=ac)', false],
  ['(userAccountControl:1.2.840.113556.1.4.803:=2)', true],
  ['(userAccountControl:1.2.840.113556.1.4.803:=3)', false],
  ['(userAccountControl:1.2.840.113556.1.4.804:=3)', true],
  ['(cn:caseIgnoreMatch:=countess)', true],
  ['(:caseIgnoreMatch:=countess)', false],
])('%s is %s', (filter, expected) => {
  expect(matches(entry, parseFilter(filter))).toBe(expected)
})

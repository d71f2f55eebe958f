import { expect, test } from 'vitest'
import type { DirectoryKind } from '../../../src-main/contract/ldap'
import { identify } from '../../../src-main/core/ldap/directory-kind'
import { directoryPresets } from '../../../src-renderer/features/drafts/presets'

type Values = Readonly<Record<string, readonly string[]>>

const domain: Values = {
  namingContexts: [
    'DC=corp,DC=example',
    'CN=Configuration,DC=corp,DC=example',
    'CN=Schema,CN=Configuration,DC=corp,DC=example',
    'DC=DomainDnsZones,DC=corp,DC=example',
  ],
  defaultNamingContext: ['DC=corp,DC=example'],
  rootDomainNamingContext: ['DC=corp,DC=example'],
  domainFunctionality: ['7'],
}
const capabilities = ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670', '1.2.840.113556.1.4.1791']
const ds: Values = {
  objectClass: ['top'],
  vendorName: ['389 Project'],
  vendorVersion: ['389-Directory/2.4.5 B2024.016.0000'],
  namingContexts: ['dc=example,dc=test'],
}

test.each<[string, Values, readonly [DirectoryKind, string | null]]>([
  [
    'Windows Server',
    { ...domain, supportedCapabilities: capabilities },
    ['activeDirectory', 'Active Directory'],
  ],
  ['Windows Server that hides its capabilities', domain, ['activeDirectory', 'Active Directory']],
  [
    'Samba as a domain controller',
    { ...domain, supportedCapabilities: capabilities, vendorName: ['Samba Team (https://www.samba.org)'] },
    ['activeDirectory', 'Active Directory (Samba Team (https://www.samba.org))'],
  ],
  [
    'AD LDS, which is no domain',
    {
      supportedCapabilities: ['1.2.840.113556.1.4.1851', '1.2.840.113556.1.4.1670'],
      namingContexts: ['CN=App'],
    },
    ['other', null],
  ],
  [
    'slapd 2.5',
    { objectClass: ['top', 'OpenLDAProotDSE'], structuralObjectClass: ['OpenLDAProotDSE'] },
    ['openldap', 'OpenLDAP'],
  ],
  [
    'slapd that shows only its structural class',
    { structuralObjectClass: ['openldaprootdse'] },
    ['openldap', 'OpenLDAP'],
  ],
  ['389 DS', ds, ['389ds', '389 Directory Server (389 Project 389-Directory/2.4.5 B2024.016.0000)']],
  [
    'Red Hat Directory Server',
    { vendorName: ['Red Hat, Inc.'], vendorVersion: ['Red Hat-Directory/10.1'] },
    ['389ds', '389 Directory Server (Red Hat, Inc. Red Hat-Directory/10.1)'],
  ],
  [
    'FreeIPA by its topology plug-in',
    { ...ds, ipaTopologyPluginVersion: ['1.0'] },
    ['freeipa', 'FreeIPA (389 Project 389-Directory/2.4.5 B2024.016.0000)'],
  ],
  [
    'FreeIPA by its operations',
    { ...ds, supportedExtension: ['1.3.6.1.4.1.1466.20037', '2.16.840.1.113730.3.8.10.1'] },
    ['freeipa', 'FreeIPA (389 Project 389-Directory/2.4.5 B2024.016.0000)'],
  ],
  [
    'FreeIPA by its certificate authority',
    { ...ds, namingContexts: ['cn=changelog', 'dc=ipa,dc=example', 'O=ipaca'] },
    ['freeipa', 'FreeIPA (389 Project 389-Directory/2.4.5 B2024.016.0000)'],
  ],
  [
    'lldap',
    { objectClass: ['top'], vendorName: ['LLDAP'], vendorVersion: ['lldap_0.6.1'] },
    ['lldap', 'lldap (LLDAP lldap_0.6.1)'],
  ],
  ['another vendor', { vendorName: ['Example Corp'], vendorVersion: ['9'] }, ['other', 'Example Corp 9']],
  ['a directory that says nothing', { namingContexts: ['dc=test'] }, ['other', null]],
])('%s', (_name, values, [kind, product]) => {
  const attributes = Object.entries(values).map(
    ([name, all]) => [name.toLowerCase(), all.map((one) => Buffer.from(one))] as const,
  )
  expect(identify({ dn: '', attributes: new Map(attributes) })).toEqual({ kind, product })
})

test('every kind that is recognised has its preset', () => {
  expect(directoryPresets.map(({ id }) => id).sort()).toEqual([
    '389ds',
    'activeDirectory',
    'freeipa',
    'lldap',
    'openldap',
  ])
})

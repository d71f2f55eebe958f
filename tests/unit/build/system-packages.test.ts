import { describe, expect, it } from 'vitest'
import { parseInstalled, systemFamily } from '../../../build/provision/package-manager.mjs'
import { installAdvice, neededSets } from '../../../build/provision/system-check.mjs'
import { systemPackages } from '../../../build/system-packages.mjs'

describe('the list of system packages', () => {
  it('names each package once and in every manager’s words', () => {
    const names = systemPackages.flatMap((item) => item.debian)
    expect(new Set(names).size).toBe(names.length)
    for (const item of systemPackages) {
      expect([item.debian[0], item.fedora, item.arch, item.library ?? item.command?.[0]]).not.toContain(
        undefined,
      )
    }
  })

  it('asks for a display only where there is none, and always for the tests', () => {
    expect(neededSets('run', { DISPLAY: ':0' })).toEqual(new Set(['run']))
    expect(neededSets('run', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(new Set(['run']))
    expect(neededSets('run', { DISPLAY: '' })).toEqual(new Set(['run', 'display']))
    expect(neededSets('test', { DISPLAY: ':0' })).toEqual(new Set(['run', 'display', 'test']))
  })
})

describe('systemFamily', () => {
  it.each([
    ['linux', 'ID=debian\nVERSION_ID="12"', 'debian'],
    ['linux', 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', 'debian'],
    ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"', 'fedora'],
    ['linux', 'ID=arch', 'arch'],
    ['linux', 'ID=nixos', 'linux'],
    ['linux', '', 'linux'],
    ['darwin', '', 'darwin'],
    ['win32', '', 'win32'],
  ] as const)('%s with %j is %s', (platform, osRelease, family) => {
    expect(systemFamily(platform, osRelease)).toBe(family)
  })
})

describe('parseInstalled', () => {
  it('does not take a removed package for an installed one', () => {
    expect(parseInstalled('libnss3 installed\nslapd config-files\nxvfb not-installed\n')).toEqual(
      new Set(['libnss3']),
    )
  })

  it('reads pacman’s versions', () => {
    expect(parseInstalled('gtk3 1:3.24.43-4\nmesa 24.2-1\n')).toEqual(new Set(['gtk3', 'mesa']))
  })
})

describe('installAdvice', () => {
  const missing = [{ what: 'a virtual display' }]

  it('gives the exact line for Debian', () => {
    expect(installAdvice({ family: 'debian', names: ['xvfb', 'libgbm1'], missing })).toContain(
      '\n  sudo apt-get install --no-install-recommends xvfb libgbm1',
    )
  })

  it('keeps Debian from starting a directory server', () => {
    expect(installAdvice({ family: 'debian', names: ['slapd'], missing })).toMatch(
      /no_configuration boolean true" \| sudo debconf-set-selections\n {2}sudo apt-get install --no-install-recommends slapd/,
    )
  })

  it('speaks the words of other systems', () => {
    expect(installAdvice({ family: 'fedora', names: ['nss'], missing })).toContain('sudo dnf install nss')
    expect(installAdvice({ family: 'arch', names: ['nss'], missing })).toContain(
      'sudo pacman -S --needed nss',
    )
    expect(installAdvice({ family: 'linux', names: ['libnss3'], missing })).toContain(
      "the names are Debian's",
    )
  })
})

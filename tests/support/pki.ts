import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const serverCertificates = [
  'good',
  'wrong-name',
  'wrong-ca',
  'expired',
  'not-yet-valid',
  'missing-intermediate',
  'full-chain',
  'self-signed',
] as const
export type ServerCertificate = (typeof serverCertificates)[number]

/** Files of one server's identity; `ca` is what a client must trust for the good ones. */
export interface ServerFiles {
  readonly cert: string
  readonly key: string
}

export interface Pki {
  /** The certificate authority that the client under test trusts. */
  readonly caFile: string
  /** Another authority, which nobody trusts. */
  readonly otherCaFile: string
  readonly server: (kind: ServerCertificate) => ServerFiles
  readonly remove: () => void
}

interface Authority extends ServerFiles {
  readonly folder: string
}

interface Issue {
  readonly issuer: Authority
  readonly subject: string
  readonly extensions: string
  readonly from?: string
  readonly to?: string
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
const goodNames = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
const leaf = (names: string): string =>
  `basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n${names}\n`
const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

function prepare(folder: string): Authority {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'serial'), '1000\n')
  writeFileSync(
    join(folder, 'openssl.cnf'),
    [
      '[ca]',
      'default_ca=one',
      '[one]',
      `database=${folder}/index.txt`,
      `serial=${folder}/serial`,
      `new_certs_dir=${folder}`,
      'default_md=sha256',
      'default_days=30',
      'unique_subject=no',
      'policy=any',
      '[any]',
      'organizationName=optional',
      'commonName=supplied',
      '',
    ].join('\n'),
  )
  return { folder, cert: join(folder, 'ca.pem'), key: join(folder, 'ca.key') }
}

function createAuthority(folder: string, subject: string): Authority {
  const made = prepare(folder)
  openssl([
    ...['req', '-x509', ...newKey, '-days', '30', '-subj', subject, '-keyout', made.key, '-out', made.cert],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ])
  return made
}

function issue(target: ServerFiles, what: Issue): void {
  const request = `${target.cert}.csr`
  const extensions = `${target.cert}.ext`
  const { folder, cert, key } = what.issuer
  writeFileSync(extensions, what.extensions)
  openssl(['req', '-new', ...newKey, '-subj', what.subject, '-keyout', target.key, '-out', request])
  openssl([
    ...['ca', '-batch', '-notext', '-config', join(folder, 'openssl.cnf'), '-cert', cert, '-keyfile', key],
    ...['-in', request, '-out', target.cert, '-extfile', extensions],
    ...(what.from === undefined ? [] : ['-startdate', what.from]),
    ...(what.to === undefined ? [] : ['-enddate', what.to]),
  ])
}

/** A certificate authority of the tests' own, with servers that are good or wrong in one way each. */
export function createPki(): Pki {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-pki-'))
  const root = createAuthority(join(folder, 'root'), '/O=Authdesk Tests/CN=Authdesk Test Root')
  const other = createAuthority(join(folder, 'other'), '/O=Somebody Else/CN=Other Test Root')
  const made = new Map<ServerCertificate, ServerFiles>()

  const createIntermediate = (): Authority => {
    const intermediate = prepare(join(folder, 'intermediate'))
    const subject = '/O=Authdesk Tests/CN=Authdesk Test Intermediate'
    issue(intermediate, { issuer: root, subject, extensions: authority })
    return intermediate
  }

  const make = (kind: ServerCertificate): ServerFiles => {
    const files = { cert: join(folder, `${kind}.pem`), key: join(folder, `${kind}.key`) }
    const subject = '/O=Authdesk Tests/CN=localhost'
    const good = { issuer: root, subject, extensions: leaf(goodNames) }
    const plans: Record<ServerCertificate, () => void> = {
      good: () => issue(files, good),
      'wrong-name': () =>
        issue(files, {
          ...good,
          subject: '/O=Authdesk Tests/CN=ldap.example.net',
          extensions: leaf('subjectAltName=DNS:ldap.example.net'),
        }),
      'wrong-ca': () => issue(files, { ...good, issuer: other }),
      expired: () => issue(files, { ...good, from: '20200101000000Z', to: '20210101000000Z' }),
      'not-yet-valid': () => issue(files, { ...good, from: '20900101000000Z', to: '20910101000000Z' }),
      'missing-intermediate': () => issue(files, { ...good, issuer: createIntermediate() }),
      'full-chain': () => {
        const intermediate = createIntermediate()
        issue(files, { ...good, issuer: intermediate })
        writeFileSync(files.cert, readFileSync(files.cert, 'utf8') + readFileSync(intermediate.cert, 'utf8'))
      },
      'self-signed': () =>
        openssl([
          ...['req', '-x509', ...newKey, '-days', '30', '-subj', subject, '-addext', goodNames],
          ...['-keyout', files.key, '-out', files.cert],
        ]),
    }
    plans[kind]()
    return files
  }

  return {
    caFile: root.cert,
    otherCaFile: other.cert,
    server: (kind) => {
      const known = made.get(kind)
      if (known) return known
      const files = make(kind)
      made.set(kind, files)
      return files
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

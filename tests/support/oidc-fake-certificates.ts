import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FakeCertificate {
  readonly key: string
  readonly cert: string
}

export interface FakeAuthority {
  /** A file with the root's certificate, as OIDC_CA_BUNDLE wants it. */
  readonly caFile: string
  readonly good: FakeCertificate
  readonly wrongName: FakeCertificate
  readonly expired: FakeCertificate
  readonly notYetValid: FakeCertificate
  readonly selfSigned: FakeCertificate
  readonly weak: FakeCertificate
  /** Issued by an intermediate; `chain` sends it along, `alone` forgets it. */
  readonly intermediate: { readonly alone: FakeCertificate; readonly chain: FakeCertificate }
  readonly remove: () => void
}

/** A certificate authority of the test's own, with every mistake a server's certificate can have. */
export function createAuthority(): FakeAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-oidc-ca-'))
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  writeFileSync(join(folder, 'ca.cnf'), caConfig)
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'serial'), '01\n')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

  function root(name: string, subject: string): void {
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      subject,
      '-days',
      '30',
    )
  }
  function issue(name: string, options: IssueOptions): FakeCertificate {
    const make = options.newKey ?? key
    openssl('req', ...make, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', options.subject)
    const extensions = join(folder, `${name}.ext`)
    writeFileSync(extensions, options.extensions)
    const by = options.by ?? 'root'
    openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-in', `${name}.csr`, '-out', `${name}.crt`],
      ...['-cert', `${by}.crt`, '-keyfile', `${by}.key`, '-extfile', extensions],
      ...['-startdate', options.from ?? daysFromNow(-1), '-enddate', options.until ?? daysFromNow(20)],
    )
    return { key: read(`${name}.key`), cert: read(`${name}.crt`) }
  }

  root('root', '/O=Authdesk Tests/CN=Test Root')
  const here = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1'
  const subject = '/CN=provider'
  issue('middle', {
    subject: '/O=Authdesk Tests/CN=Test Intermediate',
    extensions: 'basicConstraints=critical,CA:TRUE',
  })
  const alone = issue('leaf', { subject, extensions: here, by: 'middle' })
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'self.key', '-out', 'self.crt', '-subj', '/CN=self'],
    ...['-days', '30', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=CA:FALSE'],
  )
  return {
    caFile: join(folder, 'root.crt'),
    good: issue('good', { subject, extensions: here }),
    wrongName: issue('wrong', { subject, extensions: 'subjectAltName=DNS:elsewhere.example' }),
    expired: issue('expired', { subject, extensions: here, from: daysFromNow(-20), until: daysFromNow(-10) }),
    notYetValid: issue('early', { subject, extensions: here, from: daysFromNow(5) }),
    selfSigned: { key: read('self.key'), cert: read('self.crt') },
    weak: issue('weak', { subject, extensions: here, newKey: ['-newkey', 'rsa:1024', '-nodes'] }),
    intermediate: { alone, chain: { key: alone.key, cert: alone.cert + read('middle.crt') } },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface IssueOptions {
  readonly subject: string
  readonly extensions: string
  readonly by?: string
  readonly from?: string
  readonly until?: string
  readonly newKey?: readonly string[]
}

const caConfig = `[ca]
default_ca=own
[own]
database=index.txt
serial=serial
new_certs_dir=.
default_md=sha256
default_days=20
policy=any
unique_subject=no
[any]
commonName=supplied
organizationName=optional
`

function daysFromNow(days: number): string {
  const time = new Date(Date.now() + days * 86_400_000).toISOString()
  return `${time.replace(/[-:T]/g, '').slice(0, 14)}Z`
}

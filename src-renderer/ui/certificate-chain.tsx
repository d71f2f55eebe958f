import { useTranslation } from 'react-i18next'
import type { ChainPicture, PicturedCertificate } from '../../src-main/contract/chain'
import classes from './certificate-chain.module.css'
import { Chip } from './chip'
import { CodeChip } from './code-chip'
import { Mono } from './mono'
import { exactTime } from './relative-time'

/** A server's certificates from the root down to its own, each with where it came from and what is wrong with it. */
export function CertificateChain({ chain }: { readonly chain: ChainPicture }) {
  const { t } = useTranslation()
  const { certificates, missing, expectedName } = chain
  return (
    <ol className={classes.chain} aria-label={t('chain.label')}>
      {missing !== null && (
        <li className={classes.link} data-missing>
          <div className={classes.head}>
            <span className={classes.role}>{t('chain.missing')}</span>
            <Chip tone="bad">{t('chain.notSent')}</Chip>
          </div>
          <Mono text={missing.subject} copy={t('chain.missing')} />
          {missing.address !== null && (
            <p className={classes.line}>
              {t('chain.address')} <Mono text={missing.address} copy={t('chain.address')} />
            </p>
          )}
        </li>
      )}
      {[...certificates].reverse().map((certificate) => (
        <Certificate key={certificate.fingerprint} certificate={certificate} expectedName={expectedName} />
      ))}
    </ol>
  )
}

interface CertificateProps {
  readonly certificate: PicturedCertificate
  readonly expectedName: string
}

function Certificate({ certificate, expectedName }: CertificateProps) {
  const { t, i18n } = useTranslation()
  const { role, subject, names, validFrom, validTo, fingerprint, sent, trusted, faults } = certificate
  const day = (at: string) => exactTime(at, i18n.language)
  return (
    <li className={classes.link} data-role={role} data-fault={faults.length > 0}>
      <div className={classes.head}>
        <span className={classes.role}>{t(`chain.role.${role}`)}</span>
        <Chip tone={sent ? 'quiet' : 'good'}>{t(sent ? 'chain.sent' : 'chain.added')}</Chip>
        {trusted !== null && <Chip tone="good">{t(`chain.trusted.${trusted}`)}</Chip>}
        {faults.map((code) => (
          <CodeChip key={code} code={code} tone="bad" />
        ))}
      </div>
      <Mono text={subject} />
      {role === 'server' && (
        <p className={classes.line}>
          {t('chain.names', { name: expectedName })} <Mono text={names.join(', ') || t('common.none')} />
        </p>
      )}
      <p className={classes.line}>{t('chain.valid', { from: day(validFrom), to: day(validTo) })}</p>
      <p className={classes.line}>
        <Mono text={fingerprint} copy={t('chain.fingerprint')} />
      </p>
    </li>
  )
}

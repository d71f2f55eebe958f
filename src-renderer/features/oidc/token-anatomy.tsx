import { useTranslation } from 'react-i18next'
import type { TokenAnatomy as Anatomy } from '../../../src-main/contract/oidc-login'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'

/** The checked ID token in its parts: how it is signed, by whom and for whom it is, and its times. */
export function TokenAnatomy({ token }: { readonly token: Anatomy }) {
  const { t } = useTranslation()
  return (
    <Section title={t('oidc.token.title')}>
      <Facts>
        {token.header.map(({ label, value }) => (
          <Fact key={label} label={t('oidc.token.header', { name: label })}>
            <Mono text={value} />
          </Fact>
        ))}
        <Fact label={t('oidc.token.issuer')}>
          <Mono text={token.issuer} />
        </Fact>
        <Fact label={t('oidc.token.subject')}>
          <Mono text={token.subject} />
        </Fact>
        <Fact label={t('oidc.token.audience')}>
          <Mono text={token.audience.join(', ')} />
        </Fact>
        {token.party !== null && (
          <Fact label={t('oidc.token.party')}>
            <Mono text={token.party} />
          </Fact>
        )}
        {token.times.map(({ claim, at, seconds }) => (
          <Fact key={claim} label={t(`oidc.token.times.${claim}`)}>
            {t(seconds > 0 ? 'oidc.token.in' : 'oidc.token.ago', { at, seconds: Math.abs(seconds) })}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

import { useTranslation } from 'react-i18next'
import type { ProviderProduct } from '../../../src-main/contract/oidc-product'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'

/** What kind of provider it is, where to register at it, and what it is known not to do. */
export function ProviderCard({ product }: { readonly product: ProviderProduct }) {
  const { t } = useTranslation()
  return (
    <Section title={product.name}>
      <p className={classes.hint}>{product.register}</p>
      {product.limits.length > 0 && (
        <ul className={classes.limits} aria-label={t('oidc.limits')}>
          {product.limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}

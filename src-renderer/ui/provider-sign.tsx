import { IconBinaryTree, IconKey, IconWorld } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuthProvider } from '../../src-main/contract/app'
import classes from './signs.module.css'

const icons = { local: IconKey, oidc: IconWorld, ldap: IconBinaryTree } as const

/** Only the picture, for places that say the word themselves. */
export function ProviderIcon({
  provider,
  size = 16,
}: {
  readonly provider: AuthProvider
  readonly size?: number
}) {
  const Icon = icons[provider]
  return <Icon size={size} stroke={1.75} color={`var(--desk-${provider})`} aria-hidden />
}

/** Blue key, violet globe or teal tree, always with its word. */
export function ProviderSign({ provider }: { readonly provider: AuthProvider }) {
  const { t } = useTranslation()
  return (
    <span className={classes.sign} data-provider={provider}>
      <ProviderIcon provider={provider} />
      {t(`providers.${provider}`)}
    </span>
  )
}

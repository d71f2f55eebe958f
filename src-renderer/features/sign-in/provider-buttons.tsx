import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SignInOptions } from '../../../src-main/contract/session'
import type { ApiError } from '../../api/api-error'
import { FormError } from '../../ui/form-error'
import { ProviderIcon } from '../../ui/provider-sign'

type Provider = SignInOptions['providers'][number]

interface ProviderButtonsProps {
  readonly providers: readonly Provider[]
  readonly error: ApiError | null
  readonly onChoose: (provider: Provider) => void
}

/** One button per identity provider, with its name. */
export function ProviderButtons({ providers, error, onChoose }: ProviderButtonsProps) {
  const { t } = useTranslation()
  if (providers.length === 0) return null
  return (
    <Stack gap="xs">
      {providers.map((provider) => (
        <Button
          key={provider.slug}
          variant="default"
          fullWidth
          h={36}
          leftSection={<ProviderIcon provider="oidc" size={18} />}
          onClick={() => onChoose(provider)}
        >
          {t('signIn.with', { name: provider.name })}
        </Button>
      ))}
      <FormError error={error} />
    </Stack>
  )
}

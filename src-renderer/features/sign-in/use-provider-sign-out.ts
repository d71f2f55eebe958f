import { useEffect } from 'react'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { subscribeTo } from '../../api/subscribe-to'

/** After a sign-out: whether the provider's own one is open in the browser, or why nobody is signed out there. */
export function useProviderSignOut(): void {
  const { t } = useTranslation()
  useEffect(
    () =>
      subscribeTo('session.providerSignOut', ({ provider: name, error }) => {
        if (error === null) notifications.show({ message: t('providerSignOut.opened', { name }) })
        else
          notifications.show({
            ...{ color: 'yellow', title: t('providerSignOut.failed', { name }) },
            ...{ message: error.message, autoClose: false },
          })
      }),
    [t],
  )
}

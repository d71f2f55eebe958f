import { MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import type { i18n as I18n } from 'i18next'
import { I18nextProvider } from 'react-i18next'
import { Router } from 'wouter'
import { useApi } from './api/use-api'
import { Root } from './features/shell/root'
import { useHashPath, useHashSearch } from './state/hash-location'
import { cssVariables, theme } from './ui/theme'

interface AppProps {
  readonly client: QueryClient
  readonly i18n: I18n
}

/** The window: cache, texts, address, then theme and pages. */
export function App({ client, i18n }: AppProps) {
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={i18n}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Themed />
        </Router>
      </I18nextProvider>
    </QueryClientProvider>
  )
}

function Themed() {
  const preferences = useApi('app.preferences', {})
  const system = useColorScheme('light', { getInitialValueInEffect: false })
  const wanted = preferences.data?.colorScheme ?? 'auto'
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={wanted === 'auto' ? system : wanted}
    >
      <Notifications position="top-center" autoClose={6000} />
      {!preferences.isPending && <Root />}
    </MantineProvider>
  )
}

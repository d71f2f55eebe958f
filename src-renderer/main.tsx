import './api/zod-without-eval'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/kit.css'
import './ui/global.css'
import { connectEvents } from './api/connect-events'
import { createQueryClient } from './api/query-client'
import { App } from './app'
import { createI18n } from './locales/i18n'

const client = createQueryClient()
connectEvents(client)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App client={client} i18n={createI18n()} />
  </StrictMode>,
)

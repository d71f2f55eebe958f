import { useState, type KeyboardEvent } from 'react'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import {
  IconArrowRight,
  IconLock,
  IconLogout,
  IconMoon,
  IconSearch,
  IconStack2,
  IconSun,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { useAllows, useStatus } from '../../api/use-status'
import { useExamined } from '../../state/examined-store'
import { navigate } from '../../state/hash-location'
import { leave } from '../../state/unsaved'
import { navigationPages } from '../../state/page-route'
import { usersAddress } from '../../state/users-route'
import { ProviderIcon } from '../../ui/provider-sign'
import { useProfiles } from '../profiles/use-profiles'
import { useLock } from './use-lock'
import { useSignOut } from './use-sign-out'
import { useTheme } from './use-theme'

interface PaletteAction {
  readonly id: string
  readonly label: string
  readonly icon: typeof IconArrowRight
  readonly run: () => void
}

function usePages(): readonly PaletteAction[] {
  const { t } = useTranslation()
  const allows = useAllows()
  const pages = navigationPages
    .filter(({ permission }) => allows(permission))
    .map(({ id, path }) => ({ id, label: t(`pages.${id}`), path }))
  return [
    ...pages,
    { id: 'account', label: t('pages.account'), path: '/account' },
    { id: 'help', label: t('pages.help'), path: '/help' },
  ].map(({ id, label, path }) => ({ id, label, icon: IconArrowRight, run: () => navigate(path) }))
}

/** Every profile but the one that is looked at. */
function useProfileActions(): readonly PaletteAction[] {
  const { t } = useTranslation()
  const governing = useStatus().profile.name
  const { name: examined, examine } = useExamined()
  const profiles = useProfiles().data?.profiles ?? []
  return profiles
    .filter(({ name }) => name !== (examined ?? governing))
    .map(({ name, governs }) => ({
      id: `profile-${name}`,
      label: t('profiles.examine', { name }),
      icon: IconStack2,
      run: () => leave(() => examine(governs ? null : name)),
    }))
}

function useActions(): readonly PaletteAction[] {
  const { t } = useTranslation()
  const { setTheme } = useTheme()
  const { signOut } = useSignOut()
  const { lock } = useLock()
  const themeTo = (theme: 'light' | 'dark') => t('palette.themeTo', { theme: t(`palette.${theme}`) })
  return [
    { id: 'light', label: themeTo('light'), icon: IconSun, run: () => setTheme('light') },
    { id: 'dark', label: themeTo('dark'), icon: IconMoon, run: () => setTheme('dark') },
    { id: 'lock', label: t('frame.lock'), icon: IconLock, run: lock },
    { id: 'sign-out', label: t('frame.signOut'), icon: IconLogout, run: signOut },
  ]
}

/** Ctrl/Cmd+K: pages, accounts by name, and the few things that can be done from anywhere. */
export function Palette() {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [search] = useDebouncedValue(query.trim(), 150)
  const allows = useAllows()
  const accounts = useApi(
    'users.list',
    { search, limit: 8 },
    { enabled: search !== '' && allows('users:read'), meanwhile: 'previous' },
  )
  const matches = ({ label }: PaletteAction) => label.toLowerCase().includes(query.trim().toLowerCase())
  const pages = usePages().filter(matches)
  const actions = [...useProfileActions(), ...useActions()].filter(matches)
  const users = search === '' || query.trim() === '' ? [] : (accounts.data?.users ?? [])
  const nothing = pages.length + actions.length + users.length === 0
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      tagsToIgnore={[]}
      scrollable
      overlayProps={{ blur: 0 }}
      maxHeight={440}
      transitionProps={{ duration: 120 }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch size={18} aria-hidden />}
        onKeyDown={takeFirst}
      />
      <Spotlight.ActionsList>
        <PaletteGroup label={t('palette.pages')} actions={pages} />
        {users.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.accounts')}>
            {users.map((user) => (
              <Spotlight.Action
                key={user.id}
                label={user.username}
                description={[user.fullName, user.email].filter((part) => part !== null).join(' · ')}
                leftSection={<ProviderIcon provider={user.authProvider} />}
                onClick={() => navigate(usersAddress({ user: user.id, focus: true }))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        <PaletteGroup label={t('palette.actions')} actions={actions} />
        {nothing && !accounts.isFetching && (
          <Spotlight.Empty>{t('palette.nothing', { query: query.trim() })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Enter without a choice takes the first entry. */
function takeFirst(event: KeyboardEvent): void {
  if (event.key !== 'Enter') return
  const list = event.currentTarget.closest('[role=dialog]')
  if (list?.querySelector('[data-action][data-selected]')) return
  list?.querySelector<HTMLElement>('[data-action]')?.click()
}

interface PaletteGroupProps {
  readonly label: string
  readonly actions: readonly PaletteAction[]
}

function PaletteGroup({ label, actions }: PaletteGroupProps) {
  if (actions.length === 0) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {actions.map(({ id, label: name, icon: ActionIcon, run }) => (
        <Spotlight.Action
          key={id}
          label={name}
          leftSection={<ActionIcon size={16} aria-hidden />}
          onClick={run}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

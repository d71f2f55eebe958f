import { useRef, useState } from 'react'
import { Button, Group } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { Page } from '../../ui/page'
import { CreateAccountDialog } from './create-account-dialog'
import { ImportDialog } from './import-dialog'
import { ManyBar } from './many-bar'
import { UserDrawer } from './user-drawer'
import { UserFilters } from './user-filters'
import { UserTable } from './user-table'
import { filterOf, useUsers } from './use-users'
import { useUsersRoute } from './use-users-route'
import classes from './users.module.css'

/** Everyone who can sign in: search, filters with counts, the table, and one account beside it. */
export function UsersPage() {
  const { t } = useTranslation()
  const allows = useAllows()
  const { route, change } = useUsersRoute()
  const list = useUsers(route)
  const facets = useApi('users.facets', filterOf(route), { meanwhile: 'previous' })
  const [creating, setCreating] = useState(false)
  const [importing, setImporting] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const grid = useRef<HTMLDivElement>(null)
  const users = list.data?.users ?? []
  const total = list.data?.total ?? 0

  const closeDrawer = () => {
    change({ user: null })
    grid.current?.focus()
  }
  return (
    <Page
      title={t('pages.users')}
      purpose={t('purpose.users')}
      queries={[list, facets]}
      scroll="fill"
      action={
        allows('users:manage') && (
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} aria-hidden />}
              onClick={() => setImporting(true)}
            >
              {t('import.open')}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
              {t('users.create')}
            </Button>
          </Group>
        )
      }
    >
      {facets.data !== undefined && (
        <UserFilters
          route={route}
          facets={facets.data}
          shown={total}
          onChange={change}
          onLeave={() => grid.current?.focus()}
        />
      )}
      {allows('users:manage') && (
        <ManyBar
          chosen={chosen}
          total={total}
          filter={filterOf(route)}
          onClear={() => setChosen(new Set())}
        />
      )}
      <div className={classes.split}>
        <UserTable
          ref={grid}
          users={users}
          total={total}
          route={route}
          stale={list.isPlaceholderData}
          more={{
            has: list.hasNextPage,
            loading: list.isFetchingNextPage,
            load: () => void list.fetchNextPage(),
          }}
          chosen={allows('users:manage') ? chosen : null}
          onChoose={setChosen}
          onChange={change}
        />
        {route.user !== null && (
          <UserDrawer
            key={route.user}
            id={route.user}
            tab={route.tab}
            focus={route.focus}
            onTab={(tab) => change({ tab }, 'replace')}
            onClose={closeDrawer}
          />
        )}
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      {creating && (
        <CreateAccountDialog
          onClose={() => setCreating(false)}
          onOpen={(user) => {
            setCreating(false)
            change({ user, tab: 'account' })
          }}
        />
      )}
    </Page>
  )
}

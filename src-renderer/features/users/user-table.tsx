import { useEffect, useState, type KeyboardEvent, type Ref } from 'react'
import { useMergedRef } from '@mantine/hooks'
import { IconUserSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import type { UsersRoute } from '../../state/users-route'
import { Empty } from '../../ui/empty'
import { movedCursor } from '../../ui/moved-cursor'
import { UserRow } from './user-row'
import { UserTableHead } from './user-table-head'
import type { ChangeRoute } from './use-users-route'
import classes from './users.module.css'

const rowHeight = 36

interface UserTableProps {
  readonly ref: Ref<HTMLDivElement>
  readonly users: readonly User[]
  readonly total: number
  readonly route: UsersRoute
  readonly stale: boolean
  readonly more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
  /** The accounts chosen for what is done to many; null where nothing may be done to many. */
  readonly chosen: ReadonlySet<string> | null
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly onChange: ChangeRoute
}

/** The accounts: only the rows in view are in the document, the next page is fetched on the way down. */
export function UserTable(props: UserTableProps) {
  const { ref, users, total, route, stale, more, chosen, onChoose, onChange } = props
  const { t } = useTranslation()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [cursor, setCursor] = useState<string | null>(route.user)
  const merged = useMergedRef(ref, setScroller)
  const virtualizer = useVirtualizer({
    count: users.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const { has, loading, load } = more
  useEffect(() => {
    if (has && !loading && lastShown >= users.length - 30) load()
  }, [has, loading, load, lastShown, users.length])

  const at = users.findIndex(({ id }) => id === cursor)
  const open = (user: User) => {
    setCursor(user.id)
    onChange({ user: user.id, focus: false }, route.user === null ? 'push' : 'replace')
  }
  const toggle = (id: string) => {
    if (chosen === null) return
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Escape' && route.user !== null) onChange({ user: null })
    const current = users[at]
    if (event.key === 'Enter' && current !== undefined) open(current)
    if (event.key === ' ' && current !== undefined) toggle(current.id)
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 2)
    const next = movedCursor(event.key, at, { count: users.length, page })
    const user = next === null ? undefined : users[next]
    if (next !== null || event.key === ' ') event.preventDefault()
    if (next === null || user === undefined) return
    setCursor(user.id)
    virtualizer.scrollToIndex(next)
    if (route.user !== null) onChange({ user: user.id, focus: false }, 'replace')
  }
  return (
    <div
      ref={merged}
      className={classes.table}
      data-stale={stale}
      role="grid"
      tabIndex={0}
      aria-label={t('users.table')}
      aria-rowcount={total + 1}
      aria-describedby="users-keys"
      {...(at >= 0 && { 'aria-activedescendant': `user-${cursor ?? ''}` })}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0) setCursor(users[0]?.id ?? null)
      }}
    >
      <UserTableHead sort={route.sort} choosing={chosen !== null} onChange={onChange} />
      <span id="users-keys" hidden>
        {t('users.keys')}
      </span>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const user = users[index]
          return user === undefined ? null : (
            <UserRow
              key={user.id}
              user={user}
              index={index}
              top={start}
              state={user.id === route.user ? 'open' : user.id === cursor ? 'cursor' : 'plain'}
              chosen={chosen === null ? null : chosen.has(user.id)}
              onToggle={() => toggle(user.id)}
              onOpen={() => open(user)}
            />
          )
        })}
      </div>
      {users.length === 0 && <NoUsers route={route} />}
      {loading && <div className={classes.more}>{t('users.loadingMore')}</div>}
    </div>
  )
}

function NoUsers({ route }: { readonly route: UsersRoute }) {
  const { t } = useTranslation()
  const filtered =
    route.search !== '' || route.providers.length + route.roles.length + route.states.length > 0
  return (
    <Empty icon={IconUserSearch} title={t(filtered ? 'users.none' : 'users.empty')}>
      {filtered && <span>{t('users.noneHint')}</span>}
    </Empty>
  )
}

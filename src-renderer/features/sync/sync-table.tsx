import { useEffect, useState, type KeyboardEvent } from 'react'
import { IconListCheck } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import type { SyncRow } from '../../../src-main/contract/sync'
import type { SyncRoute } from '../../state/sync-route'
import { Empty } from '../../ui/empty'
import { movedCursor } from '../../ui/moved-cursor'
import { ChangeLine, KindSign, ReasonChip } from './sync-signs'
import classes from './sync.module.css'
import type { ChangeSync } from './use-sync'

const rowHeight = 36
const columns = ['kind', 'username', 'dn', 'changes', 'reason'] as const

interface SyncTableProps {
  readonly rows: readonly SyncRow[]
  readonly route: SyncRoute
  readonly stale: boolean
  readonly more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
  readonly onChange: ChangeSync
}

/** The entries: only those in view are in the document, the next page is fetched on the way down. */
export function SyncTable({ rows, route, stale, more, onChange }: SyncTableProps) {
  const { t } = useTranslation()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [cursor, setCursor] = useState<number | null>(route.row)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  const shown = virtualizer.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  const { has, loading, load } = more
  useEffect(() => {
    if (has && !loading && lastShown >= rows.length - 30) load()
  }, [has, loading, load, lastShown, rows.length])

  const at = rows.findIndex(({ position }) => position === cursor)
  const open = (position: number) => {
    setCursor(position)
    onChange({ row: position }, route.row === null ? 'push' : 'replace')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Escape' && route.row !== null) onChange({ row: null })
    if (event.key === 'Enter' && cursor !== null) open(cursor)
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 2)
    const next = movedCursor(event.key, at, { count: rows.length, page })
    const row = next === null ? undefined : rows[next]
    if (next === null || row === undefined) return
    event.preventDefault()
    setCursor(row.position)
    virtualizer.scrollToIndex(next)
    if (route.row !== null) onChange({ row: row.position }, 'replace')
  }
  return (
    <div
      ref={setScroller}
      className={classes.table}
      data-stale={stale}
      role="grid"
      tabIndex={0}
      aria-label={t('sync.table')}
      aria-rowcount={rows.length + 1}
      {...(at >= 0 && { 'aria-activedescendant': `sync-row-${cursor ?? ''}` })}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0) setCursor(rows[0]?.position ?? null)
      }}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          {columns.map((column) => (
            <div key={column} role="columnheader" data-column={column}>
              {t(`sync.columns.${column}`)}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const { position } = row
          return (
            <div
              key={position}
              id={`sync-row-${position}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={position === route.row}
              className={classes.row}
              data-state={position === route.row ? 'open' : position === cursor ? 'cursor' : 'plain'}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => open(position)}
            >
              <Cells row={row} />
            </div>
          )
        })}
      </div>
      {rows.length === 0 && !loading && <NoRows route={route} />}
      {loading && <div className={classes.more}>{t('users.loadingMore')}</div>}
    </div>
  )
}

function NoRows({ route }: { readonly route: SyncRoute }) {
  const { t } = useTranslation()
  const filtered = route.search !== '' || route.actions.length + route.codes.length > 0
  return <Empty icon={IconListCheck} title={t(filtered ? 'sync.noRows' : 'sync.noRowsAtAll')} />
}

function Cells({ row }: { readonly row: SyncRow }) {
  const { t } = useTranslation()
  const { action, username, dn, changes, code } = row
  return (
    <>
      <div role="gridcell" data-column="kind">
        <KindSign kind={action} />
      </div>
      <div role="gridcell" data-column="username" title={username} className={classes.strong}>
        {username}
      </div>
      <div role="gridcell" data-column="dn" title={dn} className="mono">
        {dn === '' ? <span className="dim">{t('sync.gone')}</span> : dn}
      </div>
      <div role="gridcell" data-column="changes">
        <ChangeLine changes={changes} />
      </div>
      {/* The chip opens its explanation, not the row. */}
      <div role="gridcell" data-column="reason" onClick={(event) => event.stopPropagation()}>
        {code !== null && <ReasonChip code={code} />}
      </div>
    </>
  )
}

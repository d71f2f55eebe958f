import { useEffect, useState, type KeyboardEvent } from 'react'
import { IconHistory } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import type { AuditRecordView } from '../../../src-main/contract/audit'
import type { AuditRoute } from '../../state/audit-route'
import { AnyCode } from '../../ui/code-chip'
import { Empty } from '../../ui/empty'
import { movedCursor } from '../../ui/moved-cursor'
import { Time } from '../../ui/time'
import classes from './audit.module.css'
import type { ChangeAudit } from './use-audit'

const rowHeight = 36
const columns = ['at', 'actor', 'action', 'target', 'code', 'reason'] as const

interface AuditTableProps {
  readonly records: readonly AuditRecordView[]
  readonly route: AuditRoute
  readonly stale: boolean
  readonly more: { readonly has: boolean; readonly loading: boolean; readonly load: () => void }
  readonly onChange: ChangeAudit
}

/** The records: only the rows in view are in the document, the next page is fetched on the way down. */
export function AuditTable({ records, route, stale, more, onChange }: AuditTableProps) {
  const { t } = useTranslation()
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [cursor, setCursor] = useState<number | null>(route.record)
  const virtualizer = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  const { has, loading, load } = more
  useEffect(() => {
    if (has && !loading && lastShown >= records.length - 30) load()
  }, [has, loading, load, lastShown, records.length])

  const at = records.findIndex(({ sequence }) => sequence === cursor)
  const open = (sequence: number) => {
    setCursor(sequence)
    onChange({ record: sequence }, route.record === null ? 'push' : 'replace')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Escape' && route.record !== null) onChange({ record: null })
    if (event.key === 'Enter' && cursor !== null) open(cursor)
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 2)
    const next = movedCursor(event.key, at, { count: records.length, page })
    const record = next === null ? undefined : records[next]
    if (next === null || record === undefined) return
    event.preventDefault()
    setCursor(record.sequence)
    virtualizer.scrollToIndex(next)
    if (route.record !== null) onChange({ record: record.sequence }, 'replace')
  }
  return (
    <div
      ref={setScroller}
      className={classes.table}
      data-stale={stale}
      role="grid"
      tabIndex={0}
      aria-label={t('audit.table')}
      aria-rowcount={records.length + 1}
      {...(at >= 0 && { 'aria-activedescendant': `record-${cursor ?? ''}` })}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0) setCursor(records[0]?.sequence ?? null)
      }}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          {columns.map((column) => (
            <div key={column} role="columnheader" data-column={column}>
              {t(`audit.columns.${column}`)}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const record = records[index]
          if (record === undefined) return null
          const { sequence } = record
          return (
            <div
              key={sequence}
              id={`record-${sequence}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={sequence === route.record}
              className={classes.row}
              data-state={sequence === route.record ? 'open' : sequence === cursor ? 'cursor' : 'plain'}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => open(sequence)}
            >
              <Cells record={record} />
            </div>
          )
        })}
      </div>
      {records.length === 0 && <Empty icon={IconHistory} title={t('audit.none')} />}
      {loading && <div className={classes.more}>{t('users.loadingMore')}</div>}
    </div>
  )
}

function Cells({ record }: { readonly record: AuditRecordView }) {
  const { t } = useTranslation()
  return (
    <>
      <div role="gridcell" data-column="at">
        <Time at={record.at} />
      </div>
      <div role="gridcell" data-column="actor" title={record.actor}>
        {record.actor}
      </div>
      <div role="gridcell" data-column="action" className="mono">
        {record.action}
      </div>
      <div role="gridcell" data-column="target" title={record.target ?? ''} className={classes.strong}>
        {record.target}
      </div>
      <div role="gridcell" data-column="code">
        {record.code === 'OK' ? (
          <span className="dim">{t('audit.outcomes.done')}</span>
        ) : record.code === 'INTENT' ? (
          <span className={classes.warn}>{t('audit.begun')}</span>
        ) : (
          <AnyCode code={record.code} />
        )}
      </div>
      <div role="gridcell" data-column="reason" title={record.reason ?? ''} className="dim">
        {record.reason}
      </div>
    </>
  )
}

import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconDownload, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { bulkActions, type BulkAction, type BulkTarget } from '../../../src-main/contract/accounts-bulk'
import { BulkDialog } from './bulk-dialog'
import classes from './many.module.css'
import { useExportUsers } from './use-export-users'

interface ManyBarProps {
  /** Those that were chosen by hand; none means all that the filter finds. */
  readonly chosen: ReadonlySet<string>
  readonly total: number
  readonly filter: Extract<BulkTarget, { filter: unknown }>['filter']
  readonly onClear: () => void
}

/** What can be done to the chosen accounts, or to all of the present filter. */
export function ManyBar({ chosen, total, filter, onClear }: ManyBarProps) {
  const { t } = useTranslation()
  const [action, setAction] = useState<BulkAction | null>(null)
  const exporting = useExportUsers()
  const target: BulkTarget = chosen.size > 0 ? { ids: [...chosen] } : { filter }
  const count = chosen.size > 0 ? chosen.size : total
  return (
    <div className={classes.bar} role="group" aria-label={t('many.label')}>
      <IconUsersGroup size={16} aria-hidden />
      <span>{chosen.size > 0 ? t('many.chosen', { count }) : t('many.all', { count })}</span>
      {bulkActions.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="default"
          disabled={count === 0}
          onClick={() => setAction(each)}
        >
          {t(`bulk.${each}.short`)}
        </Button>
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={exporting.isPending}
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t('audit.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exporting.start(target, 'csv')}>{t('audit.exportCsv')}</Menu.Item>
          <Menu.Item onClick={() => void exporting.start(target, 'json')}>{t('audit.exportJson')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {chosen.size > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('many.clear')}
        </Button>
      )}
      {action !== null && <BulkDialog action={action} target={target} onClose={() => setAction(null)} />}
    </div>
  )
}

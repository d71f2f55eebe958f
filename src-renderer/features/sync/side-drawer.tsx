import type { KeyboardEvent, ReactNode } from 'react'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import audit from '../audit/audit.module.css'

interface SideDrawerProps {
  readonly title: string
  readonly label: string
  readonly children: ReactNode
  readonly onClose: () => void
}

/** One thing beside its table. */
export function SideDrawer({ title, label, children, onClose }: SideDrawerProps) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    // A dialog opened from here is its child for React, though not in the page: its keys are its own.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    onClose()
  }
  return (
    <aside className={audit.drawer} aria-label={label} onKeyDown={onKeyDown}>
      <div className={audit.drawerHead}>
        <h2>{title}</h2>
        <ActionIcon aria-label={t('common.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      <div className={audit.drawerBody}>{children}</div>
    </aside>
  )
}

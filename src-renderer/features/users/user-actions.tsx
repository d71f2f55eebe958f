import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { codes } from '../../../src-main/contract/errors'
import type { UserDetail } from '../../../src-main/contract/users'
import { CodeChip } from '../../ui/code-chip'
import classes from './drawer.module.css'
import { DisableDialog } from './disable-dialog'
import { EndSessionsDialog } from './end-sessions-dialog'
import { PlainActionDialog } from './plain-action-dialog'
import { ResetPasswordDialog } from './reset-password-dialog'
import { RoleDialog } from './role-dialog'
import { useEnable } from './use-enable'

type ActionId = keyof UserDetail['actions']
const inSight: readonly ActionId[] = ['resetPassword', 'unlock', 'endSessions', 'disable', 'enable']
const inMenu: readonly ActionId[] = ['forceChange', 'setRole', 'delete']
/** Those whose refusal is worth a line; the others follow from them. */
const explained: readonly ActionId[] = ['resetPassword', 'endSessions', 'disable', 'enable']

interface UserActionsProps {
  readonly user: UserDetail
  /** Whoever came from the palette goes on with the keyboard here. */
  readonly focus: boolean
  readonly onGone: () => void
}

/** What may be done to this account; what may not is absent, with the reason in its place. */
export function UserActions({ user, focus, onGone }: UserActionsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ActionId | null>(null)
  const enable = useEnable(user)
  const may = (id: ActionId) => user.actions[id].allowed
  const refused = explained.filter((id) => !may(id) && user.actions[id].code !== null)
  const start = (id: ActionId) => (id === 'enable' ? enable() : setOpen(id))
  return (
    <div className={classes.actions} role="group" aria-label={t('drawer.actions')}>
      <div className={classes.buttons}>
        {inSight.filter(may).map((id, index) => (
          <Button
            key={id}
            variant={id === 'resetPassword' ? 'filled' : 'default'}
            autoFocus={focus && index === 0}
            onClick={() => start(id)}
          >
            {t(`drawer.${id}`)}
          </Button>
        ))}
        {inMenu.some(may) && (
          <Menu position="top-end">
            <Menu.Target>
              <Button variant="default" aria-label={t('drawer.more')} px={9}>
                <IconDots size={16} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {inMenu.filter(may).map((id) => (
                <Menu.Item key={id} {...(id === 'delete' && { color: 'red' })} onClick={() => start(id)}>
                  {t(`drawer.${id}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {refused.length > 0 && <Refusals ids={refused} user={user} />}
      <OpenDialog id={open} user={user} onClose={() => setOpen(null)} onGone={onGone} />
    </div>
  )
}

interface OpenDialogProps {
  readonly id: ActionId | null
  readonly user: UserDetail
  readonly onClose: () => void
  readonly onGone: () => void
}

function OpenDialog({ id, user, onClose, onGone }: OpenDialogProps) {
  switch (id) {
    case 'resetPassword':
      return <ResetPasswordDialog user={user} onClose={onClose} />
    case 'disable':
      return <DisableDialog user={user} onClose={onClose} />
    case 'endSessions':
      return <EndSessionsDialog user={user} onClose={onClose} />
    case 'setRole':
      return <RoleDialog user={user} onClose={onClose} />
    case 'unlock':
    case 'forceChange':
      return <PlainActionDialog action={id} user={user} onClose={onClose} />
    case 'delete':
      return <PlainActionDialog action={id} user={user} onClose={onClose} onDone={onGone} />
    case 'enable':
    case null:
      return null
  }
}

function Refusals({ ids, user }: { readonly ids: readonly ActionId[]; readonly user: UserDetail }) {
  const { t } = useTranslation(['ui', 'codes'])
  return (
    <ul className={classes.refused} aria-label={t('drawer.notHere')}>
      {ids.map((id) => {
        const code = codes.find((one) => one === user.actions[id].code)
        return (
          <li key={id}>
            <span>
              {t(`drawer.${id}`)}: {code === undefined ? user.actions[id].code : t(`codes:${code}.title`)}
            </span>
            {code !== undefined && <CodeChip code={code} />}
          </li>
        )
      })}
    </ul>
  )
}

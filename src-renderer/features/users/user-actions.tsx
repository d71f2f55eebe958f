import { useState } from 'react'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { codes } from '../../../src-main/contract/errors'
import type { UserDetail } from '../../../src-main/contract/users'
import { CodeChip } from '../../ui/code-chip'
import classes from './drawer.module.css'
import { DisableDialog } from './disable-dialog'
import { EndSessionsDialog } from './end-sessions-dialog'
import { ResetPasswordDialog } from './reset-password-dialog'
import { useEnable } from './use-enable'

type ActionId = keyof UserDetail['actions']
const order: readonly ActionId[] = ['resetPassword', 'endSessions', 'disable', 'enable']

/** What may be done to this account; what may not is absent, with the reason in its place. */
export function UserActions({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<ActionId | null>(null)
  const enable = useEnable(user)
  const allowed = order.filter((id) => user.actions[id].allowed)
  const refused = order.filter((id) => !user.actions[id].allowed && user.actions[id].code !== null)
  const close = () => setOpen(null)
  return (
    <div className={classes.actions} role="group" aria-label={t('drawer.actions')}>
      <div className={classes.buttons}>
        {allowed.map((id) => (
          <Button
            key={id}
            variant={id === 'resetPassword' ? 'filled' : 'default'}
            onClick={() => (id === 'enable' ? enable() : setOpen(id))}
          >
            {t(`drawer.${id}`)}
          </Button>
        ))}
      </div>
      {refused.length > 0 && <Refusals ids={refused} user={user} />}
      {open === 'resetPassword' && <ResetPasswordDialog user={user} onClose={close} />}
      {open === 'disable' && <DisableDialog user={user} onClose={close} />}
      {open === 'endSessions' && <EndSessionsDialog user={user} onClose={close} />}
    </div>
  )
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

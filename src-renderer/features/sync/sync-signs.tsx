import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconLink,
  IconPencil,
  IconPlayerSkipForward,
  IconUserPlus,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Code } from '../../../src-main/contract/errors'
import type { SyncListed, SyncRow } from '../../../src-main/contract/sync'
import { CodeChip } from '../../ui/code-chip'
import classes from './sync.module.css'

const icons = {
  create: IconUserPlus,
  link: IconLink,
  update: IconPencil,
  disable: IconBan,
  enable: IconCircleCheck,
  skip: IconPlayerSkipForward,
  conflict: IconAlertTriangle,
} as const

/** What happens to an entry: shape and word. */
export function KindSign({ kind }: { readonly kind: SyncListed }) {
  const { t } = useTranslation()
  const Icon = icons[kind]
  return (
    <span className={classes.kind} data-kind={kind}>
      <Icon size={15} stroke={1.75} aria-hidden />
      {t(`sync.kinds.${kind}`)}
    </span>
  )
}

/** Codes that mean something of their own in a sync, which the page's texts say. */
export const syncReasons = [
  'INVALID_INPUT',
  'LINK_CONFLICT',
  'NAME_TAKEN',
  'NAME_RESERVED',
  'LDAP_USER_NO_EMAIL',
  'CONFLICT',
  'LINK_PENDING',
  'ACCOUNT_DISABLED',
  'LDAP_USER_DISABLED',
  'LDAP_USER_EXPIRED',
  'LDAP_USER_NOT_IN_REQUIRED_GROUP',
  'LDAP_USER_NOT_FOUND',
  'LAST_ADMIN',
] as const satisfies readonly Code[]

/** What a reason's code means for an entry: what it is, why, what to do. */
export function useReasonText(): (code: Code) => { title: string; cause: string; next: string } {
  const { t } = useTranslation(['ui', 'codes'])
  return (code) => {
    const known = syncReasons.find((each) => each === code)
    if (known === undefined)
      return {
        title: t(`codes:${code}.title`),
        cause: t(`codes:${code}.cause`),
        next: t(`codes:${code}.next`),
      }
    return {
      title: t(`sync.reasons.${known}.title`),
      cause: t(`sync.reasons.${known}.cause`),
      next: t(`sync.reasons.${known}.next`),
    }
  }
}

export function ReasonChip({ code }: { readonly code: Code }) {
  const textOf = useReasonText()
  return <CodeChip code={code} text={textOf(code)} />
}

/** The changes of an entry in one line. */
export function ChangeLine({ changes }: { readonly changes: SyncRow['changes'] }) {
  const { t } = useTranslation()
  return changes.map(({ field, before, after }) => (
    <span key={field} className={classes.change}>
      <span className="dim">{t(`sync.fields.${field}`)}</span> {before !== null && <del>{before}</del>}
      {before !== null && ' → '}
      {after ?? t('common.none')}
    </span>
  ))
}

/** The changes of an entry field by field. */
export function ChangeTable({ changes }: { readonly changes: SyncRow['changes'] }) {
  const { t } = useTranslation()
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('sync.field')}</th>
          <th scope="col">{t('sync.before')}</th>
          <th scope="col">{t('sync.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{t(`sync.fields.${field}`)}</th>
            <td>{before ?? <span className="dim">{t('common.none')}</span>}</td>
            <td>{after ?? <span className="dim">{t('common.none')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

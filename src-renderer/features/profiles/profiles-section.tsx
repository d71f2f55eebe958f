import { useState } from 'react'
import { Button, Group, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconDots, IconFilePlus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProfileView } from '../../../src-main/contract/profiles'
import { useAllows } from '../../api/use-status'
import { useExamined } from '../../state/examined-store'
import { Chip } from '../../ui/chip'
import { Section } from '../../ui/section'
import { AddDialog } from './add-dialog'
import { CompareDialog } from './compare-dialog'
import { ExportDialog } from './export-dialog'
import { GovernDialog } from './govern-dialog'
import { NameDialog } from './name-dialog'
import classes from './profiles.module.css'
import { RemoveDialog } from './remove-dialog'
import { useExaminedProfile, useProfiles } from './use-profiles'

const rowActions = ['compare', 'export', 'copy', 'rename', 'govern', 'remove'] as const
type RowAction = (typeof rowActions)[number]
type Open =
  { readonly action: RowAction; readonly profile: ProfileView } | { readonly action: 'add' | 'create' } | null

/** The applications that this desk knows, and what can be done with each. */
export function ProfilesSection() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const profiles = useProfiles()
  const allows = useAllows()
  const all = profiles.data?.profiles ?? []
  return (
    <Section
      title={t('profiles.title')}
      action={
        allows('settings:write') && (
          <Group gap={6}>
            <Button
              variant="default"
              h={30}
              fz={13}
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setOpen({ action: 'create' })}
            >
              {t('profiles.create')}
            </Button>
            <Button
              h={30}
              fz={13}
              leftSection={<IconFilePlus size={15} aria-hidden />}
              onClick={() => setOpen({ action: 'add' })}
            >
              {t('profiles.add')}
            </Button>
          </Group>
        )
      }
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('profiles.name')}</th>
            <th scope="col">{t('profiles.application')}</th>
            <th scope="col">{t('profiles.mode')}</th>
            <th scope="col">{t('profiles.file')}</th>
            <th scope="col">
              <VisuallyHidden>{t('profiles.actions')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((profile) => (
            <Row key={profile.name} profile={profile} onAction={(action) => setOpen({ action, profile })} />
          ))}
        </tbody>
      </table>
      {open !== null && <OpenDialog open={open} all={all} onClose={() => setOpen(null)} />}
    </Section>
  )
}

function Row({
  profile,
  onAction,
}: {
  readonly profile: ProfileView
  readonly onAction: (action: RowAction) => void
}) {
  const { t } = useTranslation()
  const { name, kind, governs, production, method, file } = profile
  const examined = useExaminedProfile()
  const examine = useExamined((state) => state.examine)
  const looked = examined === null ? governs : examined.name === name
  return (
    <tr data-examined={looked}>
      <th scope="row">
        <UnstyledButton
          className={classes.name}
          aria-pressed={looked}
          onClick={() => examine(governs ? null : name)}
        >
          {name}
        </UnstyledButton>
        {governs && (
          <Chip tone="good" hint={t('profiles.governsHint')}>
            {t('profiles.governs')}
          </Chip>
        )}
        {production && <Chip tone="bad">{t('frame.production')}</Chip>}
      </th>
      <td>{t(`profiles.kinds.${kind}`)}</td>
      <td className="mono">{method ?? t('frame.methodUnknown')}</td>
      <td className="mono dim clip" title={file ?? ''}>
        {file ?? t('profiles.noFile')}
      </td>
      <td className={classes.end}>
        <RowMenu profile={profile} onAction={onAction} />
      </td>
    </tr>
  )
}

function RowMenu({
  profile,
  onAction,
}: {
  readonly profile: ProfileView
  readonly onAction: (action: RowAction) => void
}) {
  const { t } = useTranslation()
  const allows = useAllows()
  const changes: readonly RowAction[] = ['copy', 'rename', 'govern', 'remove']
  const notHere: readonly RowAction[] = profile.governs ? ['govern', 'remove'] : []
  const possible = rowActions.filter(
    (action) => !notHere.includes(action) && (allows('settings:write') || !changes.includes(action)),
  )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" h={28} px={7} aria-label={t('profiles.actionsOf', { name: profile.name })}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {possible.map((action) => (
          <Menu.Item
            key={action}
            {...(action === 'remove' && { color: 'red' })}
            onClick={() => onAction(action)}
          >
            {t(`profiles.verbs.${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface OpenDialogProps {
  readonly open: NonNullable<Open>
  readonly all: readonly ProfileView[]
  readonly onClose: () => void
}

function OpenDialog({ open, all, onClose }: OpenDialogProps) {
  switch (open.action) {
    case 'add':
      return <AddDialog onClose={onClose} />
    case 'create':
      return <NameDialog action="create" from={null} onClose={onClose} />
    case 'copy':
    case 'rename':
      return <NameDialog action={open.action} from={open.profile.name} onClose={onClose} />
    case 'export':
      return <ExportDialog profile={open.profile} onClose={onClose} />
    case 'compare':
      return <CompareDialog profile={open.profile} all={all} onClose={onClose} />
    case 'govern':
      return <GovernDialog name={open.profile.name} onClose={onClose} />
    case 'remove':
      return <RemoveDialog name={open.profile.name} onClose={onClose} />
  }
}

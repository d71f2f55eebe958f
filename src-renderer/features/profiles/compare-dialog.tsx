import { useState } from 'react'
import { Checkbox, Group, Modal, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Difference, ProfileView } from '../../../src-main/contract/profiles'
import { useApi } from '../../api/use-api'
import { toApiError } from '../../api/api-error'
import { ErrorPanel } from '../../ui/error-panel'
import classes from './profiles.module.css'

interface CompareDialogProps {
  readonly profile: ProfileView
  readonly all: readonly ProfileView[]
  readonly onClose: () => void
}

/** Two profiles side by side; of secrets only whether they are the same. */
export function CompareDialog({ profile, all, onClose }: CompareDialogProps) {
  const { t } = useTranslation()
  const others = all.filter(({ name }) => name !== profile.name)
  const [other, setOther] = useState(others.find(({ governs }) => governs)?.name ?? others[0]?.name ?? null)
  const [everything, setEverything] = useState(false)
  const names: [string, string] = [profile.name, other ?? profile.name]
  const diff = useApi('profiles.diff', { names }, { enabled: other !== null, meanwhile: 'previous' })
  const shown = (diff.data?.settings ?? []).filter(({ differs }) => everything || differs)
  return (
    <Modal
      opened
      onClose={onClose}
      size={820}
      title={t('profiles.titles.compare', { name: profile.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <Select
            label={t('profiles.with')}
            data={others.map(({ name }) => name)}
            value={other}
            onChange={setOther}
            allowDeselect={false}
            placeholder={t('profiles.noOther')}
            disabled={others.length === 0}
            data-autofocus
          />
          <Checkbox
            label={t('profiles.everything')}
            checked={everything}
            onChange={(event) => setEverything(event.currentTarget.checked)}
          />
        </Group>
        {diff.error !== null && <ErrorPanel error={toApiError(diff.error)} />}
        {diff.data !== undefined && shown.length === 0 && <p className="dim">{t('profiles.same')}</p>}
        {shown.length > 0 && (
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('setting.name')}</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((difference) => (
                <DifferenceRow key={difference.name} difference={difference} />
              ))}
            </tbody>
          </table>
        )}
      </Stack>
    </Modal>
  )
}

function DifferenceRow({ difference }: { readonly difference: Difference }) {
  const { t } = useTranslation()
  const { name, secret, differs, sides } = difference
  const text = ({ value, set }: Difference['sides'][number]) => {
    if (secret) return t(set ? 'setting.set' : 'setting.notSet')
    return value === '' ? t('setting.empty') : (value ?? t('setting.notSet'))
  }
  return (
    <tr>
      <th scope="row" className="mono">
        {name}
      </th>
      {sides.map((side, index) => (
        <td key={index} className={side.set && !secret ? 'mono' : 'dim'}>
          {text(side)}
          {secret && index === 1 && side.set && sides[0]?.set === true && (
            <> ({t(differs ? 'profiles.secretDiffers' : 'profiles.secretSame')})</>
          )}
        </td>
      ))}
    </tr>
  )
}

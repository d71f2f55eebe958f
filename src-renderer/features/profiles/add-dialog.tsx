import { useState } from 'react'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Adoption } from '../../../src-main/contract/profiles'
import { useAction } from '../../api/use-action'
import { useExamined } from '../../state/examined-store'
import type { ChosenFile } from '../../state/selection-store'
import { CodeChip } from '../../ui/code-chip'
import { FormError } from '../../ui/form-error'
import { NameForm } from './name-dialog'
import classes from './profiles.module.css'
import { changedProfile } from './use-profiles'

/** `shop.env` → shop; what cannot be a profile's name is left to the person. */
function nameFor(file: string): string {
  const stem = file.replace(/\.(?:env|ya?ml|txt)$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-')
  return /^[A-Za-z0-9]/.test(stem) ? stem.slice(0, 64) : ''
}

/** An application's own file becomes a profile; then what became of each part of it. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const choose = useAction('profiles.chooseFile', {
    keep: (output) => output.file,
    onDone: (chosen) => setFile(chosen ?? file),
  })
  const add = useAction('profiles.add', { refreshes: changedProfile, keep: (adoption) => adoption })
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        add.data === undefined
          ? t('profiles.titles.add')
          : t('profiles.added', { name: add.data.profile.name })
      }
      size={620}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {add.data !== undefined ? (
        <Added adoption={add.data} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <Text size="sm">{t('profiles.addText')}</Text>
          <Group gap="sm">
            <Button
              variant={file === null ? 'filled' : 'default'}
              onClick={() => choose.run({})}
              data-autofocus
            >
              {t('profiles.choose')}
            </Button>
            {file !== null && (
              <>
                <IconFileText size={16} aria-hidden />
                <span className="mono">{file.name}</span>
              </>
            )}
          </Group>
          <FormError error={choose.error} />
          {file !== null && (
            <NameForm
              key={file.handle}
              start={nameFor(file.name)}
              submit={t('profiles.verbs.add')}
              pending={add.isPending}
              error={add.error}
              onSubmit={(name) => add.run({ name, file: file.handle })}
              onClose={onClose}
            />
          )}
        </Stack>
      )}
    </Modal>
  )
}

function Added({ adoption, onClose }: { readonly adoption: Adoption; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const examine = useExamined((state) => state.examine)
  const { profile, taken, secrets, secretsKept, leftOut, findings } = adoption
  const told = findings.filter(({ severity }) => severity !== 'info')
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t('profiles.taken', { count: taken.length, kind: t(`profiles.kinds.${profile.kind}`) })}
      </Text>
      {secrets.length > 0 && (
        <div>
          <Text size="sm">{t(`profiles.secrets.${secretsKept}`)}</Text>
          <div className="mono">{secrets.join(', ')}</div>
        </div>
      )}
      {told.map((finding, index) => (
        <div key={index} className={classes.fault}>
          <CodeChip code={finding.code} tone={finding.severity === 'error' ? 'bad' : 'warn'} />
          <span>{finding.message}</span>
        </div>
      ))}
      {leftOut.length > 0 && (
        <details open={leftOut.length < 8}>
          <summary>{t('profiles.leftOut', { count: leftOut.length })}</summary>
          <table className={classes.table}>
            <tbody>
              {leftOut.map(({ name, why }) => (
                <tr key={name}>
                  <th scope="row" className="mono">
                    {name}
                  </th>
                  <td>{why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            examine(profile.name)
            onClose()
          }}
        >
          {t('profiles.examine', { name: profile.name })}
        </Button>
      </Group>
    </Stack>
  )
}

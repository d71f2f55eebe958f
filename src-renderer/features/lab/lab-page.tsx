import { useState, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../api/paths'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { useSelection } from '../../state/selection-store'
import { ErrorPanel } from '../../ui/error-panel'
import { Page } from '../../ui/page'
import { Section } from '../../ui/section'
import diagnostics from '../diagnostics.module.css'
import { InspectPanel } from '../inspect/inspect-panel'
import { useExaminedProfile } from '../profiles/use-profiles'
import { LabDirectory } from './lab-directory'
import { LabPicture } from './lab-picture'
import classes from './lab.module.css'
import { TextResult } from './text-result'
import { useDrop } from './use-drop'

type Read = Output<'lab.read'>

/** Work without a network: a file takes the directory's place, and what is pasted or dropped is explained. */
export function LabPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const [text, setText] = useState<Read['text']>(null)
  const { lab, setLab } = useSelection()
  const summary = useApi('ldap.summary', { profile })
  const file = lab ?? summary.data?.sample ?? null
  const read = useApi(
    'lab.read',
    { file: file?.handle ?? '', profile },
    { enabled: file !== null, afterwards: 'forgotten' },
  )
  const take = (chosen: { readonly file: typeof file; readonly text?: Read['text'] }) => {
    setText(chosen.text ?? null)
    if (chosen.file !== null) setLab(chosen.file)
  }
  const choose = useAction('lab.chooseFile', { keep: (output) => output, onDone: take })
  const drop = useDrop(profile, take)
  const directory = file === null ? null : (read.data?.directory ?? null)
  const shown = text ?? read.data?.text ?? null
  const open = (
    <Button
      variant="default"
      leftSection={<IconFolderOpen size={15} aria-hidden />}
      onClick={() => {
        drop.forget()
        choose.run({})
      }}
    >
      {t('lab.open')}
    </Button>
  )
  const error = drop.error !== null && drop.error !== 'too-large' ? drop.error : choose.error
  return (
    <Page title={t('pages.lab')} purpose={t('purpose.lab')} queries={[summary]} scroll="fill">
      <div className={diagnostics.columns} data-over={drop.over || undefined} {...drop.handlers}>
        <div className={diagnostics.side}>
          <DropHere over={drop.over} progress={drop.progress} open={open} />
          {drop.error === 'too-large' && <p role="alert">{t('lab.tooLarge')}</p>}
          {error !== null && <ErrorPanel error={error} />}
          {file !== null && read.isPending && <p role="status">{t('lab.reading', { name: file.name })}</p>}
          {file !== null && read.isError && (
            <Section title={file.name}>
              <ErrorPanel error={read.error} />
            </Section>
          )}
          {directory !== null && <LabPicture picture={directory} />}
        </div>
        <div className={diagnostics.work}>
          {shown !== null && (
            <Section title={t('lab.dropped')}>
              <TextResult text={shown} label={t('lab.result')} />
            </Section>
          )}
          {file !== null && directory !== null && (
            <LabDirectory
              key={`${file.handle} ${profile ?? ''}`}
              file={file}
              base={directory.base}
              profile={profile}
            />
          )}
          <InspectPanel of="lab" profile={profile} />
        </div>
      </div>
    </Page>
  )
}

interface DropHereProps {
  readonly over: boolean
  readonly progress: number | null
  readonly open: ReactNode
}

function DropHere({ over, progress, open }: DropHereProps) {
  const { t } = useTranslation()
  const percent = Math.round((progress ?? 0) * 100)
  return (
    <div className={classes.drop} data-over={over || undefined}>
      <p className={classes.dropTitle} role="status">
        {progress === null ? t('lab.drop') : t('lab.dropping', { percent })}
      </p>
      <p className={diagnostics.hint}>{t('lab.dropHint')}</p>
      <div className={classes.open}>{open}</div>
    </div>
  )
}

import { useEffect } from 'react'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { DraftView, SettingField } from '../../../src-main/contract/settings'
import { useApi } from '../../api/use-api'
import { navigate } from '../../state/hash-location'
import { discard, hold, stay, useUnsaved } from '../../state/unsaved'
import { Page } from '../../ui/page'
import { useExaminedProfile } from '../profiles/use-profiles'
import { ConfirmDialog } from '../users/confirm-dialog'
import { AllForm } from './all-form'
import { GuideForm } from './guide-form'
import { guideIds, type GuideId } from './guides'
import { useDraft } from './use-draft'

/** Changing a profile's settings: all of them, or step by step to a directory or a provider. */
export function DraftPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const asked = new URLSearchParams(useSearch()).get('guide')
  const guide = guideIds.find((id) => id === asked) ?? null
  const form = useApi('settings.form', { profile })
  const saved = useApi('settings.draft', { profile, changes: {}, typed: [] }, { afterwards: 'forgotten' })
  const title = t(`draft.title.${guide ?? 'all'}`)
  return (
    <Page
      title={title}
      purpose={t('draft.purpose')}
      queries={[form, saved]}
      scroll={guide === null ? 'page' : 'fill'}
      action={
        <Button variant="default" h={36} onClick={backToSettings}>
          {t('common.cancel')}
        </Button>
      }
    >
      {form.data !== undefined && saved.data !== undefined && (
        <DraftBody
          key={`${profile ?? ''}/${guide ?? ''}`}
          {...{ profile, guide }}
          fields={form.data.fields}
          saved={saved.data}
        />
      )}
    </Page>
  )
}

interface DraftBodyProps {
  readonly profile: string | null
  readonly guide: GuideId | null
  readonly fields: readonly SettingField[]
  readonly saved: DraftView
}

const backToSettings = () => navigate('/settings')

function DraftBody({ profile, guide, fields, saved }: DraftBodyProps) {
  const { t } = useTranslation()
  const draft = useDraft(profile, saved)
  const { dirty } = draft
  const leaving = useUnsaved((unsaved) => unsaved.leaving !== null)
  useEffect(() => (dirty ? hold() : undefined), [dirty])
  // The Escape that closes the question must not ask it again.
  useEscape(() => {
    if (!leaving) backToSettings()
  })
  return (
    <>
      {!draft.view.writable && <Text size="sm">{t('draft.opened')}</Text>}
      {guide === null ? (
        <AllForm draft={draft} fields={fields} />
      ) : (
        <GuideForm id={guide} draft={draft} fields={fields} />
      )}
      {leaving && (
        <ConfirmDialog
          title={t('draft.leaveTitle')}
          submit={t('draft.leave')}
          pending={false}
          error={null}
          onSubmit={discard}
          onClose={stay}
        >
          <Text size="sm">{t('draft.leaveText', { count: draft.view.changed.length })}</Text>
        </ConfirmDialog>
      )}
    </>
  )
}

/** Escape, unless a dialog or a list that is open takes it. */
function useEscape(leave: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      if (document.querySelector('[role="dialog"], [role="menu"]') === null) leave()
    }
    // Before the dialog that it closes is gone.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  })
}

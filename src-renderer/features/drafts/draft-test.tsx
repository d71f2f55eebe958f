import { useEffect, useState } from 'react'
import { Button, TextInput, Tooltip } from '@mantine/core'
import { IconClockExclamation, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../api/use-run'
import { Section } from '../../ui/section'
import { ExplainDraft } from '../ldap/explain-person'
import { LdapResult } from '../ldap/ldap-result'
import { OidcResult } from '../oidc/oidc-result'
import classes from './drafts.module.css'
import type { GuideId } from './guides'
import { isUntrusted, PinAuthority } from './pin-authority'
import { inputOf, type Draft } from './use-draft'

/** What is known of the draft as it stands now. */
export type DraftProof = 'untested' | 'running' | 'stale' | 'passed' | 'failed'

/** A test of the draft. Its result belongs to what was tested: one more change, and it is stale. */
export function useDraftTest(guide: GuideId, draft: Draft, n: number | null) {
  const { t } = useTranslation()
  // Results outlive a page; those of another draft must not show as this one's.
  const [subject] = useState(() => crypto.randomUUID())
  const [testedEdit, setTestedEdit] = useState(-1)
  const [user, setUser] = useState('')
  const ldap = useRun('ldap.testDraft', subject)
  const oidc = useRun('oidc.testDraft', subject)
  const last = guide === 'ldap' ? ldap.last : oidc.last
  const running = last?.status === 'pending'
  const provider = draft.view.providers.find((each) => each.n === n)
  const start = () => {
    if (running) return
    setTestedEdit(draft.edited.edit)
    const input = inputOf(draft)
    if (guide === 'ldap') ldap.start(t('draft.testWork'), { draft: input, user: user.trim() || null })
    else oidc.start(t('draft.testWork'), { draft: input, provider: provider?.slug ?? null })
  }
  const stale = last !== undefined && testedEdit !== draft.edited.edit
  const done = last?.data?.ok === true ? 'passed' : 'failed'
  const proof: DraftProof =
    last === undefined ? 'untested' : stale ? 'stale' : running ? 'running' : last.data ? done : 'failed'
  const report = oidc.last?.data?.providers.find(({ slug }) => slug === provider?.slug)
  const stages = (guide === 'ldap' ? ldap.last?.data?.stages : report?.stages) ?? []
  const kind = guide === 'ldap' ? ldap.last?.data?.directory?.kind : undefined
  const pinnable = proof === 'failed' && isUntrusted(stages)
  return { ...{ start, running, proof, user, setUser, guide, ldap, oidc, provider, pinnable, draft, kind } }
}
type DraftTestState = ReturnType<typeof useDraftTest>

function useShortcut(start: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      start()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
}

export function DraftTest({ test }: { readonly test: DraftTestState }) {
  const { t } = useTranslation()
  const { start, running, proof, guide, ldap, oidc, provider } = test
  const asked = guide === 'ldap' ? null : (provider?.slug ?? null)
  useShortcut(start)
  return (
    <>
      <Section title={t('draft.testTitle')}>
        <div className={classes.buttons}>
          {guide === 'ldap' && (
            <TextInput
              aria-label={t('ldap.username')}
              placeholder={t('draft.testUser')}
              value={test.user}
              onChange={(event) => test.setUser(event.currentTarget.value)}
              maxLength={200}
            />
          )}
          <Tooltip label={t('ldap.shortcut')}>
            <Button
              h={36}
              disabled={running}
              onClick={start}
              leftSection={<IconPlayerPlay size={15} aria-hidden />}
            >
              {t('draft.test')}
            </Button>
          </Tooltip>
          {running && (
            <Button variant="default" h={36} onClick={guide === 'ldap' ? ldap.cancel : oidc.cancel}>
              {t('ldap.cancel')}
            </Button>
          )}
        </div>
      </Section>
      {proof === 'stale' && (
        <div className={classes.stale} role="status" data-stale>
          <IconClockExclamation size={18} aria-hidden />
          {t('draft.stale')}
        </div>
      )}
      {test.pinnable && <PinAuthority draft={test.draft} provider={asked} />}
      <div className={classes.result} data-old={proof === 'stale'}>
        {guide === 'ldap' ? (
          <LdapResult last={ldap.last} progress={ldap.progress} />
        ) : (
          <OidcResult
            slug={provider?.slug ?? ''}
            name={provider?.name ?? ''}
            last={oidc.last}
            progress={oidc.progress}
          />
        )}
      </div>
      {guide === 'ldap' && <ExplainDraft draft={inputOf(test.draft)} edit={test.draft.edited.edit} />}
    </>
  )
}

import { useState } from 'react'
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { Stage } from '../../../src-main/contract/stages'
import { toApiError } from '../../api/api-error'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { Fact, Facts } from '../../ui/facts'
import { FormError } from '../../ui/form-error'
import { Mono } from '../../ui/mono'
import { inputOf, type Draft } from './use-draft'

interface PinProps {
  readonly draft: Draft
  /** A provider's slug; null: the directory. */
  readonly provider: string | null
}

const untrusted = /_TLS_(?:SELF_SIGNED|UNTRUSTED_CA)$/

/** Whether a test ended because nobody vouches for the server's certificate. */
export const isUntrusted = (stages: readonly Stage[]): boolean =>
  stages.some(({ id, status, code }) => id === 'tls' && status === 'failed' && untrusted.test(code ?? ''))

export function PinAuthority(props: PinProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <div>
        <Button
          variant="default"
          h={36}
          leftSection={<IconCertificate size={15} aria-hidden />}
          disabled={!props.draft.view.writable}
          onClick={() => setOpen(true)}
        >
          {t('draft.pin.open')}
        </Button>
      </div>
      {open && <PinDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function PinDialog({ draft, provider, onClose }: PinProps & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  // Neither looking nor trusting needs a secret.
  const asked = { draft: { ...inputOf(draft), secrets: {} }, provider }
  const shown = useApi('settings.authority', asked, { afterwards: 'forgotten' })
  const pin = useAction('settings.pinAuthority', {
    keep: ({ setting, value, subject }) => ({ setting, value, subject }),
    onDone: ({ setting, value, subject }) => {
      draft.change({ [setting]: value })
      notifications.show({ message: t('draft.pin.done', { subject }) })
      onClose()
    },
  })
  const authority = shown.data
  return (
    <Modal
      opened
      size={560}
      onClose={onClose}
      title={t('draft.pin.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (authority && !pin.isPending) pin.run({ ...asked, fingerprint: typed, reference: 'draft' })
        }}
      >
        <Stack gap="md">
          <FormError error={shown.error === null ? null : toApiError(shown.error)} />
          {shown.isPending && <Text size="sm">{t('draft.pin.asking')}</Text>}
          {authority && (
            <>
              <Facts>
                <Fact label={t('draft.pin.server')}>
                  <Mono text={authority.server} />
                </Fact>
                <Fact label={t(`draft.pin.${authority.kind}`)}>
                  <Mono text={authority.subject} />
                </Fact>
                <Fact label={t('draft.pin.valid')}>
                  {t('draft.pin.fromTo', { from: authority.validFrom, to: authority.validTo })}
                </Fact>
              </Facts>
              <Text size="sm">{t('draft.pin.why')}</Text>
              <Mono
                text="openssl x509 -noout -fingerprint -sha256 -in ca.pem"
                copy={t('draft.pin.command')}
              />
              <Textarea
                label={t('draft.pin.fingerprint')}
                classNames={{ input: 'mono' }}
                autosize
                minRows={2}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onKeyDown={(event) => {
                  // A fingerprint has one line; Enter means the button.
                  if (event.key !== 'Enter') return
                  event.preventDefault()
                  event.currentTarget.form?.requestSubmit()
                }}
                spellCheck={false}
                data-autofocus
              />
              <FormError error={pin.error} />
            </>
          )}
          <Group justify="flex-end">
            <Button type="submit" disabled={!authority || typed.trim() === ''} loading={pin.isPending}>
              {t('draft.pin.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

import { Radio, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const usual = ['called', 'inPerson', 'queue'] as const

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** `usual` offers the reasons that a helpdesk has all day: Space chooses, Enter submits. */
  readonly offer?: 'usual' | 'none'
}

/** Why something is done to somebody's account; it is kept in the audit. */
export function ReasonField({ value, onChange, offer = 'none' }: ReasonFieldProps) {
  const { t } = useTranslation()
  const offered = offer === 'usual' ? usual : []
  return (
    <Stack gap="xs">
      {offered.length > 0 && (
        <Radio.Group label={t('reason.usual')} value={value} onChange={onChange}>
          <Stack gap={6} mt={4}>
            {offered.map((id, index) => (
              <Radio
                key={id}
                size="xs"
                value={t(`reason.${id}`)}
                label={t(`reason.${id}`)}
                {...(index === 0 && { 'data-autofocus': true })}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Textarea
        label={t('reason.label')}
        description={t('reason.hint')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        minLength={3}
        maxLength={500}
        required
        withAsterisk={false}
        {...(offered.length === 0 && { 'data-autofocus': true })}
      />
    </Stack>
  )
}

/** The shortest reason that counts as one. */
export const isReason = (value: string) => value.trim().length >= 3

import { useState } from 'react'
import { Button, Group, TextInput } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from '../../state/hash-location'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { ExplanationOf } from './explanation'

/** A name, and why its sign-in goes as it goes; also for names that have no account. */
export function ExplainPage() {
  const { t } = useTranslation()
  const name = (new URLSearchParams(useSearch()).get('name') ?? '').slice(0, 200)
  const [typed, setTyped] = useState(name)
  return (
    <Page title={t('pages.explain')} purpose={t('purpose.explain')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          navigate(`/explain?name=${encodeURIComponent(typed.trim())}`)
        }}
      >
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t('signIn.username')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            required
            withAsterisk={false}
            autoFocus={name === ''}
            w={320}
          />
          <Button type="submit">{t('explain.submit')}</Button>
        </Group>
      </form>
      {name === '' ? (
        <Empty icon={IconUserQuestion} title={t('explain.empty')} />
      ) : (
        <ExplanationOf key={name} name={name} />
      )}
    </Page>
  )
}

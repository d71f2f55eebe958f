import { useEffect, useRef } from 'react'
import { Text } from '@mantine/core'
import { IconAlertOctagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Code } from '../../src-main/contract/errors'
import classes from './form-error.module.css'

interface FormErrorProps {
  readonly error: { readonly code: Code; readonly message: string } | null
}

/** The error under a form; focus moves to it, so that it is read out. A sentence of its own says it all. */
export function FormError({ error }: FormErrorProps) {
  const { t } = useTranslation('codes')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error !== null) box.current?.focus()
  }, [error])
  if (error === null) return null
  const title = t(`${error.code}.title`)
  const own = error.message !== '' && error.message !== title
  return (
    <div ref={box} role="alert" tabIndex={-1} className={classes.error}>
      <IconAlertOctagon size={18} aria-hidden className={classes.icon} />
      <div>
        <Text size="sm" fw={500}>
          {own ? error.message : title}
        </Text>
        {!own && <Text size="sm">{t(`${error.code}.next`)}</Text>}
      </div>
    </div>
  )
}

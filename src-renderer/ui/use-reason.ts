import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error'

/** An error in one line for the log: `CODE: title`. */
export function useReason(error: Pick<ApiError, 'code'> | null): string | null {
  const { t } = useTranslation('codes')
  return error === null ? null : `${error.code}: ${t(`${error.code}.title`)}`
}

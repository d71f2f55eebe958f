import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../../api/use-status'
import { useExamined } from '../../state/examined-store'
import { leave } from '../../state/unsaved'
import { useExaminedProfile } from '../profiles/use-profiles'
import classes from './frame.module.css'

/** Says that what Settings, LDAP and OpenID Connect show is not what decides here. */
export function ExaminedBanner() {
  const { t } = useTranslation()
  const governing = useStatus().profile.name
  const examined = useExaminedProfile()
  const examine = useExamined((state) => state.examine)
  if (examined === null) return null
  return (
    <div className={classes.examined} role="status">
      <IconEye size={18} aria-hidden />
      <span>{t('frame.examined', { name: examined.name, governing })}</span>
      <Button variant="subtle" h={26} fz={13} onClick={() => leave(() => examine(null))}>
        {t('frame.examinedEnd', { governing })}
      </Button>
    </div>
  )
}

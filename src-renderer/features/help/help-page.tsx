import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useApi } from '../../api/use-api'
import { Page } from '../../ui/page'
import { helpAddress } from './help-target'
import classes from './help.module.css'
import { Markdown } from './markdown'

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The documents that this version ships, readable without a network and before signing in. */
export function HelpPage() {
  const { t } = useTranslation()
  const [path] = useLocation()
  const asked = path.split('/').slice(2).map(decoded).join('/')
  const pages = useApi('app.helpPages', {})
  const list = pages.data?.pages ?? []
  const id = asked === '' ? (list[0]?.id ?? '') : asked
  const page = useApi('app.helpPage', { id }, { enabled: id !== '' })
  const queries = id === '' ? [pages] : [pages, page]
  return (
    <Page title={t('pages.help')} purpose={t('purpose.help')} queries={queries} scroll="fill">
      <div className={classes.columns}>
        <nav className={classes.contents} aria-label={t('help.contents')}>
          {list.map((one) => (
            <Link
              key={one.id}
              href={helpAddress(one.id)}
              className={classes.entry}
              {...(one.id === id && { 'aria-current': 'page' as const })}
            >
              {one.title}
            </Link>
          ))}
        </nav>
        <article className={classes.article} key={id} tabIndex={0} aria-label={page.data?.title}>
          {page.data === undefined ? (
            <Text c="dimmed">{t('help.none')}</Text>
          ) : (
            <Markdown id={id} ids={list.map((one) => one.id)} text={page.data.markdown} />
          )}
        </article>
      </div>
    </Page>
  )
}

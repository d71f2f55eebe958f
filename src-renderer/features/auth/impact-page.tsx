import { useEffect } from 'react'
import { Anchor, Button, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { authMethods, type AuthMethod } from '../../../src-main/contract/app'
import {
  impactChanges,
  type Impact,
  type ImpactChange,
  type ImpactPerson,
} from '../../../src-main/contract/auth'
import type { ApiError } from '../../api/api-error'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { useAllows, useStatus } from '../../api/use-status'
import { navigate } from '../../state/hash-location'
import { usersAddress } from '../../state/users-route'
import { CodeChip } from '../../ui/code-chip'
import { Empty } from '../../ui/empty'
import { ExportMenu } from '../../ui/export-menu'
import { FilterChips } from '../../ui/filter-chips'
import { Page } from '../../ui/page'
import { ProviderSign } from '../../ui/provider-sign'
import table from '../../ui/table.module.css'
import { useReason } from '../../ui/use-reason'
import classes from './auth.module.css'

interface ImpactRoute {
  readonly method: AuthMethod
  readonly change: ImpactChange | null
}

function useImpactRoute(): ImpactRoute {
  const params = new URLSearchParams(useSearch())
  const present = useStatus().method
  const first = authMethods.find((each) => each !== present && each !== 'none') ?? 'local'
  return {
    method: authMethods.find((each) => each === params.get('method')) ?? first,
    change: impactChanges.find((each) => each === params.get('change')) ?? null,
  }
}

const addressOf = ({ method, change }: ImpactRoute) =>
  `/impact?method=${method}${change === null ? '' : `&change=${change}`}`

function useImpact({ method, change }: ImpactRoute) {
  const asked = { method, changes: change === null ? [] : [change] }
  type Found = Omit<Impact, 'next'>
  return useInfiniteQuery<Impact, ApiError, Found, unknown[], string | null>({
    queryKey: ['auth.impact', asked],
    queryFn: ({ pageParam }) => request('auth.impact', { ...asked, after: pageParam, limit: 200 }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => {
      const [first] = pages
      if (first === undefined) throw new Error('an answer has a page')
      return { ...first, people: pages.flatMap(({ people }) => people) }
    },
  })
}

/** Before AUTH_METHOD is changed: who keeps, loses or gains a way in. */
export function ImpactPage() {
  const { t } = useTranslation()
  const route = useImpactRoute()
  const impact = useImpact(route)
  const present = useStatus().method
  const allows = useAllows()
  return (
    <Page
      title={t('pages.impact')}
      purpose={t('purpose.impact')}
      queries={[impact]}
      action={allows('users:manage') && <ImpactExport route={route} />}
    >
      <SegmentedControl
        aria-label={t('impact.method')}
        value={route.method}
        data={authMethods.map((value) => ({
          value,
          label: value === present ? t('impact.present', { method: value }) : value,
        }))}
        onChange={(value) => {
          const method = authMethods.find((each) => each === value)
          if (method) navigate(addressOf({ method, change: route.change }), { replace: true })
        }}
      />
      <p className={classes.sentence}>{t(`methods.modes.${route.method}`)}</p>
      {impact.data !== undefined && (
        <>
          <div className={classes.counts}>
            <FilterChips
              label={t('impact.people')}
              options={impactChanges.map((value) => ({
                value,
                label: t(`impact.changes.${value}`),
                count: impact.data.counts[value],
              }))}
              chosen={route.change === null ? [] : [route.change]}
              onToggle={(change) =>
                navigate(addressOf({ ...route, change: change === route.change ? null : change }), {
                  replace: true,
                })
              }
            />
            <span className={impact.data.admins === 0 ? classes.bad : 'dim'}>
              {t('impact.admins', { count: impact.data.admins })}
            </span>
          </div>
          <People people={impact.data.people} />
          {impact.hasNextPage && (
            <Button
              variant="default"
              loading={impact.isFetchingNextPage}
              onClick={() => void impact.fetchNextPage()}
            >
              {t('impact.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  )
}

function People({ people }: { readonly people: readonly ImpactPerson[] }) {
  const { t } = useTranslation()
  if (people.length === 0) return <Empty icon={IconUsersGroup} title={t('impact.none')} />
  return (
    <table className={`${table.table} ${classes.changes}`} aria-label={t('impact.people')}>
      <thead>
        <tr>
          {(['name', 'provider', 'role', 'change', 'why'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`impact.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map(({ id, name, provider, role, change, code }) => (
          <tr key={id}>
            <td>
              <Anchor component={Link} size="sm" href={usersAddress({ user: id, tab: 'sign-in' })}>
                {name}
              </Anchor>
            </td>
            <td>
              <ProviderSign provider={provider} />
            </td>
            <td>{t(`roles.${role}`)}</td>
            <td data-change={change}>{t(`impact.changes.${change}`)}</td>
            <td>{code !== null && <CodeChip code={code} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ImpactExport({ route }: { readonly route: ImpactRoute }) {
  const { t } = useTranslation()
  const { run, error, isPending } = useAction('auth.exportImpact', {
    keep: (output) => output,
    onDone: ({ people, file }) =>
      notifications.show({ message: t('many.exported', { count: people, file }) }),
  })
  const reason = useReason(error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, error])
  const start = async (format: 'csv' | 'json') => {
    const { file } = await request('app.chooseSave', { name: `impact-${route.method}.${format}` })
    if (file === null) return
    run({
      method: route.method,
      changes: route.change === null ? [] : [route.change],
      file: file.handle,
      format,
    })
  }
  return <ExportMenu pending={isPending} onExport={(format) => void start(format)} />
}

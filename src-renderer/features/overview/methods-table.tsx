import { useTranslation } from 'react-i18next'
import type { SignInMethod } from '../../../src-main/contract/methods'
import { ProviderIcon } from '../../ui/provider-sign'
import { Time } from '../../ui/time'
import { ConfiguredSign, FailureCode, OnSign, ReachableSign } from '../methods/method-signs'
import { methodName } from '../methods/method-name'
import classes from './overview.module.css'

/** Each way to sign in, one line: on, configured, reachable, in use, working. */
export function MethodsTable({ methods }: { readonly methods: readonly SignInMethod[] }) {
  const { t } = useTranslation()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('methods.provider')}</th>
          <th scope="col">{t('methods.onLabel')}</th>
          <th scope="col">{t('methods.configured')}</th>
          <th scope="col">{t('methods.reachable')}</th>
          <th scope="col" className={classes.right}>
            {t('methods.accounts')}
          </th>
          <th scope="col">{t('methods.lastSuccess')}</th>
          <th scope="col">{t('methods.lastFailure')}</th>
        </tr>
      </thead>
      <tbody>
        {methods.map((method) => (
          <tr key={`${method.provider}-${method.slug ?? ''}`}>
            <td>
              <span className={classes.method}>
                <ProviderIcon provider={method.provider} />
                <span>{methodName(t, method)}</span>
                <span className="dim">{t(`providers.${method.provider}`)}</span>
              </span>
            </td>
            <td>
              <OnSign on={method.on} />
            </td>
            <td>
              <ConfiguredSign method={method} />
            </td>
            <td>
              <ReachableSign method={method} />
            </td>
            <td className={`${classes.right} number`}>{method.accounts}</td>
            <td>
              <Time at={method.lastSuccess} />
            </td>
            <td>
              <span className={classes.failure}>
                <Time at={method.lastFailure?.at ?? null} />
                <FailureCode method={method} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

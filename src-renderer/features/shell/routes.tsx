import { lazy, Suspense, type ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import type { Permission } from '../../../src-main/contract/procedure'
import { useAllows } from '../../api/use-status'
import { AccountPage } from '../account/account-page'
import { ApplicationPage } from '../application/application-page'
import { ExplainPage } from '../auth/explain-page'
import { ImpactPage } from '../auth/impact-page'
import { AuditPage } from '../audit/audit-page'
import { DraftPage } from '../drafts/draft-page'
import { HistoryPage } from '../history/history-page'
import { LdapPage } from '../ldap/ldap-page'
import { LinksPage } from '../links/links-page'
import { MethodsPage } from '../methods/methods-page'
import { OidcPage } from '../oidc/oidc-page'
import { OverviewPage } from '../overview/overview-page'
import { RequestsPage } from '../requests/requests-page'
import { SessionsPage } from '../sessions/sessions-page'
import { SettingsPage } from '../settings/settings-page'
import { SyncPage } from '../sync/sync-page'
import { UsersPage } from '../users/users-page'
import { ForbiddenPage } from './forbidden-page'
import { NotFoundPage } from './not-found-page'

/** Help carries the Markdown reader, which nothing else needs. */
const HelpPage = lazy(() => import('../help/help-page').then((module) => ({ default: module.HelpPage })))

interface AllowedProps {
  readonly permission: Permission
  readonly children: ReactNode
}

function Allowed({ permission, children }: AllowedProps) {
  const allows = useAllows()
  return allows(permission) ? children : <ForbiddenPage />
}

/** The pages behind the sign-in, each with what it takes. */
export function Routes() {
  return (
    <Switch>
      <Route path="/overview">
        <Allowed permission="users:read">
          <OverviewPage />
        </Allowed>
      </Route>
      <Route path="/users">
        <Allowed permission="users:read">
          <UsersPage />
        </Allowed>
      </Route>
      <Route path="/application">
        <Allowed permission="users:read">
          <ApplicationPage />
        </Allowed>
      </Route>
      <Route path="/requests">
        <Allowed permission="users:reset">
          <RequestsPage />
        </Allowed>
      </Route>
      <Route path="/links">
        <Allowed permission="users:read">
          <LinksPage />
        </Allowed>
      </Route>
      <Route path="/sessions">
        <Allowed permission="users:read">
          <SessionsPage />
        </Allowed>
      </Route>
      <Route path="/methods">
        <Allowed permission="users:read">
          <MethodsPage />
        </Allowed>
      </Route>
      <Route path="/explain">
        <Allowed permission="users:read">
          <ExplainPage />
        </Allowed>
      </Route>
      <Route path="/impact">
        <Allowed permission="users:read">
          <ImpactPage />
        </Allowed>
      </Route>
      <Route path="/ldap">
        <Allowed permission="diagnostics:run">
          <LdapPage />
        </Allowed>
      </Route>
      <Route path="/sync">
        <Allowed permission="sync:read">
          <SyncPage />
        </Allowed>
      </Route>
      <Route path="/oidc">
        <Allowed permission="diagnostics:run">
          <OidcPage />
        </Allowed>
      </Route>
      <Route path="/history">
        <Allowed permission="diagnostics:run">
          <HistoryPage />
        </Allowed>
      </Route>
      <Route path="/audit">
        <Allowed permission="audit:read">
          <AuditPage />
        </Allowed>
      </Route>
      <Route path="/settings/edit">
        <Allowed permission="settings:write">
          <DraftPage />
        </Allowed>
      </Route>
      <Route path="/settings">
        <Allowed permission="settings:read">
          <SettingsPage />
        </Allowed>
      </Route>
      <Route path="/account">
        <Allowed permission="session">
          <AccountPage />
        </Allowed>
      </Route>
      <Route path="/help/*?">
        <Suspense fallback={null}>
          <HelpPage />
        </Suspense>
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}

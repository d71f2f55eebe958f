import { describe, expect, it } from 'vitest'
import { events } from '../../../src-main/contract'
import { permissionsOf, highestRole, roles } from '../../../src-main/contract/permissions'
import { permissions } from '../../../src-main/contract/procedure'
import { procedures } from './procedures'

/** What each path is, written out: a change of the contract's rights must be made here too. */
const table: Readonly<Record<string, string>> = {
  'app.status': 'query public',
  'app.cancel': 'local public',
  'app.copy': 'local session',
  'app.chooseSave': 'local session',
  'app.protect': 'local public',
  'app.openExternal': 'local public',
  'app.pageShown': 'local public',
  'app.helpPages': 'query public',
  'app.helpPage': 'query public',
  'app.preferences': 'query public',
  'app.setPreferences': 'local public',
  'session.signInOptions': 'query public',
  'session.createFirstAdmin': 'command first-run transaction',
  'session.signIn': 'command public transaction',
  'session.register': 'command public transaction',
  'session.forgotPassword': 'command public transaction',
  'session.signInOidc': 'command public transaction',
  'session.changePassword': 'command session transaction',
  'session.active': 'local session',
  'session.lock': 'local session',
  'session.unlock': 'command session transaction',
  'session.signOut': 'command session transaction',
  'users.list': 'query users:read',
  'users.facets': 'query users:read',
  'users.get': 'query users:read',
  'users.find': 'query users:read',
  'users.create': 'command users:manage transaction',
  'users.disable': 'command users:manage transaction',
  'users.enable': 'command users:manage transaction',
  'users.resetPassword': 'command users:reset transaction',
  'users.unlock': 'command users:reset transaction',
  'users.forceChange': 'command users:reset transaction',
  'users.setRole': 'command users:manage transaction',
  'users.delete': 'command users:manage transaction',
  'users.endSessions': 'command users:sessions transaction',
  'account.get': 'query session',
  'account.connect': 'command session transaction',
  'account.disconnect': 'command session transaction',
  'account.endSession': 'command session transaction',
  'account.convert': 'command session transaction',
  'links.list': 'query users:read',
  'links.confirm': 'command users:manage transaction',
  'links.refuse': 'command users:manage transaction',
  'users.link': 'command users:manage transaction',
  'users.unlink': 'command users:manage transaction',
  'users.convert': 'command users:manage transaction',
  'users.bulkPreview': 'query users:manage',
  'users.bulk': 'command users:manage intent',
  'users.export': 'command users:manage intent',
  'users.chooseImport': 'local users:manage',
  'users.importPreview': 'query users:manage',
  'users.import': 'command users:manage intent',
  'sessions.list': 'query users:read',
  'sessions.end': 'command users:sessions transaction',
  'sessions.endOthers': 'command users:manage transaction',
  'requests.list': 'query users:reset',
  'requests.done': 'command users:reset transaction',
  'methods.status': 'query users:read',
  'methods.overview': 'query users:read',
  'auth.explain': 'query users:read',
  'auth.impact': 'query users:read',
  'auth.exportImpact': 'command users:manage intent',
  'ldap.explain': 'command diagnostics:run intent',
  'ldap.explainDraft': 'command settings:write intent',
  'ldap.inspect': 'local diagnostics:run',
  'ldap.snapshot': 'command sync:run intent',
  'ldap.summary': 'query diagnostics:run',
  'ldap.test': 'command diagnostics:run gate',
  'ldap.testDraft': 'command settings:write gate',
  'ldap.chooseFile': 'local diagnostics:run',
  'oidc.inspect': 'local diagnostics:run',
  'oidc.login': 'command diagnostics:run intent',
  'oidc.loginDraft': 'command settings:write intent',
  'oidc.providers': 'query diagnostics:run',
  'oidc.symptom': 'command diagnostics:run intent',
  'oidc.symptoms': 'query diagnostics:run',
  'oidc.test': 'command diagnostics:run intent',
  'oidc.testDraft': 'command settings:write intent',
  'lab.inspect': 'local diagnostics:run',
  'lab.read': 'query diagnostics:run',
  'lab.filter': 'query diagnostics:run',
  'lab.chooseFile': 'local diagnostics:run',
  'lab.drop': 'local diagnostics:run',
  'sync.preview': 'command sync:run intent',
  'sync.current': 'query sync:read',
  'sync.rows': 'query sync:read',
  'sync.exportRows': 'command sync:run intent',
  'sync.apply': 'command sync:run transaction',
  'sync.runs': 'query sync:read',
  'sync.changes': 'query sync:read',
  'sync.schedule': 'query sync:read',
  'sync.undo': 'command sync:run transaction',
  'reports.save': 'command diagnostics:run intent',
  'audit.list': 'query audit:read',
  'audit.get': 'query audit:read',
  'audit.failures': 'query audit:read',
  'audit.state': 'query audit:read',
  'application.status': 'query users:read',
  'application.list': 'query users:read',
  'application.get': 'query users:read',
  'application.find': 'query users:read',
  'application.explain': 'query users:read',
  'application.impact': 'query users:read',
  'application.compare': 'query diagnostics:run',
  'application.exportComparison': 'command users:manage intent',
  'application.resetPassword': 'command users:reset intent',
  'application.disable': 'command users:manage intent',
  'application.enable': 'command users:manage intent',
  'audit.check': 'local audit:read',
  'audit.verify': 'query audit:read',
  'audit.export': 'command audit:read intent',
  'settings.check': 'query settings:read',
  'settings.form': 'query settings:read',
  'settings.draft': 'query settings:write',
  'settings.save': 'command settings:write transaction',
  'settings.authority': 'query settings:write',
  'settings.pinAuthority': 'command settings:write intent',
  'profiles.list': 'query diagnostics:run',
  'profiles.chooseFile': 'local settings:write',
  'profiles.add': 'command settings:write intent',
  'profiles.copy': 'command settings:write intent',
  'profiles.rename': 'command settings:write intent',
  'profiles.remove': 'command settings:write intent',
  'profiles.diff': 'query settings:read',
  'profiles.export': 'command settings:read intent',
  'profiles.exportRevealed': 'command settings:write intent',
  'profiles.impact': 'query settings:read',
  'profiles.govern': 'command settings:write transaction',
  'db.status': 'query settings:read',
  'db.migrate': 'command settings:write intent',
  'db.backup': 'command settings:write intent',
}

describe('the contract', () => {
  it('says of each path what it is and who may', () => {
    const found = procedures.map(([path, { kind, permission, audit }]) => [
      path,
      [kind, permission, ...(audit === null ? [] : [audit])].join(' '),
    ])
    expect(Object.fromEntries(found)).toEqual(table)
  })

  it('names no path twice', () => {
    expect(new Set(procedures.map(([path]) => path)).size).toBe(procedures.length)
  })

  it('has names that look-up and event channels can take', () => {
    for (const path of [...procedures.map(([name]) => name), ...Object.keys(events)]) {
      expect(path).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
    }
  })

  it('has an audit mode for every command and for nothing else', () => {
    for (const [path, procedure] of procedures) {
      const expected = procedure.kind === 'command' ? ['transaction', 'intent', 'gate'] : [null]
      expect(expected, path).toContain(procedure.audit)
    }
  })

  it('lets nobody who is not signed in change more than their own way in', () => {
    const open = procedures.filter(
      ([, { kind, permission }]) => kind === 'command' && permission === 'public',
    )
    expect(open.map(([path]) => path)).toEqual([
      ...['session.signIn', 'session.register', 'session.forgotPassword', 'session.signInOidc'],
    ])
  })
})

describe('roles', () => {
  it('give exactly these permissions', () => {
    const found = Object.fromEntries(roles.map((role) => [role, [...permissionsOf([role])].toSorted()]))
    expect(found).toEqual({
      admin: permissions.filter((permission) => permission !== 'first-run').toSorted(),
      helpdesk: ['diagnostics:run', 'public', 'session', 'users:read', 'users:reset', 'users:sessions'],
      auditor: [
        'audit:read',
        'diagnostics:run',
        'public',
        'session',
        'settings:read',
        'sync:read',
        'users:read',
      ],
      user: ['public', 'session'],
    })
  })

  it('never give first-run: only an empty database does', () => {
    expect(permissionsOf([...roles]).has('first-run')).toBe(false)
  })

  it('add up', () => {
    expect([...permissionsOf(['auditor', 'helpdesk'])].toSorted()).toEqual(
      [...new Set([...permissionsOf(['auditor']), ...permissionsOf(['helpdesk'])])].toSorted(),
    )
    expect(permissionsOf([]).size).toBe(0)
  })

  it('are shown by the highest, and as user where there is none', () => {
    expect(highestRole(['user', 'auditor', 'admin', 'helpdesk'])).toBe('admin')
    expect(highestRole(['auditor', 'helpdesk'])).toBe('helpdesk')
    expect(highestRole(['user', 'auditor'])).toBe('auditor')
    expect(highestRole([])).toBe('user')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { authMethods, authProviders } from '../../../src-main/contract/app'
import {
  applicationDatabases,
  applicationFindings,
  applicationProviders,
  applicationStates,
} from '../../../src-main/contract/application'
import { ldapGroups } from '../../../src-main/contract/ldap'
import { claimUses } from '../../../src-main/contract/oidc-login'
import { roles } from '../../../src-main/contract/permissions'
import { signInProgressSchema } from '../../../src-main/contract/session'
import { ldapStages, oidcAppStages, oidcLoginStages } from '../../../src-main/contract/stages'
import { syncActions } from '../../../src-main/contract/sync'
import { accountStates } from '../../../src-main/contract/users'
import en from '../../../src-renderer/locales/en.json'

const root = join(import.meta.dirname, '../../../src-renderer')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))

describe('the window’s texts', () => {
  it('have a word for everything that the contract can name', () => {
    const named = (texts: object, ids: readonly string[]) => ids.filter((id) => !Object.hasOwn(texts, id))
    expect(
      named(en.stages, [
        ...Object.keys(ldapStages),
        ...Object.keys(oidcLoginStages),
        ...Object.keys(oidcAppStages),
      ]),
    ).toEqual([])
    expect(named(en.oidc.claims.uses, claimUses)).toEqual([])
    expect(named(en.sync.kinds, syncActions)).toEqual([])
    expect(named(en.states, accountStates)).toEqual([])
    expect(named(en.application.kinds, applicationDatabases)).toEqual([])
    expect(named(en.application.providers, applicationProviders)).toEqual([])
    expect(named(en.application.states, applicationStates)).toEqual([])
    expect(named(en.application.findings, applicationFindings)).toEqual([])
    expect(named(en.roles, roles)).toEqual([])
    expect(named(en.providers, authProviders)).toEqual([])
    expect(named(en.methods.modes, authMethods)).toEqual([])
    expect(named(en.ldap.groups, ldapGroups)).toEqual([])
    expect(named(en.signIn.step, signInProgressSchema.shape.step.options)).toEqual([])
  })

  it('are the only words: no component carries text of its own', () => {
    const own = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[.\s]*</g)].map(
        (match) => `${name}: ${match[1] ?? ''}`,
      ),
    )
    expect(own).toEqual([])
  })

  it('have no exclamation marks', () => {
    expect(JSON.stringify(en)).not.toContain('!')
  })
})

import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { z } from 'zod'
import { createFiles } from '../../../src-main/core/app/files'
import { adoptionSchema, profileSchema } from '../../../src-main/contract/profiles'
import { configCheckSchema } from '../../../src-main/contract/settings'
import { rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

/** The console of the running test. */
export let desk: Console
const files = createFiles()
/** As a person chose it. */
export const handle = (path: string) => files.add(path).handle
export async function start(settings?: string | null): Promise<Console> {
  desk = await startPeopledConsole(settings, { files })
  await desk.signIn('root', rootPassword)
  return desk
}
afterEach(() => desk.close())

export const profiles = () => join(desk.folder, 'home', 'profiles')
export const fileOf = (name: string) => join(profiles(), `${name}.env`)
export function give(name: string, text: string): string {
  const path = join(desk.folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return handle(path)
}
const listed = z.object({ profiles: z.array(profileSchema), secretStore: z.string() })
export const list = async () => listed.parse(await desk.value('profiles.list')).profiles
export const add = async (name: string, file: string | null) =>
  adoptionSchema.parse(await desk.value('profiles.add', { name, file }))
export const check = async (profile: string | null) =>
  configCheckSchema.parse(await desk.value('settings.check', { profile }))
export const mode = (path: string) => statSync(path).mode & 0o777

export const directory = `AUTH_METHOD=ldap
LDAP_HOST=ldap.corp.example
LDAP_USE_SSL=true
LDAP_BASE_DN=dc=corp,dc=example
LDAP_BIND_DN=cn=reader,dc=corp,dc=example
LDAP_BIND_PASSWORD=hunter2
SECRET_KEY=signing-key
`

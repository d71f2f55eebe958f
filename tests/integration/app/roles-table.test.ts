import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { procedures } from '../../unit/contract/procedures'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

const file = join(import.meta.dirname, '../../../docs/admin/security/ROLES.md')
const roles = ['nobody', 'user', 'helpdesk', 'auditor', 'admin'] as const

/** The table of the documents: for each procedure, who may call it. */
const table = new Map(
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, path, ...cells] = line.split('|').map((cell) => cell.trim())
      const [, name] = /^`([a-z]+\.\w+)`$/i.exec(path ?? '') ?? []
      return name === undefined ? [] : [[name, roles.filter((_, at) => cells[at] === 'yes')] as const]
    }),
)

let desk: Console
beforeAll(async () => {
  desk = await startPeopledConsole()
  for (const role of ['helpdesk', 'auditor'] as const) await desk.addPerson(role, { role })
})
afterAll(() => desk.close())

async function become(role: (typeof roles)[number]): Promise<void> {
  if (role === 'nobody') return
  const name = { user: 'ada', helpdesk: 'helpdesk', auditor: 'auditor', admin: 'root' }[role]
  const result = await desk.signIn(name, role === 'admin' ? rootPassword : adaPassword)
  if (!result.ok) throw new Error(result.error.code)
}

/** Who passes the door gets as far as the input, which is no good for any procedure. */
const isAllowed = async (path: string) => (await desk.code(path, null)) !== 'FORBIDDEN'

describe('who may call what', () => {
  it('is one table, which names every procedure and no other', () => {
    expect([...table.keys()].toSorted()).toEqual(procedures.map(([path]) => path).toSorted())
  })

  it.each(roles)('%s is let through where the table says so, and nowhere else', async (role) => {
    await become(role)
    const passed: string[] = []
    for (const [path] of procedures) if (await isAllowed(path)) passed.push(path)
    const wanted = [...table].flatMap(([path, may]) => (may.includes(role) ? [path] : []))
    expect(passed.toSorted()).toEqual(wanted.toSorted())
    if (role !== 'nobody') await desk.signOut()
  })
})

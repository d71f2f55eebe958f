import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

describe('what needs attention', () => {
  let desk: Console
  beforeEach(async () => void (desk = await startPeopledConsole()))
  afterEach(() => desk.close())
  const overview = z.object({ attention: z.array(z.object({ code: z.string(), text: z.string() })) })

  it('includes entries of ADMIN_USERNAMES that no local account has', async () => {
    await desk.cliValue('users.create', { username: 'lin', email: null, authProvider: 'ldap' })
    desk.configure('AUTH_METHOD=local\nADMIN_USERNAMES=ADA,lin,nobody-here')
    await desk.signIn('root', rootPassword)
    const { attention } = overview.parse(await desk.value('methods.overview'))
    expect(attention.map(({ code, text }) => `${code} ${text.split(' names ')[1] ?? ''}`)).toEqual([
      'CONFIG_UNKNOWN lin, and no local account has this name',
      'CONFIG_UNKNOWN nobody-here, and no local account has this name',
    ])
  })
})

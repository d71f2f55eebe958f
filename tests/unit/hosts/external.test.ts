import { beforeEach, describe, expect, it, vi } from 'vitest'

const opened: string[] = []
let failure: Error | null = null
vi.mock('electron', () => ({
  shell: {
    openExternal: (address: string) => {
      opened.push(address)
      return failure ? Promise.reject(failure) : Promise.resolve()
    },
  },
}))
const { isAllowedExternal, openExternal } = await import('../../../src-main/hosts/electron/external')

beforeEach(() => {
  opened.length = 0
  failure = null
  vi.stubEnv('BROWSER', '')
  return () => vi.unstubAllEnvs()
})

const refused = [
  ...['', 'example.org', '/etc/passwd', '//example.org', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)'],
  ...['file:///etc/passwd', 'data:text/html,x', 'blob:https://x/1', 'about:blank', 'ftp://example.org/'],
  ...['mailto:ada@example.org', 'ssh://example.org', 'smb://server/share', 'ms-msdt:/id', 'app://authdesk/'],
  ...['view-source:https://example.org', 'ldap://example.org', 'chrome://settings', 'https://', 'http://'],
  ...['http://example.org/', 'http://localhost.example.org/', 'http://127.0.0.1.example.org/'],
  ...['http://10.0.0.1/', 'http://0.0.0.0/', 'http://[::2]/', 'http://localhost@example.org/'],
  ...['https://user@example.org/', 'https://user:secret@example.org/', 'https://:secret@example.org/'],
  ...['http://user@localhost/', ' javascript:alert(1)', 'java\nscript:alert(1)'],
]
const allowed = [
  ...['https://example.org/', 'HTTPS://EXAMPLE.ORG', 'https://id.example.org/authorize?code=1#x'],
  ...['https://10.0.0.1/', 'http://localhost:49152/callback', 'http://127.0.0.1/', 'http://[::1]:8080/'],
  ...['HTTP://LOCALHOST/', 'https://example.org/a@b:c'],
]

describe('what the system browser is given', () => {
  it.each(refused)('not %j', async (address) => {
    expect(isAllowedExternal(address)).toBe(false)
    await expect(openExternal(address)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(opened).toEqual([])
  })

  it.each(allowed)('%s', async (address) => {
    expect(isAllowedExternal(address)).toBe(true)
    await openExternal(address)
    expect(opened).toEqual([address])
  })
})

describe('a browser that cannot be opened', () => {
  it('is OIDC_BROWSER with its cause', async () => {
    failure = new Error('no handler')
    await expect(openExternal('https://example.org/')).rejects.toMatchObject({
      code: 'OIDC_BROWSER',
      cause: failure,
    })
  })

  it('is named where BROWSER names it, and the system’s is not asked then', async () => {
    vi.stubEnv('BROWSER', '/nowhere/at-all --new-window %s')
    await expect(openExternal('https://example.org/')).rejects.toMatchObject({
      ...{ code: 'OIDC_BROWSER', details: { browser: '/nowhere/at-all' } },
    })
    expect(opened).toEqual([])
  })
})

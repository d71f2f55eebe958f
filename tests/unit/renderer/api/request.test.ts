import { afterEach, describe, expect, it, vi } from 'vitest'
import { request } from '../../../../src-renderer/api/request'

function answerWith(answer: unknown) {
  const asked = vi.fn(() => Promise.resolve(answer))
  vi.stubGlobal('window', { authdesk: { request: asked, subscribe: () => () => undefined } })
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('request', () => {
  it('asks the contract path and gives the parsed value', async () => {
    const asked = answerWith({ ok: true, value: { colorScheme: 'dark', extra: 1 } })
    await expect(request('app.preferences', {})).resolves.toEqual({ colorScheme: 'dark' })
    expect(asked).toHaveBeenCalledWith('app.preferences', {})
  })

  it('throws what was refused, with its code and details', async () => {
    answerWith({ ok: false, error: { code: 'RATE_LIMITED', message: 'Wait.', details: { seconds: 9 } } })
    await expect(request('app.preferences', {})).rejects.toMatchObject({
      name: 'ApiError',
      code: 'RATE_LIMITED',
      message: 'Wait.',
      details: { seconds: 9 },
    })
  })

  it.each([
    ['a value that breaks the contract', { ok: true, value: { colorScheme: 'pink' } }],
    ['an answer that is no result', 'hello'],
    ['a code that nobody knows', { ok: false, error: { code: 'NEW', message: '', details: {} } }],
  ])('calls %s a bug', async (_what, answer) => {
    answerWith(answer)
    await expect(request('app.preferences', {})).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('ends a look-up that is never answered', async () => {
    vi.useFakeTimers()
    vi.stubGlobal('window', { authdesk: { request: () => new Promise(() => undefined) } })
    const lost = expect(request('app.preferences', {})).rejects.toMatchObject({ code: 'INTERNAL' })
    await vi.advanceTimersByTimeAsync(60_000)
    await lost
  })
})

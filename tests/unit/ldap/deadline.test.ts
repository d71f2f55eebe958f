import { expect, test } from 'vitest'
import { withDeadline } from '../../../src-main/core/ldap/deadline'

const hang = () => new Promise<never>(() => undefined)

test('work that ends in time gives its value, and its signal never fires', async () => {
  let seen: AbortSignal | null = null
  const limits = { signal: new AbortController().signal, ms: 1000 }
  const value = await withDeadline(limits, (signal) => {
    seen = signal
    return Promise.resolve(7)
  })
  expect(value).toBe(7)
  expect(seen).toMatchObject({ aborted: false })
})

test('work that does not listen is given up all the same', async () => {
  const limits = { signal: new AbortController().signal, ms: 20 }
  await expect(withDeadline(limits, hang)).rejects.toMatchObject({
    code: 'LDAP_CONNECT_TIMEOUT',
    details: { afterMs: 20 },
  })
})

test('cancelling is told from being late, and reaches the work', async () => {
  const controller = new AbortController()
  let reason: unknown
  const running = withDeadline({ signal: controller.signal, ms: 1000 }, (signal) => {
    signal.addEventListener('abort', () => {
      reason = signal.reason
    })
    return hang()
  })
  controller.abort()
  await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(reason).toMatchObject({ code: 'CANCELLED' })
  await expect(withDeadline({ signal: controller.signal, ms: 1000 }, hang)).rejects.toMatchObject({
    code: 'CANCELLED',
  })
})

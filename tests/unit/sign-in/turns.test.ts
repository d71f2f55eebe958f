import { describe, expect, it } from 'vitest'
import { createTurns } from '../../../src-main/core/sign-in/turns'

function deferred() {
  let resolve: () => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<void>((done, fail) => {
    resolve = done
    reject = fail
  })
  return { promise, resolve, reject }
}

describe('turns', () => {
  it('let the next of the same key begin only when the one before has ended', async () => {
    const turns = createTurns()
    const [first, log] = [deferred(), [] as string[]]
    const one = turns('ada', async () => {
      log.push('first begins')
      await first.promise
      log.push('first ends')
    })
    const two = turns('ada', () => Promise.resolve(log.push('second')))
    await turns('grace', () => Promise.resolve(log.push('another')))
    expect(log).toEqual(['first begins', 'another'])
    first.resolve()
    await Promise.all([one, two])
    expect(log).toEqual(['first begins', 'another', 'first ends', 'second'])
  })

  it('go on after a failure, which is its own', async () => {
    const turns = createTurns()
    const first = deferred()
    const one = turns('ada', () => first.promise)
    const two = turns('ada', () => Promise.resolve('second'))
    first.reject(new Error('wrong'))
    await expect(one).rejects.toThrow('wrong')
    expect(await two).toBe('second')
    expect(await turns('ada', () => Promise.resolve('third'))).toBe('third')
  })
})

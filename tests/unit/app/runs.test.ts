import { describe, expect, it } from 'vitest'
import { createRuns } from '../../../src-main/core/app/runs'

describe('runs', () => {
  it('are cancelled by their id, and only they', () => {
    const runs = createRuns()
    const [one, two] = [runs.open('one'), runs.open('two')]
    expect(runs.cancel('one')).toBe(true)
    expect([one.signal.aborted, two.signal.aborted]).toEqual([true, false])
  })

  it('that have ended or never began cannot be cancelled', () => {
    const runs = createRuns()
    const run = runs.open('one')
    run.close()
    expect(runs.cancel('one')).toBe(false)
    expect(runs.cancel('never')).toBe(false)
    expect(run.signal.aborted).toBe(false)
  })

  it('end with what started them', () => {
    const outer = new AbortController()
    const run = createRuns().open('one', outer.signal)
    outer.abort()
    expect(run.signal.aborted).toBe(true)
  })

  it('with the same id: the later one is meant, and the earlier one’s end does not lose it', () => {
    const runs = createRuns()
    const [first, second] = [runs.open('one'), runs.open('one')]
    first.close()
    expect(runs.cancel('one')).toBe(true)
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, true])
  })

  it('are all cancelled at the end, those without an id too, but none that has ended', () => {
    const runs = createRuns()
    const [named, nameless, ended] = [runs.open('one'), runs.open(null), runs.open(null)]
    ended.close()
    runs.cancelAll()
    expect([named.signal.aborted, nameless.signal.aborted, ended.signal.aborted]).toEqual([true, true, false])
  })
})

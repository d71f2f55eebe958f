import { describe, expect, it } from 'vitest'
import type { Stage, StageEvent } from '../../../../src-main/contract/stages'
import { advance, emptyProgress, rungsOf, spansOf } from '../../../../src-renderer/api/ladder-progress'

const stage = (id: string, part: Partial<Stage> = {}): Stage => ({
  id,
  status: 'passed',
  code: null,
  ms: 3,
  summary: '',
  detail: [],
  next: null,
  ...part,
})
const event = (id: string, done: Stage | null, target = 'a'): StageEvent => ({
  runId: 'r',
  target,
  id,
  stage: done,
})
const run = (...events: StageEvent[]) => events.reduce(advance, emptyProgress('r')).rungs

describe('a ladder while it runs', () => {
  it('opens a rung at the start of a stage and closes it at its end', () => {
    expect(run(event('dns', null))).toMatchObject([{ id: 'dns', stage: null }])
    expect(run(event('dns', null), event('dns', stage('dns')))).toMatchObject([{ stage: { id: 'dns' } }])
  })

  it('keeps the attempts at several targets apart', () => {
    const rungs = run(
      event('tcp', null, 'a'),
      event('tcp', stage('tcp', { status: 'warning' }), 'a'),
      event('tcp', null, 'b'),
      event('tcp', stage('tcp'), 'b'),
    )
    expect(rungs.map((rung) => [rung.target, rung.stage?.status])).toEqual([
      ['a', 'warning'],
      ['b', 'passed'],
    ])
    expect(new Set(rungs.map((rung) => rung.key)).size).toBe(2)
  })

  it('shows a stage that ended without having started', () => {
    expect(run(event('tls', stage('tls', { status: 'skipped' })))).toHaveLength(1)
  })

  it('does not open a rung twice', () => {
    expect(run(event('dns', null), event('dns', null))).toHaveLength(1)
  })

  it('ignores another run', () => {
    const before = emptyProgress('other')
    expect(advance(before, event('dns', null))).toBe(before)
  })
})

describe('the run’s own scale', () => {
  it('places each stage where it ran', () => {
    const spans = spansOf(
      rungsOf([stage('dns', { ms: 10 }), stage('tcp', { ms: 30 }), stage('tls', { ms: 60 })]),
    )
    expect(spans).toEqual([
      { from: 0, length: 0.1 },
      { from: 0.1, length: 0.3 },
      { from: 0.4, length: 0.6 },
    ])
    expect(spansOf([])).toEqual([])
    expect(spansOf(rungsOf([stage('dns', { ms: 0 })]))).toEqual([{ from: 0, length: 0 }])
  })
})

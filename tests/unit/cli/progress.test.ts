import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createProgress } from '../../../src-main/hosts/cli/progress'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function stream(kind: 'terminal' | 'file') {
  const written: string[] = []
  return { isTTY: kind === 'terminal', write: (text: string) => written.push(text), written }
}

it('says nothing about work that is quickly done', () => {
  const to = stream('terminal')
  const progress = createProgress(to)
  progress.step('dns')
  vi.advanceTimersByTime(999)
  progress.end()
  vi.advanceTimersByTime(5000)
  progress.step('late')
  expect(to.written).toEqual([])
})

it('rewrites one line on a terminal and clears it at the end', () => {
  const to = stream('terminal')
  const progress = createProgress(to)
  progress.step('dns')
  vi.advanceTimersByTime(1000)
  progress.step('tcp\u001b')
  progress.end()
  expect(to.written).toEqual(['\r\u001b[K… dns', '\r\u001b[K… tcp\ufffd', '\r\u001b[K'])
})

it('writes lines elsewhere', () => {
  const to = stream('file')
  const progress = createProgress(to)
  vi.advanceTimersByTime(1000)
  progress.step('tcp')
  progress.end()
  expect(to.written).toEqual(['… tcp\n'])
})

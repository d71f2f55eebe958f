/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * A file that can't even be loaded has no failed test of its own, and counts as one.
 * @param {{ testResults?: { status: string, assertionResults?: { status: string }[] }[] }} report vitest's JSON report
 * @returns {Count}
 */
export function countVitest(report) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.testResults ?? []) {
    const states = (file.assertionResults ?? []).map((test) => test.status)
    count.passed += states.filter((state) => state === 'passed').length
    const failed = states.filter((state) => state === 'failed').length
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed
    count.skipped += states.filter((state) => ['skipped', 'pending', 'todo'].includes(state)).length
  }
  return count
}

/**
 * @param {{ stats?: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report Playwright's JSON report
 * @returns {Count}
 */
export function countPlaywright({ stats, errors = [] }) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {}
  return { passed: expected, failed: unexpected + flaky + errors.length, skipped }
}

/** @param {Count[]} counts @returns {Count} */
export function addCounts(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

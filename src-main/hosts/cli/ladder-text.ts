import type { Kept, Stage } from '../../contract/stages'
import { plain, type Style } from './output'

export function signOf(status: Stage['status'], style: Style): string {
  const signs = {
    passed: style.green('✓ passed '),
    warning: style.yellow('! warning'),
    failed: style.red('✗ failed '),
    skipped: style.dim('- skipped'),
  }
  return signs[status]
}

/** The evidence of what did not simply pass. */
function evidence(stage: Stage): string[] {
  if (stage.status === 'passed' || stage.status === 'skipped') return []
  const details = stage.detail.map(({ label, value }) => `${label}: ${value}`)
  return [...details, ...(stage.next === null ? [] : [`→ ${stage.next}`])]
}

function stageText(stage: Stage, width: number, style: Style): string {
  const code = stage.code === null ? '' : ` [${stage.code}]`
  const ms = stage.status === 'skipped' ? '' : `${stage.ms} ms`
  const head = `${signOf(stage.status, style)}  ${stage.id.padEnd(width)}  ${style.dim(ms.padStart(8))}`
  const lines = evidence(stage).map((line) => `             ${style.dim(plain(line))}`)
  return [`${head}  ${plain(stage.summary)}${code}`, ...lines].join('\n')
}

/** One line a stage, with evidence and the next step under what is not well. */
export function stagesText(stages: readonly Stage[], style: Style): string {
  const width = Math.max(0, ...stages.map(({ id }) => id.length))
  return stages.map((stage) => stageText(stage, width, style)).join('\n')
}

/** Settings that are not valid are the caller's own matter, whatever else was looked at. */
export function failsInConfig(stages: readonly Stage[]): boolean {
  return stages.some(({ id, status }) => id === 'config' && status === 'failed')
}

/** A test that could not be kept is a good test all the same; that it is missing in the history is said. */
export function keptLines(kept: Kept | undefined, style: Style): string[] {
  if (!kept || kept.code === null) return []
  return ['', style.yellow(`This test could not be kept in the history [${kept.code}].`)]
}

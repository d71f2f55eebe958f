import type { TFunction } from 'i18next'
import en from '../locales/en.json'
import type { Stage } from '../../src-main/contract/stages'

type StageName = keyof typeof en.stages

function isStageName(id: string): id is StageName {
  return Object.hasOwn(en.stages, id)
}

/** A stage's name; one that this version has no word for keeps its id. */
export function stageName(t: TFunction<['ui', 'codes']>, id: string): string {
  return isStageName(id) ? t(`stages.${id}`) : id
}

/** Whole milliseconds under a second, seconds with one decimal above. */
export function stageTime(t: TFunction<['ui', 'codes']>, ms: number): string {
  return ms < 1000 ? t('ladder.ms', { ms }) : t('ladder.seconds', { seconds: (ms / 1000).toFixed(1) })
}

/** What to do about a stage: its own words first, then its code's. */
export function stageNext(t: TFunction<['ui', 'codes']>, stage: Stage): string | null {
  if (stage.next !== null) return stage.next
  return stage.code === null ? null : t(`codes:${stage.code}.next`)
}

/** A stage as plain text, for a ticket. */
export function stageAsText(t: TFunction<['ui', 'codes']>, stage: Stage): string {
  const head = `${stageName(t, stage.id)}: ${t(`stageStates.${stage.status}`)}, ${stageTime(t, stage.ms)}`
  const lines = [
    stage.code === null ? head : `${head}, ${stage.code}`,
    stage.summary,
    ...stage.detail.map(({ label, value }) => `${label}: ${value}`),
  ]
  if (stage.code !== null) lines.push(`${t('ladder.cause')}: ${t(`codes:${stage.code}.cause`)}`)
  const next = stageNext(t, stage)
  if (next !== null) lines.push(`${t('ladder.next')}: ${next}`)
  return lines.join('\n')
}

import { facetAreas, type ChangeView, type Comparison, type FacetView } from '../../contract/history'
import { historyTexts } from '../../contract/texts/en/history'
import type { Texts } from '../app/texts'
import type { Facets, FacetValue } from '../diagnostics/facets'
import { compareRuns, type Change } from './compare-runs'
import type { StoredRun, WholeRun } from './history-store'

/** A facet's name without its area; a setting and a field of the metadata are called what they are called. */
function namedOf(t: Texts, facet: string): { area: string; name: string; label: string } {
  const dot = facet.indexOf('.')
  const [area, name] = [facet.slice(0, dot), facet.slice(dot + 1)]
  const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = historyTexts.facet
  const known = Object.hasOwn(texts[area] ?? {}, name)
  return { area, name, label: known ? t(`history.facet.${area}.${name}` as 'history.value.none') : name }
}

/** A secret's mark stays where it is. */
function valueText(t: Texts, value: FacetValue): string {
  if (value === null || value === '') return t('history.value.none')
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? t('history.value.none') : value.join(', ')
  if ('set' in value) return t(value.set ? 'history.value.set' : 'history.value.notSet')
  if ('count' in value) {
    return value.whole ? String(value.count) : t('history.value.atLeast', { count: value.count })
  }
  const [seconds, uncertainty] = [value.seconds.toFixed(1), value.uncertainty.toFixed(1)]
  return t('history.value.seconds', { seconds, uncertainty })
}

const areaOf = (facet: string) => facet.slice(0, facet.indexOf('.'))
const place = (facet: string) => (facetAreas as readonly string[]).indexOf(areaOf(facet))
const byArea = (one: string, other: string) => place(one) - place(other)

export function facetViews(t: Texts, facets: Facets): FacetView[] {
  return Object.keys(facets)
    .toSorted(byArea)
    .map((facet) => ({ ...namedOf(t, facet), value: valueText(t, facets[facet] ?? null) }))
}

const isSetSecret = (value: FacetValue) =>
  typeof value === 'object' && value !== null && 'set' in value && value.set

function changeView(t: Texts, change: Change): ChangeView {
  const { facet, before, after, added, removed } = change
  const isOtherSecret = isSetSecret(before) && isSetSecret(after)
  return {
    ...namedOf(t, facet),
    before: valueText(t, before),
    after: isOtherSecret ? t('history.value.other') : valueText(t, after),
    ...{ added: [...added], removed: [...removed] },
  }
}

/** A run as it is listed. */
export function runView({ id, profile, subject, at, actor, ok, code }: StoredRun) {
  return { id, profile, subject, at, actor, ok, code }
}

/** What is different between two runs, in words. */
export function comparisonOf(t: Texts, before: WholeRun, after: WholeRun): Comparison {
  const { changes, stages, unseen } = compareRuns(before, after)
  const areas = [...new Set(unseen.toSorted(byArea).map(areaOf))]
  return {
    before: runView(before),
    after: runView(after),
    changes: changes
      .toSorted((one, other) => byArea(one.facet, other.facet))
      .map((change) => changeView(t, change)),
    stages: [...stages],
    unseen: areas.map((area) => ({
      area,
      labels: unseen.filter((facet) => areaOf(facet) === area).map((facet) => namedOf(t, facet).label),
    })),
  }
}

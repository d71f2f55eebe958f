import type { Report, ReportFormat } from '../../../contract/reports'
import type { Texts } from '../../app/texts'
import { renderHtml } from './render-html'
import { renderMarkdown } from './render-markdown'

const renderers: Readonly<Record<ReportFormat, (report: Report, t: Texts) => string>> = {
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  md: renderMarkdown,
  html: renderHtml,
}

export function renderReport(report: Report, format: ReportFormat, t: Texts): string {
  return renderers[format](report, t)
}

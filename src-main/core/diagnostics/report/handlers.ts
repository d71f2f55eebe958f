import type { Contract } from '../../../contract'
import { AppError } from '../../../contract/errors'
import type { Handlers } from '../../../contract/procedure'
import { writeExport } from '../../app/export-file'
import type { CallContext, Files } from '../../app/ports'
import type { Texts } from '../../app/texts'
import type { KeptReports } from './kept-reports'
import { renderReport } from './render-report'

export interface ReportHandlersDeps {
  readonly kept: KeptReports
  readonly files: Pick<Files, 'path'>
  readonly texts: Texts
}

export function createReportHandlers(deps: ReportHandlersDeps): Handlers<Contract['reports'], CallContext> {
  return {
    save: async ({ run, format, file }, { actor, audit }) => {
      const path = deps.files.path(file)
      if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
      const report = deps.kept.of(actor, run)
      if (report === null) throw new AppError('NOT_FOUND', { text: 'reportGone' })
      audit.note({ target: path, after: { kind: report.kind, format } })
      const bytes = await writeExport(path, [renderReport(report, format, deps.texts)])
      return { file: path, bytes }
    },
  }
}

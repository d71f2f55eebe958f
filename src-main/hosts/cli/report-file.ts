import { extname, resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import { reportFormats, type ReportFormat } from '../../contract/reports'
import { plain } from './output'
import type { Desk } from './perform'

/** Where a run's report goes, and in which form. */
export interface ReportFile {
  readonly path: string
  readonly format: ReportFormat
}

function reportFile(path: string): ReportFile {
  const ending = extname(path).slice(1).toLowerCase()
  const format = reportFormats.find((each) => each === ending)
  if (format === undefined) throw new InvalidArgumentError('The file ends in .html, .md or .json.')
  return { path: resolve(path), format }
}

export function reportOption(): Option {
  return new Option(
    '--report <FILE>',
    'write a report without secrets; .html, .md or .json says the form',
  ).argParser(reportFile)
}

/** Writes the run that has just ended. */
export async function saveReport({ path, format }: ReportFile, desk: Desk): Promise<string> {
  const { file } = await desk.api.reports.save({ run: desk.runId, format, file: desk.addFile(path) })
  return file
}

export function savedText(file: string | null): string[] {
  return file === null ? [] : ['', `Report: ${plain(file)}`]
}

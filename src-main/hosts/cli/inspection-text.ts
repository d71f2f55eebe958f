import { inspectMost, type InspectFinding } from '../../contract/inspection'
import { AppError } from '../../contract/errors'
import { textOfBytes } from '../../core/lab/text-of-bytes'
import { signOf } from './ladder-text'
import { plain, type Style } from './output'

/** Everything on standard input as text; on a terminal until Ctrl+D. A certificate in DER becomes one in PEM. */
export async function pastedText(input: NodeJS.ReadStream): Promise<string> {
  if (input.isTTY) process.stderr.write('Paste the text, then press Ctrl+D:\n')
  const parts: Buffer[] = []
  let length = 0
  for await (const part of input) {
    const bytes = Buffer.from(part as Buffer)
    length += bytes.length
    if (length > inspectMost)
      throw new AppError('INVALID_INPUT', { message: `Standard input is longer than ${inspectMost} bytes.` })
    parts.push(bytes)
  }
  const bytes = Buffer.concat(parts)
  const text = textOfBytes(bytes)
  if (text.trim() === '') throw new AppError('INVALID_INPUT', { message: 'Standard input is empty.' })
  return text
}

function findingText({ status, message, code, detail, next }: InspectFinding, style: Style): string {
  const details = detail.map(({ label, value }) => plain(label === '' ? value : `${label}: ${value}`))
  const lines = [...details, ...(next === null ? [] : [`→ ${plain(next)}`])]
  const head = `${signOf(status, style)}  ${plain(message)}${code === null ? '' : ` [${code}]`}`
  return [head, ...lines.map((line) => `           ${style.dim(line)}`)].join('\n')
}

interface Inspected {
  readonly title: string
  readonly findings: readonly InspectFinding[]
}

export function inspectionText({ title, findings }: Inspected, style: Style): string {
  return [style.bold(plain(title)), ...findings.map((finding) => findingText(finding, style))].join('\n')
}

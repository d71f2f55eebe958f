import { AppError } from '../../contract/errors'

/** Everything on standard input as text, up to `most` characters; on a terminal until Ctrl+D. */
export async function readStandardInput(
  input: NodeJS.ReadStream,
  { most, ask }: { most: number; ask: string },
): Promise<string> {
  if (input.isTTY) process.stderr.write(`${ask}\n`)
  input.setEncoding('utf8')
  let text = ''
  for await (const part of input) {
    text += String(part)
    if (text.length > most) {
      throw new AppError('INVALID_INPUT', { message: `Standard input is longer than ${most} characters.` })
    }
  }
  if (text.trim() === '') throw new AppError('INVALID_INPUT', { message: 'Standard input is empty.' })
  return text
}

import { plain } from './output'

/** Says what is being done once it takes longer than a second. */
export interface Progress {
  readonly step: (text: string) => void
  readonly end: () => void
}

interface Stream {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const patienceMs = 1000
const clearLine = '\r\u001b[K'

export const noProgress: Progress = { step: () => undefined, end: () => undefined }

/** One line that is rewritten on a terminal; elsewhere a line for each step. */
export function createProgress(stream: Stream): Progress {
  let current = ''
  let shown = ''
  let patient = true
  const show = () => {
    if (patient || current === shown) return
    shown = current
    stream.write(stream.isTTY ? `${clearLine}… ${current}` : `… ${current}\n`)
  }
  const timer = setTimeout(() => {
    patient = false
    show()
  }, patienceMs)
  timer.unref()
  return {
    step: (text) => {
      current = plain(text)
      show()
    },
    end: () => {
      clearTimeout(timer)
      patient = true
      if (stream.isTTY && shown !== '') stream.write(clearLine)
    },
  }
}

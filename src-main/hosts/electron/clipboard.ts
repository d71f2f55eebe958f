import { clipboard } from 'electron'

const keepMs = 60_000

/** Copies for a minute: what is still there after it, at the end or on a lock is taken back. */
export function createClipboard(): { copy: (text: string) => void; clear: () => Promise<void> } {
  let copied: string | null = null
  let timer: NodeJS.Timeout | null = null
  const clear = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    const mine = copied
    copied = null
    if (mine !== null && (await clipboard.readText()) === mine) clipboard.clear()
  }
  return {
    copy: (text) => {
      if (timer) clearTimeout(timer)
      void clipboard.writeText(text)
      copied = text
      timer = setTimeout(() => void clear(), keepMs)
    },
    clear,
  }
}

import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

/** Settled: fonts are loaded, animations have ended, two frames were drawn. */
const settled = `document.fonts.ready
  .then(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity).map((each) => each.finished.catch(() => {}))))
  .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`

/** Writes the window's content as a PNG for its owner only. */
export async function takeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  await window.webContents.executeJavaScript(settled)
  const image = await window.webContents.capturePage()
  if (image.isEmpty()) throw new Error('the window has no picture')
  await writeFile(file, image.toPNG(), { mode: 0o600 })
}

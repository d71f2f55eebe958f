import { request } from './request'

/** Copies through the main process, which clears the clipboard later; a refusal leaves the clipboard as it is. */
export async function copyText(text: string): Promise<boolean> {
  return await request('app.copy', { text }).then(
    () => true,
    () => false,
  )
}

/** Opens an address in the system browser; the main process decides whether it may. */
export async function openExternal(url: string): Promise<boolean> {
  return await request('app.openExternal', { url }).then(
    () => true,
    () => false,
  )
}

/** Keeps the window out of screen captures while a secret shows; where the system cannot, it is shown all the same. */
export async function protectWindow(state: 'protected' | 'open'): Promise<void> {
  await request('app.protect', { on: state === 'protected' }).catch(() => undefined)
}

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

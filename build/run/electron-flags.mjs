/**
 * Chromium's flags for this situation.
 * @param {{ uid: number | undefined, virtualDisplay: boolean, env: Record<string, string | undefined> }} situation
 * @returns {string[]}
 */
export function electronFlags({ uid, virtualDisplay, env }) {
  const flags = []
  if (uid === 0) flags.push('--no-sandbox')
  if (virtualDisplay) flags.push('--disable-gpu')
  if (!virtualDisplay && !env.DISPLAY && env.WAYLAND_DISPLAY) flags.push('--ozone-platform-hint=auto')
  return flags
}

import { stat } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'

/** `ada@desk`: how the operating-system user is written down in the audit. */
export function osUserName(): string {
  return `${userInfo().username}@${hostname()}`
}

async function ownerOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ uid }) => uid,
    () => null,
  )
}

/**
 * Whether these files are the calling user's own: then access to them is authority already. What does not exist yet
 * will be theirs. Windows keeps no owner number; there the home's access list already decided.
 */
export async function ownsFiles(paths: readonly string[], uid = process.getuid?.()): Promise<boolean> {
  if (uid === undefined) return true
  const owners = await Promise.all(paths.map(ownerOf))
  return owners.every((owner) => owner === null || owner === uid)
}

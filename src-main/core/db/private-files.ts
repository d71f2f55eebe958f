import { chmod, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const ownerOnlyFile = 0o600
const ownerOnlyFolder = 0o700

/** Makes the folder, and those above it that are missing, for the owner only; one that is there stays as it is. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: ownerOnlyFolder })
}

/** Makes an empty file for the owner only, and fails with `EEXIST` where there is one. */
export async function makePrivateFile(file: string): Promise<void> {
  await makePrivateFolder(dirname(file))
  const handle = await open(file, 'wx', ownerOnlyFile)
  await handle.close()
}

/** Takes the rights of group and others from our own file; Windows has its folders' access lists instead. */
export async function keepPrivate(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const found = await stat(file).catch(() => null)
  if (!found || found.uid !== process.geteuid?.() || (found.mode & 0o777) === ownerOnlyFile) return
  await chmod(file, ownerOnlyFile)
}

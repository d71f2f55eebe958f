import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const fileSchema = z.record(z.string(), z.string())

/** The encrypted secrets of a home by their keys; whoever holds no key can still see which there are, and drop them. */
export function readSecretFile(file: string): Record<string, string> {
  return existsSync(file) ? fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
}

export function writeSecretFile(file: string, values: Readonly<Record<string, string>>): void {
  writeFileSync(`${file}.new`, JSON.stringify(values), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function dropSecret(file: string, key: string): void {
  const stored = readSecretFile(file)
  if (!Object.hasOwn(stored, key)) return
  writeSecretFile(file, Object.fromEntries(Object.entries(stored).filter(([name]) => name !== key)))
}

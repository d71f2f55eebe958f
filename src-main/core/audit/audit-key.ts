import { randomBytes } from 'node:crypto'
import type { Logger, SecretStore } from '../app/ports'

const name = 'audit.key'

async function readOrMake(secrets: SecretStore): Promise<Uint8Array> {
  const known = await secrets.get(name)
  if (known !== null) return Buffer.from(known, 'hex')
  const key = randomBytes(32)
  await secrets.set(name, key.toString('hex'))
  return key
}

/**
 * The key of the records' HMACs, made when it is first asked for; null where secrets are not kept encrypted or the
 * key store does not answer: a record without HMAC is better than a console that nobody can use.
 */
export async function auditKey(secrets: SecretStore, logger: Logger): Promise<Uint8Array | null> {
  if (secrets.kind !== 'encrypted') return null
  try {
    return await readOrMake(secrets)
  } catch (error) {
    logger.error({ error }, 'the key of the audit cannot be read; records are written without HMAC')
    return null
  }
}

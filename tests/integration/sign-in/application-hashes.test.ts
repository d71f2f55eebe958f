import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readStoredHash } from '../../../src-main/core/sign-in/stored-hash'
import { sessionIn, startPeopledConsole, type Console } from './console'

const password = 'Grün wächst der Farn'
const hashes = {
  bcrypt: '$2a$04$abcdefghijklmnopqrstuuSZzIUSqc8a1pc2CeoBLzgEVMk297mXW',
  pbkdf2: 'pbkdf2:sha1:1000$Zx8vB6nM$24eb50c26d1cde05e3dc3cff3a4dad9d49ab0783',
  scrypt:
    'scrypt:32768:8:1$aB3dE5fG7hJ9kL1m$125b92e4b99fb2bf7d8626acf898aad63da5bc05d10a577215a0f5b9a9c3a5d2a47941a4080e60b507025ac7369bc01a9ace399d430436ae81fe0004d0cf61ba',
}

let desk: Console
beforeEach(async () => (desk = await startPeopledConsole()))
afterEach(() => desk.close())

async function give(hash: string) {
  const look = await desk.database()
  const sql = `UPDATE users SET password_hash = $hash WHERE username = 'ada'`
  await look.transaction((tx) => look.run(tx, { sql, bind: { hash } }))
}

describe.each(Object.entries(hashes))('a %s hash of an application', (...[, hash]) => {
  it('opens a session, and the password is hashed anew in the same transaction', async () => {
    await give(hash)
    expect(sessionIn(await desk.signIn('ada', password)).username).toBe('ada')
    const { hash: now } = await desk.account('ada')
    expect(readStoredHash(now ?? '')).toMatchObject({ kind: 'argon2', variant: 'argon2id' })
    expect((await desk.audit()).at(-1)?.after).toBe('{"via":"local","passwordRehashed":true}')
    await desk.signOut()
    expect(sessionIn(await desk.signIn('ada', password)).username).toBe('ada')
    expect((await desk.account('ada')).hash).toBe(now)
  })

  it('stays as it was after a wrong password', async () => {
    await give(hash)
    expect((await desk.signIn('ada', 'wrong-wrong-wrong')).ok).toBe(false)
    expect((await desk.account('ada')).hash).toBe(hash)
  })
})

it('a hash that is not known lets nobody in and says so like any wrong password', async () => {
  await give('md5$salt$5f4dcc3b5aa765d61d8327deb882cf99')
  expect(await desk.signIn('ada', password)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REFUSED' } })
})

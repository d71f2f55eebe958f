import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readImportFile } from '../../../src-main/core/users/import-file'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'authdesk-import-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(content: string | Buffer, format: 'csv' | 'json' = 'csv') {
  const file = join(folder, `people.${format}`)
  writeFileSync(file, content)
  return readImportFile(file, format)
}
const names = async (content: string | Buffer, format?: 'csv' | 'json') =>
  (await read(content, format)).rows.map(({ line, values }) => [line, values.username, values.full_name])

describe('a file of accounts', () => {
  it.each([
    ['commas', 'username,full_name\nada,Ada\n'],
    ['semicolons', 'username;full_name\nada;Ada\n'],
    ['tabs and Windows line ends', 'username\tfull_name\r\nada\tAda\r\n'],
    ['a byte order mark', '\uFEFFusername,full_name\nada,Ada'],
    ['other spellings of the header', 'Username,Full Name\nada,Ada'],
    ['blank lines at the end', 'username,full_name\nada,Ada\n\n\n'],
  ])('is read with %s', async (_, content) => {
    expect(await names(content)).toEqual([[2, 'ada', 'Ada']])
  })

  it('knows the line of each row, quoted line breaks included', async () => {
    const content = 'username,full_name\nada,"Ada\nof two, lines"\n\nbob,"Bob ""B"""\n'
    expect(await names(content)).toEqual([
      [2, 'ada', 'Ada\nof two, lines'],
      [5, 'bob', 'Bob "B"'],
    ])
  })

  it('says which columns it does not read', async () => {
    expect((await read('username,shoe_size,last_sign_in\nada,38,never')).ignored).toEqual([
      'shoe_size',
      'last_sign_in',
    ])
  })

  it('takes back what an export put before a formula', async () => {
    expect(await names(`username,full_name\n"'=ada","'-x"`)).toEqual([[2, '=ada', '-x']])
  })

  it.each([
    ['a list', '[{"username":"ada","fullName":"Ada"}]'],
    ['users of a document', '{"users":[{"username":"ada","full_name":"Ada","id":7}]}'],
  ])('is read as JSON: %s', async (_, content) => {
    expect(await names(content, 'json')).toEqual([[1, 'ada', 'Ada']])
  })

  it.each([
    ['UTF-16', Buffer.from('\uFEFFusername\nada', 'utf16le'), 'csv', 'importUtf16'],
    ['Latin-1', Buffer.from('username\nAn\xefs', 'latin1'), 'csv', 'importUtf8'],
    ['no header', 'name,mail\nada,a@b', 'csv', 'importHeader'],
    ['a column twice', 'username,username\nada,ada', 'csv', 'importHeader'],
    ['nothing', '', 'csv', 'importHeader'],
    ['a quote without its end', 'username,full_name\nada,"Ada\nbob,Bob\n', 'csv', 'importQuotes'],
    ['broken JSON', '[{"username":', 'json', 'importJson'],
    ['another JSON', '{"people":[]}', 'json', 'importJson'],
  ] as const)('with %s is refused with a sentence', async (...[, content, format, text]) => {
    await expect(read(content, format)).rejects.toMatchObject({ code: 'INVALID_INPUT', text })
  })

  it('that is not there says so', async () => {
    await expect(readImportFile(join(folder, 'none.csv'), 'csv')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

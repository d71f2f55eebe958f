import { describe, expect, test } from 'vitest'
import type { DirectoryConnection } from '../../../src-main/core/ldap/directory-connection'
import { textsOf, type Entry } from '../../../src-main/core/ldap/entry'
import { withWholeRange } from '../../../src-main/core/ldap/ranges'

const never = new AbortController().signal
const names = Array.from({ length: 4500 }, (_, index) => `cn=g${index}`)
const dn = 'cn=ada,dc=example,dc=test'

function slice(from: number, to: number, name?: string): Entry {
  const last = to >= names.length
  const attribute = name ?? `memberof;range=${from}-${last ? '*' : to - 1}`
  const values = names.slice(from, to).map((value) => Buffer.from(value))
  return {
    dn,
    attributes: new Map([
      [attribute, values],
      ['cn', [Buffer.from('ada')]],
    ]),
  }
}

/** Hands out 1,500 values at a time, as Active Directory does; `broken` answers from that value on are changed. */
function server(broken: (from: number) => Entry | null | undefined = () => undefined) {
  const asked: string[] = []
  const connection: DirectoryConnection = {
    search: (request) => {
      const attribute = request.attributes[0] ?? ''
      asked.push(attribute)
      const from = Number(/range=(\d+)-/.exec(attribute)?.[1])
      const changed = broken(from)
      const entry = changed === undefined ? slice(from, from + 1500) : changed
      return Promise.resolve({ entries: entry ? [entry] : [], extent: 'complete', references: [] })
    },
  }
  return { connection, asked }
}

describe('an attribute in slices', () => {
  test('is fetched to the last one', async () => {
    const { connection, asked } = server()
    const whole = await withWholeRange(connection, { entry: slice(0, 1500), attribute: 'memberOf' }, never)
    expect(textsOf(whole, 'memberOf')).toEqual(names)
    expect(textsOf(whole, 'cn')).toEqual(['ada'])
    expect(asked).toEqual(['memberOf;range=1500-*', 'memberOf;range=3000-*'])
  })

  test('that came whole is left alone, without a question', async () => {
    const { connection, asked } = server()
    for (const entry of [slice(0, 10, 'memberof'), slice(0, 10, 'memberof;range=0-*')]) {
      const whole = await withWholeRange(connection, { entry, attribute: 'memberOf' }, never)
      expect(textsOf(whole, 'memberOf')).toEqual(names.slice(0, 10))
    }
    expect(asked).toEqual([])
  })

  test.each<[string, (from: number) => Entry | null | undefined]>([
    ['does not come', (from) => (from === 3000 ? null : undefined)],
    ['comes without the attribute', (from) => (from === 3000 ? slice(0, 0, 'description') : undefined)],
    ['comes again and again', () => slice(0, 1500)],
  ])('whose next slice %s is incomplete, never shorter', async (_, broken) => {
    const { connection, asked } = server(broken)
    const work = withWholeRange(connection, { entry: slice(0, 1500), attribute: 'memberOf' }, never)
    await expect(work).rejects.toMatchObject({ code: 'LDAP_GROUP_INCOMPLETE' })
    expect(asked.length).toBeLessThan(4)
  })
})

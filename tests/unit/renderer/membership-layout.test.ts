import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutMembership } from '../../../src-renderer/features/ldap/membership-layout'

type Groups = Parameters<typeof layoutMembership>[0]

const group = (dn: string, below: string | null = null, change: Partial<Groups[number]> = {}) => ({
  ...{ dn, name: dn, how: below === null ? ('direct' as const) : ('nested' as const) },
  ...{ via: [], below, role: null, required: false, ...change },
})

describe('the picture of a person’s groups', () => {
  it('puts each group a column behind the one that it holds', () => {
    const { nodes, edges, columns } = layoutMembership([group('a'), group('b', 'a'), group('c', 'b')])
    expect(nodes.map(({ dn, column }) => [dn, column])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    expect(edges).toEqual([
      { from: null, to: 'a' },
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ])
    expect(columns).toBe(4)
  })

  it('draws no line where the way is not known', () => {
    const nested = group('far', null, { how: 'nested' })
    expect(layoutMembership([nested]).edges).toEqual([])
    expect(layoutMembership([group('primary', null, { how: 'primary' })]).edges).toHaveLength(1)
  })

  it('keeps what matters, and the way to it, where there are too many', () => {
    const many = Array.from({ length: 60 }, (_, at) => group(`plain-${at}`))
    const { nodes, left } = layoutMembership([
      ...many,
      group('below'),
      group('admins', 'below', { role: 'admin' }),
    ])
    expect(nodes.map(({ dn }) => dn)).toEqual(expect.arrayContaining(['below', 'admins']))
    expect(left).toBe(62 - nodes.length)
  })

  it('ends with cycles and ways into nowhere, and never puts two groups on one place', () => {
    const names = fc.integer({ min: 0, max: 12 }).map(String)
    const groups = fc.uniqueArray(fc.record({ dn: names, below: fc.option(names) }), {
      selector: ({ dn }) => dn,
    })
    fc.assert(
      fc.property(groups, (given) => {
        const { nodes, edges, columns, rows } = layoutMembership(
          given.map(({ dn, below }) => group(dn, below)),
        )
        const places = nodes.map(({ column, row }) => `${column}/${row}`)
        expect(new Set(places).size).toBe(nodes.length)
        expect(nodes.every(({ column, row }) => column < columns && row < rows)).toBe(true)
        const known = new Set<string | null>([null, ...nodes.map(({ dn }) => dn)])
        expect(edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true)
      }),
    )
  })
})

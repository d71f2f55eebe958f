import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvLine, formulaSafe, fromFormulaSafe } from '../../../src-main/core/csv/formula-safe'

describe('a cell of an export', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''+1"])('%j is no formula', (cell) => {
    expect(formulaSafe(cell)).toBe(`'${cell}`)
  })

  it.each(['ada', "'t Hooft", 'a=b', '', '1'])('%j stays as it is', (cell) => {
    expect(formulaSafe(cell)).toBe(cell)
  })

  it('comes back as it went, whatever it is', () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+\-@\t\r].{0,5}$/))
    fc.assert(fc.property(cell, (text) => fromFormulaSafe(formulaSafe(text)) === text))
  })

  it('is read by a CSV reader as it was written', () => {
    const cells = fc.array(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', "'", '=', ' ', 'ü') }),
      {
        minLength: 2,
        maxLength: 5,
      },
    )
    fc.assert(
      fc.property(cells, (row) => {
        const read = Papa.parse<string[]>(csvLine(row), { newline: '\r\n' }).data[0]
        expect(read?.map(fromFormulaSafe)).toEqual(row)
      }),
    )
  })

  it('a number is no formula, an absent value an empty cell', () => {
    expect(csvLine([-5, null, 'x'])).toBe('-5,,x\r\n')
  })
})

import { describe, expect, it } from 'vitest'
import { ageGroup, grid, type CrossTab } from './crosstab'

const table = (dimensions: string[], cells: [string[], number][]): CrossTab =>
  ({ dimensions, cells: cells.map(([codes, people]) => ({ codes, people })) }) as CrossTab

describe('a cross-tab', () => {
  it('has a line and a column for each code, ages by their number, and says what it does not know', () => {
    const laid = grid(
      table(['age_group', 'sex'], [
        [['0', '1'], 3],
        [['-1', '1'], 1],
        [['25', '2'], 5],
        [['16', '1'], 4],
      ]),
    )
    expect(laid.lines).toEqual(['0', '16', '25', '-1'])
    expect(laid.columns).toEqual(['1', '2'])
    expect(laid.value('25', '2')).toBe(5)
    expect(laid.value('25', '1')).toBeNull()
  })
  it('of three dimensions has lines by the first and the third, those that are there', () => {
    const laid = grid(
      table(['sex', 'status', 'age_group'], [
        [['1', 'EMPLOYED', '25'], 3],
        [['1', 'UNEMPLOYED', '25'], 1],
        [['2', 'EMPLOYED', '16'], 5],
      ]),
    )
    expect(laid.lines).toEqual(['1\t25', '2\t16'])
    expect(laid.columns).toEqual(['EMPLOYED', 'UNEMPLOYED'])
    expect(laid.value('1\t25', 'UNEMPLOYED')).toBe(1)
    expect(laid.value('2\t16', 'UNEMPLOYED')).toBeNull()
  })
  it('puts the employed first and the unknown last', () => {
    const laid = grid(table(['status'], [[['UNKNOWN'], 1], [['EMPLOYED'], 2], [['UNEMPLOYED'], 3]]))
    expect(laid.lines).toEqual(['EMPLOYED', 'UNEMPLOYED', 'UNKNOWN'])
  })
  it('has one column if there is one dimension', () => {
    const laid = grid(table(['sex'], [[['1'], 7]]))
    expect(laid.columns).toEqual([''])
    expect(laid.value('1', '')).toBe(7)
  })
  it('names age groups by both ends', () => {
    expect(['0', '15', '16', '20', '60', '65', '-1'].map(ageGroup)).toEqual(['0–14', '15', '16–19', '20–24', '60–64', '65+', '?'])
  })
})

import { describe, expect, it } from 'vitest'
import { arc, atEdge, box, breaks, classOf, colours, DIVERGING, ranked, read, SEQUENTIAL, shownUnit, written, type Area, type MeasureLine } from './choropleth'

const count: MeasureLine = { measure: 'employed', title: '就业人数', unit: '人', definition: '', nature: 'inferred', good: 1, rate: false, regionBy: ['residence'], byIndustry: true, byGroup: true, people: true, enterprises: null }
const rate: MeasureLine = { ...count, measure: 'unemployment-rate', unit: '%', rate: true }
const months = [202411, 202412, 202501, 202502, 202503, 202504, 202505, 202506, 202507, 202508, 202509, 202510, 202511]
const area = (part: (number | null)[], of: (number | null)[] | null = null, withheld: number[] = []): Area => ({ region: '360722', part, of, withheld })

describe('a reading', () => {
  const line = [100, ...Array.from({ length: 11 }, () => 110), 121]
  it('is a level, or a change in per cent against the month or the year before', () => {
    expect(read(area(line), 12, count, 'level', months).value).toBe(121)
    expect(read(area(line), 12, count, 'month', months).value).toBeCloseTo(10)
    expect(read(area(line), 12, count, 'year', months).value).toBeCloseTo(21)
    expect(read(area(line), 11, count, 'year', months).value).toBeNull()
  })
  it('is missing where a part is, and where nothing was before', () => {
    expect(read(area([null, 5]), 1, count, 'month', months).value).toBeNull()
    expect(read(area([0, 5]), 1, count, 'month', months).value).toBeNull()
    expect(read(area([5, null]), 1, count, 'level', months).value).toBeNull()
    expect(read(area([null], null, [202411]), 0, count, 'level', months)).toMatchObject({ value: null, withheld: true })
  })
  it('of a rate is a quotient, and changes in points', () => {
    expect(read(area([5, 6], [100, 100]), 1, rate, 'level', months)).toMatchObject({ value: 6, part: 6, of: 100 })
    expect(read(area([5, 6], [100, 100]), 1, rate, 'month', months).value).toBeCloseTo(1)
    expect(read(area([0], [0]), 0, rate, 'level', months).value).toBeNull()
    expect(shownUnit(rate, 'year', 'points')).toBe('points')
    expect(shownUnit(count, 'year', 'points')).toBe('%')
  })
})

describe('classes', () => {
  const values = Array.from({ length: 100 }, (_, i) => i)
  it('by quantile hold equally many, by equal steps span equally much', () => {
    const bounds = breaks(values, 'level', 'quantile', [])
    expect(bounds).toEqual([20, 40, 60, 80])
    expect(values.filter((v) => classOf(v, bounds) === 4)).toHaveLength(20)
    expect(breaks([0, 1, 2, 10], 'level', 'equal', [])).toEqual([2, 4, 6, 8])
  })
  it('of one value are two at most, and own bounds are put in order', () => {
    expect(breaks([7, 7, 7], 'level', 'quantile', [])).toEqual([7])
    expect(breaks(values, 'level', 'own', [50, 10, 50])).toEqual([10, 50])
    expect(breaks([], 'level', 'quantile', [])).toEqual([])
  })
  it('of changes lie on both sides of none', () => {
    const bounds = breaks([-3, -2, -1, 1, 2, 3, 4], 'year', 'quantile', [])
    expect(bounds).toEqual([...bounds].map((b) => -b).reverse())
    const scale = colours(bounds.length + 1, 'year')
    expect(scale[classOf(0, bounds)]).toBe(DIVERGING[3])
    expect(scale[0]).toBe(DIVERGING[0])
    expect(scale.at(-1)).toBe(DIVERGING[6])
  })
  it('have colours over the whole scale', () => {
    expect(colours(5, 'level')).toEqual(SEQUENTIAL)
    expect(colours(2, 'level')).toEqual([SEQUENTIAL[0], SEQUENTIAL[4]])
  })
})

it('numbers are written with their unit and sign', () => {
  expect(written(12345.4, '人', 'level')).toBe('12,345')
  expect(written(-2.25, '%', 'year')).toBe('−2.3%')
  expect(written(4.5, '%', 'level')).toBe('4.5%')
  expect(written(-0.04, '%', 'year')).toBe('0.0%')
  expect(written(null, '%', 'level')).toBe('—')
})

it('a rank leaves the missing out', () => {
  expect(ranked([{ region: 'b', value: 1 }, { region: 'c', value: null }, { region: 'a', value: 1 }, { region: 'd', value: 2 }]).map((r) => r.region)).toEqual(['d', 'a', 'b'])
})

it('an arc leads from one place to the other beside the straight line', () => {
  const there = arc([0, 0], [10, 0])
  const back = arc([10, 0], [0, 0])
  expect(there[0]).toEqual([0, 0])
  expect(there.at(-1)).toEqual([10, 0])
  expect(there[12]![1]).toBeLessThan(0)
  expect(back[12]![1]).toBeGreaterThan(0)
})

it('a box holds the outlines wanted, and places outside lie around it', () => {
  const square = (code: string, x: number): GeoJSON.Feature => ({ type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 0]]] } })
  const file: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [square('360722', 0), square('360723', 5)] }
  expect(box(file, (c) => c.startsWith('36'))).toEqual([0, 0, 6, 1])
  expect(box(file, (c) => c === '360723')).toEqual([5, 0, 6, 1])
  expect(box(file, () => false)).toBeUndefined()
  const [x, y] = atEdge([100, 0.5], [0, 0, 6, 1])
  expect(x).toBeCloseTo(3 + 6 * 0.78)
  expect(y).toBeCloseTo(0.5)
})

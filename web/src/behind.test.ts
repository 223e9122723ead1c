import { expect, test } from 'vitest'
import { figureCell } from './behind'
import type { Figures, MeasureLine } from './choropleth'
import { monthBefore, monthsBack } from './months'

const employed: MeasureLine = { measure: 'employed', title: '就业人数', unit: '人', definition: '有就业证据的人', nature: 'inferred', good: 1, rate: false, regionBy: ['work'], byIndustry: true, byGroup: true, people: true, enterprises: null }
const area = { region: '360722', part: [7, 8], of: null, withheld: [] }
const figures: Figures = { measure: 'employed', region: '3607', level: 'county', regionBy: 'work', industry: 'C', group: null, perturbed: false, months: [202511, 202512], total: area, areas: [area], snapshot: { id: 'a', firstMonth: 202511, lastMonth: 202512, synthetic: true } }

test('a figure of people asks for them by measure, place, month and industry', () => {
  const cell = figureCell(employed, figures, area, 1)
  expect(cell.numbers.map((n) => n.value)).toEqual(['8'])
  expect(cell.people).toEqual({ measure: 'employed', cell: 'industry:C', group: undefined, region: '360722', regionBy: 'work', month: 202512 })
  expect(cell.enterprises).toBeUndefined()
})

test('a rate tells what it is a part of, and the enterprises behind it', () => {
  const rate: MeasureLine = { ...employed, measure: 'hire-rate', unit: '%', rate: true, people: false, enterprises: 'hires' }
  const cell = figureCell(rate, { ...figures, industry: null }, { ...area, of: [70, 80] }, 0)
  expect(cell.numbers.map((n) => n.value)).toEqual(['10.0%', '7', '70'])
  expect(cell.people).toBeUndefined()
  expect(cell.enterprises).toEqual({ order: 'hires', region: '360722', month: 202511, industry: undefined })
})

test('what is missing is no number', () => {
  expect(figureCell(employed, figures, { ...area, part: [null, null] }, 0).numbers.map((n) => n.value)).toEqual(['—'])
})

test('months go back over the year', () => {
  expect(monthBefore(202501)).toBe(202412)
  expect(monthsBack({ firstMonth: 202411, lastMonth: 202502 })).toEqual([202502, 202501, 202412, 202411])
  expect(monthsBack(undefined)).toEqual([])
})

import type { Schemas } from './api/state'

export type CrossTab = Schemas['CrossTab']

/** A table as it is read: a line for each code of the first dimension, a column for each of the second. */
export interface Grid {
  lines: string[]
  columns: string[]
  value: (line: string, column: string) => number | null
}

const STATUSES = ['EMPLOYED', 'UNEMPLOYED', 'OUTSIDE_LABOUR_FORCE', 'UNKNOWN']

const ORDER: Record<string, (code: string) => number> = {
  age_group: (code) => (code === '-1' ? 999 : Number(code)),
  industry: (code) => (code === '?' ? 998 : code === '-' ? 999 : code.charCodeAt(0)),
  status: (code) => STATUSES.indexOf(code),
}

/** Codes of a dimension that the table has, in the order in which readers expect them. */
function codes(table: CrossTab, at: number): string[] {
  const found = [...new Set(table.cells.map((cell) => cell.codes[at] ?? ''))]
  const order = ORDER[table.dimensions[at] ?? '']
  return order ? found.sort((a, b) => order(a) - order(b)) : found.sort()
}

/**
 * Lays a table of one to three dimensions out: the second makes the columns, the first and the third the lines, their codes
 * joined by a tab.
 */
export function grid(table: CrossTab): Grid {
  const two = table.dimensions.length > 1
  const three = table.dimensions.length > 2
  const lineOf = (codes: string[]): string => (three ? codes[0] + '\t' + codes[2] : (codes[0] ?? ''))
  const values = new Map(table.cells.map((cell) => [lineOf(cell.codes) + '\n' + (two ? cell.codes[1] : ''), cell.people]))
  const there = new Set(table.cells.map((cell) => lineOf(cell.codes)))
  const lines = three ? codes(table, 0).flatMap((first) => codes(table, 2).map((last) => first + '\t' + last)) : codes(table, 0)
  return {
    lines: lines.filter((line) => there.has(line)),
    columns: two ? codes(table, 1) : [''],
    value: (line, column) => values.get(line + '\n' + column) ?? null,
  }
}

/** 25 → 25–29; the last is open. */
export function ageGroup(code: string): string {
  const from = Number(code)
  const to: Record<number, number> = { 0: 14, 15: 15, 16: 19 }
  return from < 0 ? '?' : from >= 65 ? '65+' : from in to ? (to[from] === from ? code : `${from}–${to[from]}`) : `${from}–${from + 4}`
}

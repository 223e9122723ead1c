import type { Schemas } from './api/state'

export interface Area {
  region: string
  part: (number | null)[]
  of: (number | null)[] | null
  withheld: number[]
}

/** Elements of its lists may be null, which the schema does not say. */
export type Figures = Omit<Schemas['Figures'], 'areas' | 'total'> & { areas: Area[]; total: Area }
export type MeasureLine = Schemas['MeasureLine']

/** What is shown of a measure: its level, or its change against the month or the year before. */
export type Show = 'level' | 'month' | 'year'

/** How values are put into classes. */
export type Classing = 'quantile' | 'equal' | 'own'

export interface Reading {
  /** null: missing, or withheld */
  value: number | null
  part: number | null
  of: number | null
  withheld: boolean
}

const BACK: Record<Show, number> = { level: 0, month: 1, year: 12 }

function plain(area: Area, at: number, rate: boolean, unit: string): number | null {
  const part = area.part[at] ?? null
  if (!rate) {
    return part
  }
  const of = area.of?.[at] ?? null
  return part === null || !of ? null : (part / of) * (unit === '%' ? 100 : 1)
}

/** A region's value in a month: counts change in per cent, rates in points. */
export function read(area: Area, at: number, measure: MeasureLine, show: Show, months: number[]): Reading {
  const now = plain(area, at, measure.rate, measure.unit)
  const reading = { part: area.part[at] ?? null, of: area.of?.[at] ?? null, withheld: area.withheld.includes(months[at] ?? 0) }
  if (show === 'level') {
    return { ...reading, value: now }
  }
  const before = at >= BACK[show] ? plain(area, at - BACK[show], measure.rate, measure.unit) : null
  const change = now === null || before === null ? null : measure.unit === '%' ? now - before : before === 0 ? null : (100 * (now - before)) / before
  return { ...reading, value: change }
}

/** The unit of what is shown. */
export function shownUnit(measure: MeasureLine, show: Show, points: string): string {
  return show === 'level' ? measure.unit : measure.unit === '%' ? points : '%'
}

export const SEQUENTIAL = ['#e6eef9', '#bcd0ec', '#86a9da', '#4a7cc3', '#1f4e9c']
export const DIVERGING = ['#8a4b08', '#cf9346', '#eed6ac', '#efefe9', '#bcd0ec', '#6f99d3', '#1f4e9c']
export const MISSING = '#d9d6cf'

/** Upper bounds of all classes but the last, rising; equal ones are one. */
export function breaks(values: number[], show: Show, classing: Classing, own: number[]): number[] {
  if (classing === 'own' && own.length) {
    return [...new Set(own)].sort((a, b) => a - b)
  }
  if (!values.length) {
    return []
  }
  if (show !== 'level') {
    const sizes = values.map(Math.abs).sort((a, b) => a - b)
    const bounds = classing === 'equal' ? [1, 3, 5].map((n) => (n / 7) * (sizes.at(-1) ?? 0)) : [0.25, 0.5, 0.8].map((q) => sizes[Math.min(sizes.length - 1, Math.floor(q * sizes.length))] ?? 0)
    return [...new Set([...bounds.map((b) => -b), ...bounds])].sort((a, b) => a - b)
  }
  const sorted = [...values].sort((a, b) => a - b)
  const first = sorted[0] ?? 0
  const last = sorted.at(-1) ?? 0
  const n = SEQUENTIAL.length
  const bounds = Array.from({ length: n - 1 }, (_, i) =>
    classing === 'equal' ? first + ((last - first) * (i + 1)) / n : (sorted[Math.floor((sorted.length * (i + 1)) / n)] ?? last),
  )
  return [...new Set(bounds)]
}

/** The class of a value: how many bounds it has reached. */
export function classOf(value: number, bounds: number[]): number {
  return bounds.filter((bound) => value >= bound).length
}

/** The colour of each class: few classes are spread over the whole scale. */
export function colours(classes: number, show: Show): string[] {
  const scale = show === 'level' ? SEQUENTIAL : DIVERGING
  return Array.from({ length: classes }, (_, i) => scale[classes === 1 ? scale.length >> 1 : Math.round((i * (scale.length - 1)) / (classes - 1))] ?? MISSING)
}

/** A number as the legend and the lists write it. */
export function written(value: number | null, unit: string, show: Show): string {
  if (value === null) {
    return '—'
  }
  const rate = unit === '%' || show !== 'level'
  const text = rate ? Math.abs(value).toFixed(1) : Math.round(Math.abs(value)).toLocaleString('en-US')
  const none = Number(text.replaceAll(',', '')) === 0
  const sign = none ? '' : value < 0 ? '−' : show === 'level' ? '' : '+'
  return sign + text + (rate ? unit : '')
}

/** Regions with a value, the largest first; equal ones by code. */
export function ranked(areas: { region: string; value: number | null }[]): { region: string; value: number }[] {
  return areas
    .flatMap((a) => (a.value === null ? [] : [{ region: a.region, value: a.value }]))
    .sort((a, b) => b.value - a.value || (a.region < b.region ? -1 : 1))
}

/** A line from one place to another, bent to its right so that both directions are seen. */
export function arc(from: [number, number], to: [number, number], steps = 24): [number, number][] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const bend: [number, number] = [(from[0] + to[0]) / 2 + dy * 0.18, (from[1] + to[1]) / 2 - dx * 0.18]
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    const at = (axis: 0 | 1): number => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * bend[axis] + t ** 2 * to[axis]
    return [at(0), at(1)]
  })
}

export type Box = [number, number, number, number]

/** West, south, east, north of the outlines of some regions. */
export function box(outlines: GeoJSON.FeatureCollection, wanted: (code: string) => boolean): Box | undefined {
  let found: Box | undefined
  const take = (c: unknown): void => {
    if (!Array.isArray(c)) {
      return
    }
    if (typeof c[0] === 'number') {
      const [x, y] = c as [number, number]
      found = found ? [Math.min(found[0], x), Math.min(found[1], y), Math.max(found[2], x), Math.max(found[3], y)] : [x, y, x, y]
    } else {
      c.forEach(take)
    }
  }
  outlines.features.filter((f) => wanted(String(f.properties?.code))).forEach((f) => take((f.geometry as GeoJSON.Polygon).coordinates))
  return found
}

/** Where a place outside is drawn: in its direction, at the edge around the home box. */
export function atEdge(place: [number, number], home: Box): [number, number] {
  const [cx, cy] = [(home[0] + home[2]) / 2, (home[1] + home[3]) / 2]
  const [rx, ry] = [(home[2] - home[0]) * 0.78, (home[3] - home[1]) * 0.64]
  const angle = Math.atan2((place[1] - cy) / ry, (place[0] - cx) / rx)
  return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)]
}

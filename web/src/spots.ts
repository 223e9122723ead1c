import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { Box } from './choropleth'

/** An enterprise where it filed to stand, or several that stand together. */
export interface Spot {
  at: [number, number]
  /** How many it stands for. */
  n: number
  /** null where the month has not come */
  headcount: number | null
  /** A year before; null if not known. */
  before: number | null
  /** Of one alone. */
  ref?: string
  name?: string
}

export interface Tile {
  z: number
  x: number
  y: number
}

const NEAREST = 14

function row(latitude: number): number {
  const a = (latitude * Math.PI) / 180
  return (1 - Math.log(Math.tan(a) + 1 / Math.cos(a)) / Math.PI) / 2
}

/** The tiles that cover a view, each about a quarter as wide as it. */
export function tilesOver([west, south, east, north]: Box): Tile[] {
  const z = Math.max(0, Math.min(NEAREST, Math.floor(Math.log2(360 / (east - west))) + 2))
  const size = 2 ** z
  const [left, right] = [west, east].map((longitude) => Math.floor(((longitude + 180) / 360) * size)) as [number, number]
  const [top, bottom] = [north, south].map((latitude) => Math.floor(row(latitude) * size)) as [number, number]
  const tiles: Tile[] = []
  for (let x = left; x <= right; x++) {
    for (let y = top; y <= bottom; y++) {
      tiles.push({ z, x, y })
    }
  }
  return tiles
}

const number = (value: string | number | undefined): number | null => (value === undefined ? null : Number(value))

/** The enterprises of a tile as the server encodes it; none if it has no such layer. */
export function spotsOf(bytes: ArrayBuffer, { x, y, z }: Tile): Spot[] {
  const layer = bytes.byteLength ? new VectorTile(new PbfReader(bytes)).layers.enterprises : undefined
  return Array.from({ length: layer?.length ?? 0 }, (_, at) => {
    const feature = layer!.feature(at)
    const { n, headcount, before, ref, name } = feature.properties as Record<string, string | number | undefined>
    const point = feature.toGeoJSON(x, y, z).geometry as GeoJSON.Point
    return { at: point.coordinates as [number, number], n: Number(n), headcount: number(headcount), before: number(before), ref: ref as string | undefined, name: name as string | undefined }
  })
}

/** Of people against a year before. */
export const SPOT_COLOURS = { missing: '#8b8f99', fewer: '#b26a1b', more: '#3f7f69', same: '#14315f' }

export function spotColour(spot: Pick<Spot, 'headcount' | 'before'>): string {
  if (spot.headcount === null) {
    return SPOT_COLOURS.missing
  }
  const change = spot.headcount - (spot.before ?? spot.headcount)
  return change < 0 ? SPOT_COLOURS.fewer : change > 0 ? SPOT_COLOURS.more : SPOT_COLOURS.same
}

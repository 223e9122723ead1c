/** What both drawings of the map — by WebGL, and plain — are given, and what they tell. */
export interface MapProps {
  label: string
  outlines: GeoJSON.FeatureCollection
  /** Digits of the regions that are coloured: 4 cities, 6 counties. */
  digits: number
  /** By code; what is within and has none is missing. */
  colours: Record<string, string>
  /** Whether a region belongs to the one shown; others are faint. */
  within: (code: string) => boolean
  /** The region shown: the view goes there when it changes. */
  focus: string
  selected: string
  /** Codes whose outline is set off. */
  tagged: string[]
  arcs: Arc[]
  signs: Sign[]
  /** Whether enterprises stand where they filed to stand, from tiles. */
  points: boolean
  /** Room taken by what lies over the map, pixels. */
  inset: { top: number; bottom: number }
  credit: string
}

export interface Arc {
  from: [number, number]
  to: [number, number]
  width: number
  /** Whether people come to the region shown. */
  inward: boolean
  label: string
}

export interface Sign {
  at: [number, number]
  label: string
  /** Radius in pixels. */
  size: number
  /** A place outside the province. */
  outside: boolean
  /** Of an enterprise: its colour, and the reference of its file. */
  colour?: string
  ref?: string
}

export interface Over {
  code: string
  x: number
  y: number
}

/**
 * Whether the browser can draw by WebGL.
 *
 * @param swiftly not by the processor alone: there the plain drawing is the quicker one
 */
export function hasWebGl(swiftly: boolean): boolean {
  try {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
    const told = pen?.getExtension('WEBGL_debug_renderer_info')
    const by = told ? String(pen?.getParameter(told.UNMASKED_RENDERER_WEBGL)) : ''
    pen?.getExtension('WEBGL_lose_context')?.loseContext()
    return !!pen && !(swiftly && /swiftshader|llvmpipe|softpipe|software|basic render/i.test(by))
  } catch {
    return false
  }
}

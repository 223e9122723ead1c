import { computed, watch, type Ref } from 'vue'
import { get, query } from './api/client'
import { useLoad, type Schemas } from './api/state'
import { atEdge, box } from './choropleth'
import type { Arc, Sign } from './map'
import { count } from './numbers'
import { spotColour } from './spots'
import { regionName } from './words'

const HOME = '36'
const MOST = 40

interface Asked {
  places: Ref<Schemas['Places'] | undefined>
  outlines: Ref<GeoJSON.FeatureCollection | undefined>
  /** What is switched on: flows, employers, points, key, tag:NAME. */
  layers: Ref<string[]>
  flows: Ref<{ region: string; level: string; kind: string; month: number }>
  staff: Ref<{ region: string; month: number; industry: string }>
}

/** What lies over the coloured regions: lines of movements, circles of enterprises, tagged outlines. Each is fetched when it is on. */
export function useMapLayers(asked: Asked) {
  const on = (layer: string): boolean => asked.layers.value.includes(layer)
  const showsFlows = computed(() => on('flows'))
  const showsEmployers = computed(() => on('employers'))
  const showsPoints = computed(() => on('points'))
  const showsKey = computed(() => on('key'))
  const { state: moved, run: loadMoved } = useLoad(() => get<Schemas['Movements']>('/analysis/movements' + query({ ...asked.flows.value, most: MOST })))
  const { state: staffed, run: loadStaffed } = useLoad(() => get<Schemas['EmployersLayer']>('/map/employers' + query(asked.staff.value)))
  watch([showsFlows, asked.flows], () => void (showsFlows.value && asked.flows.value.month && loadMoved()), { immediate: true })
  watch([showsEmployers, asked.staff], () => void (showsEmployers.value && asked.staff.value.month && loadStaffed()), { immediate: true })
  const { state: named, run: loadNamed } = useLoad(() => get<Schemas['KeyEnterpriseList']>('/employers/key' + query({ region: asked.staff.value.region, month: asked.staff.value.month })))
  watch([showsKey, asked.staff], () => void (showsKey.value && asked.staff.value.month && loadNamed()), { immediate: true })
  const movements = computed(() => (showsFlows.value ? moved.value : undefined))
  const employers = computed(() => (showsEmployers.value ? staffed.value : undefined))
  const keys = computed(() => (showsKey.value ? named.value : undefined))

  const tagged = computed(() => asked.layers.value.flatMap((l) => (l.startsWith('tag:') ? (asked.places.value?.tags[l.slice(4)] ?? []) : [])))

  const home = computed(() => (asked.outlines.value ? box(asked.outlines.value, (code) => code.startsWith(HOME)) : undefined))
  function end(code: string): [number, number] | undefined {
    const centre = asked.places.value?.centres[code] as [number, number] | undefined
    return centre && (code.startsWith(HOME) || !home.value ? centre : atEdge(centre, home.value))
  }

  const arcs = computed((): Arc[] => {
    const most = movements.value?.movements[0]?.people ?? 1
    const here = movements.value?.region ?? ''
    return (movements.value?.movements ?? []).flatMap((m) => {
      const [from, to] = [end(m.from), end(m.to)]
      return from && to ? [{ from, to, width: 0.8 + 4.2 * Math.sqrt(m.people / most), inward: !m.from.startsWith(here), label: `${regionName(m.from)} → ${regionName(m.to)} ${count(m.people)}` }] : []
    })
  })

  const circles = computed((): Sign[] => {
    const counties = employers.value?.counties ?? []
    const most = Math.max(1, ...counties.map((c) => c.headcount ?? 0))
    return counties.flatMap((c) => {
      const at = end(c.region)
      return at && c.headcount ? [{ at, label: regionName(c.region), size: 2 + 14 * Math.sqrt(c.headcount / most), outside: false }] : []
    })
  })

  /** Key enterprises where they filed to stand, else at the centre of their county; the small ones over the large. */
  const keySigns = computed((): Sign[] => {
    const shown = keys.value?.enterprises ?? []
    const most = Math.max(1, ...shown.map((e) => e.headcount ?? 0))
    return shown.flatMap((e) => {
      const at: [number, number] | undefined = e.longitude != null && e.latitude != null ? [e.longitude, e.latitude] : end(e.region)
      const [headcount, before] = [e.headcount ?? null, e.yearBefore ?? null]
      return at ? [{ at, label: `${e.name} ${count(headcount)}`, size: 4 + 10 * Math.sqrt((headcount ?? 0) / most), outside: false, ref: e.ref, colour: spotColour({ headcount, before }) }] : []
    })
  })

  const provinces = computed((): Sign[] => {
    const people = new Map<string, number>()
    for (const m of movements.value?.movements ?? []) {
      for (const code of [m.from, m.to].filter((c) => !c.startsWith(HOME))) {
        people.set(code, (people.get(code) ?? 0) + m.people)
      }
    }
    return [...people].flatMap(([code, sum]) => {
      const at = end(code)
      return at ? [{ at, label: `${regionName(code).replace(/省|市|壮族自治区|自治区|维吾尔|回族/g, '')} ${count(sum)}`, size: 6, outside: true }] : []
    })
  })
  const signs = computed(() => [...circles.value, ...provinces.value, ...keySigns.value])

  return { showsFlows, showsEmployers, showsPoints, showsKey, tagged, movements, employers, keys, arcs, signs }
}

import { computed } from 'vue'
import { useAddress } from './address'
import { me, snapshot } from './api/state'
import type { Classing, MeasureLine, Show } from './choropleth'

/** What is asked of the map; all of it stands in the address. */
export function useMapQuestion(measures: () => MeasureLine[]) {
  const { route, given, set } = useAddress()
  const region = computed(() => given('region', (me.value?.region ?? '36').slice(0, 6)))
  const layers = computed(() => given('layers', '').split(',').filter(Boolean))
  const measure = computed(() => measures().find((m) => m.measure === given('measure', 'employed')) ?? measures()[0])
  return {
    set,
    region,
    layers,
    measure,
    by: computed(() => {
      const wanted = given('by', '')
      return measure.value?.regionBy.includes(wanted) ? wanted : (measure.value?.regionBy[0] ?? 'residence')
    }),
    level: computed(() => (region.value.length === 2 ? given('level', 'county') : 'county')),
    industry: computed(() => given('industry', '')),
    group: computed(() => given('group', '')),
    month: computed(() => Number(route.query.month ?? snapshot.value?.lastMonth ?? 0)),
    show: computed(() => given('show', 'year') as Show),
    classing: computed(() => given('classes', 'quantile') as Classing),
    own: computed(() => given('breaks', '').split(',').filter(Boolean).map(Number).filter(Number.isFinite)),
    kind: computed(() => given('kind', 'hukou-work')),
    at: computed(() => given('at', '')),
    asTable: computed(() => given('view', '') === 'table'),
    /** Switches something that lies over the map on or off. */
    toggle: (layer: string, on: boolean) => set({ layers: [...layers.value.filter((l) => l !== layer), ...(on ? [layer] : [])].join(',') }),
  }
}

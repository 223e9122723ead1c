import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { breaks, classOf, colours, ranked, read, SEQUENTIAL, shownUnit, written, type Figures, type Show } from './choropleth'
import type { useMapQuestion } from './mapQuestion'

interface Asked {
  question: Pick<ReturnType<typeof useMapQuestion>, 'measure' | 'show' | 'classing' | 'own'>
  figures: Ref<Figures | undefined>
  /** Which of the months is shown. */
  at: Ref<number>
  playing: Ref<boolean>
  /** The codes that have an outline. */
  regions: Ref<string[]>
}

/** The figures of the month that is shown, by region, and the classes into which they fall. */
export function useMapReadings({ question, figures, at, playing, regions }: Asked) {
  const { t } = useI18n()
  const { measure, show, classing, own } = question

  const unit = computed(() => (measure.value ? shownUnit(measure.value, show.value, t('map.points')) : ''))
  const readings = computed(() => {
    const m = measure.value
    const f = figures.value
    if (!m || !f || f.measure !== m.measure) {
      return []
    }
    const areas = f.areas.length ? f.areas : [f.total]
    return areas.map((area) => ({ region: area.region, ...read(area, at.value, m, show.value, f.months) }))
  })
  const total = computed(() => {
    const m = measure.value
    const f = figures.value
    return m && f ? read(f.total, at.value, m, show.value, f.months) : undefined
  })
  const order = computed(() => ranked(readings.value))

  const values = computed(() => readings.value.flatMap((r) => (r.value === null ? [] : [r.value])))
  /** While months are played their classes are the same, so that one can be set against another. */
  const bounds = computed(() => {
    const m = measure.value
    const f = figures.value
    if (!m || !f) {
      return []
    }
    const all = classing.value === 'own' ? [] : (playing.value ? f.months.map((_, i) => i) : [at.value]).flatMap((i) => f.areas.map((area) => read(area, i, m, show.value, f.months).value)).filter((v): v is number => v !== null)
    return breaks(all, show.value, classing.value, own.value)
  })
  const scale = computed(() => colours(bounds.value.length + 1, show.value))
  const counts = computed(() => scale.value.map((_, c) => values.value.filter((v) => classOf(v, bounds.value) === c).length))
  const classified = computed(() => Object.fromEntries(readings.value.flatMap((r) => (r.value === null ? [] : [[r.region, scale.value[classOf(r.value, bounds.value)]!]]))))
  const painted = computed((): Record<string, string> => (regions.value.length === 1 && values.value.length ? { [regions.value[0]!]: SEQUENTIAL[1]! } : classified.value))
  const withheld = computed(() => readings.value.filter((r) => r.withheld).length)
  const missing = computed(() => (!figures.value ? 0 : Math.max(0, regions.value.length - values.value.length - withheld.value)))

  /** What a region shows otherwise: its level, or its change. */
  function of(code: string, wanted: Show): string {
    const area = figures.value?.areas.find((a) => a.region === code)
    const m = measure.value
    return area && m ? written(read(area, at.value, m, wanted, figures.value?.months ?? []).value, shownUnit(m, wanted, t('map.points')), wanted) : '—'
  }
  /** The level of a region in all months. */
  function line(code: string): (number | null)[] {
    const area = figures.value?.areas.find((a) => a.region === code)
    const m = measure.value
    const f = figures.value
    return area && m && f ? f.months.map((_, i) => read(area, i, m, 'level', f.months).value) : []
  }
  return { unit, readings, total, order, bounds, scale, counts, painted, withheld, missing, of, line }
}

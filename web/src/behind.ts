import { read, type Area, type Figures, type MeasureLine } from './choropleth'
import { i18n } from './i18n'
import { count, month as monthText, percent } from './numbers'
import { industryName, measureTitle, regionName, title } from './words'

const { t } = i18n.global

/** The people of a figure, or of a cell: codes by dimension; of all, who stood elsewhere in another month, or lost or took up work. */
export interface PeopleQuestion {
  measure?: string
  cell?: string
  /** Where they work, as many digits as needed. */
  work?: string
  /** Who was there in the other month and has died or gone since. */
  left?: boolean
  group?: string
  region: string
  regionBy: string
  month: number
  was?: string
  wasWork?: string
  wasMonth?: number
  cohort?: string
  cohortMonth?: number
}

export interface EnterpriseQuestion {
  order: string
  region: string
  /** Of a quarter any of its months. */
  month: number
  every?: 'month' | 'quarter'
  industry?: string
}

/** What one number is, and how those behind it are found. */
export interface Cell {
  /** What it is of: each dimension and filter in words. */
  says: { name: string; value: string }[]
  /** The number itself first, then what it is a part of. */
  numbers: { name: string; value: string }[]
  perturbed: boolean
  definition: string
  people?: PeopleQuestion
  enterprises?: EnterpriseQuestion
}

/** A region's figure of a month. */
export function figureCell(measure: MeasureLine, figures: Figures, area: Area, at: number): Cell {
  const month = figures.months[at] ?? 0
  const { part, of, value } = read(area, at, measure, 'level', figures.months)
  const industry = figures.industry ?? undefined
  return {
    says: [
      { name: t('map.measure'), value: measureTitle(measure) },
      { name: t('top.where'), value: regionName(area.region) },
      { name: t('analysis.dimensions.month'), value: monthText(month) },
      { name: t('analysis.regionBy'), value: figures.regionBy === 'register' ? t('map.register') : title('region-by', figures.regionBy) },
      ...(industry ? [{ name: t('overview.industry'), value: industryName(industry) }] : []),
      ...(figures.group ? [{ name: t('analysis.group'), value: title('key-group', figures.group) }] : []),
    ],
    numbers: measure.rate
      ? [
          { name: measureTitle(measure), value: measure.unit === '%' ? percent(part, of) : value === null ? '—' : count(Math.round(value * 100) / 100) },
          { name: t('cell.part'), value: count(part === null ? null : Math.round(part)) },
          { name: t('cell.of'), value: count(of === null ? null : Math.round(of)) },
        ]
      : [{ name: measureTitle(measure), value: count(part) }],
    perturbed: figures.perturbed,
    definition: measure.definition,
    people: measure.people
      ? { measure: measure.measure, cell: industry ? 'industry:' + industry : undefined, group: figures.group ?? undefined, region: area.region, regionBy: figures.regionBy, month }
      : undefined,
    enterprises: measure.enterprises ? { order: measure.enterprises, region: area.region, month, industry } : undefined,
  }
}

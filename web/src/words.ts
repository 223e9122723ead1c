import { reactive } from 'vue'
import { get } from './api/client'
import { words } from './api/state'
import { i18n } from './i18n'

const chinese = (): boolean => i18n.global.locale.value === 'zh'
const plain = (code: string): string => code.replace(/[-_]/g, ' ').toLowerCase()

const places = reactive<Record<string, Record<string, string> | undefined>>({})

/** Townships and villages of a county, fetched when first asked for; empty until they are here. */
export function placesOf(county: string): Record<string, string> {
  if (!(county in places)) {
    places[county] = undefined
    get<Record<string, string>>(`/words/places/${county}`).then(
      (found) => (places[county] = found),
      () => delete places[county],
    )
  }
  return places[county] ?? {}
}

/** Name of a region of any level, a township's and a village's after their county's; '' for none. */
export function regionName(code: string | null | undefined): string {
  if (!code) {
    return ''
  }
  if (code === '000000') {
    return chinese() ? '不适用' : 'not applicable'
  }
  if (code === '999999') {
    return chinese() ? '不详' : 'not known'
  }
  if (code.length > 6) {
    const below = placesOf(code.slice(0, 6))
    return [regionName(code.slice(0, 6)), below[code.slice(0, 9)], code.length > 9 ? below[code] : ''].join('')
  }
  return words.value?.regions?.[code.padEnd(6, '0').slice(0, 6)] ?? code
}

export function title(list: string, code: string): string {
  return chinese() ? (words.value?.lists?.[list]?.[code] ?? code) : plain(code)
}

/** A measure's name; in English that of its word. */
export function measureTitle(measure: { measure: string; title: string }): string {
  return chinese() ? measure.title : plain(measure.measure)
}

/** A unit of a measure. */
export function unitName(unit: string): string {
  const english: Record<string, string> = { 人: 'people', 个岗位: 'jobs', 户: 'households', 元: 'yuan', 倍: 'to one' }
  return chinese() ? unit : (english[unit] ?? unit)
}

/** What a source says of a person: a kind of evidence, of payment, of recognition. */
export function factTitle(fact: string): string {
  if (!chinese()) {
    return plain(fact)
  }
  for (const [prefix, list, before] of [
    ['subsidy-', 'subsidy-kind', ''],
    ['hardship-', 'hardship-kind', '就业困难：'],
    ['disability-', 'disability-kind', '残疾：'],
    ['graduated-', 'graduate-placement', '毕业去向：'],
  ] as const) {
    if (fact.startsWith(prefix)) {
      return before + title(list, fact.slice(prefix.length))
    }
  }
  for (const list of ['evidence', 'fact', 'basis']) {
    const found = words.value?.lists?.[list]?.[fact]
    if (found) {
      return found
    }
  }
  return fact
}

export function industryName(code: string): string {
  if (code === '-') {
    return '—'
  }
  if (code === '?' || code === '*') {
    return chinese() ? '行业不详' : 'not known'
  }
  return words.value?.industries?.[code] ?? code
}

export function datasetTitle(id: string): string {
  return chinese() ? (words.value?.datasets?.[id]?.title ?? id) : plain(id)
}

export function senderOf(dataset: string): string {
  const sender = words.value?.datasets?.[dataset]?.sender ?? ''
  return senderTitle(sender)
}

export function senderTitle(sender: string): string {
  return chinese() ? (words.value?.senders?.[sender] ?? sender) : plain(sender)
}

/** Registered: an office's register says so. Inferred: follows from what all sources say. */
export function natureOf(dataset: string): 'registered' | 'surveyed' | 'inferred' {
  if (dataset === '') {
    return 'inferred'
  }
  return dataset === 'rural-labour' ? 'surveyed' : 'registered'
}

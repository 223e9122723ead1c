/** What the one search box knows of the world when it decides where a text leads. */
export interface World {
  /** Six digits → name. */
  regions: Record<string, string>
  datasets: Record<string, { title: string }>
  /** Region of the account. */
  own: string
  rights: { overview: boolean; people: boolean; employers: boolean; intake: boolean }
}

export interface Destination {
  path: string
  query: Record<string, string>
}

const SUFFIX = /(特别行政区|自治区|自治州|地区|省|市|县|区)$/
const ENTERPRISE = /(公司|厂|店|集团|合作社|事务所|中心|学校|医院)$/
const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/
const RESIDENT_ID = /^\d{17}[\dXx]$/

/** 360000 → 36, 360700 → 3607, 360722 → 360722. */
const shortened = (six: string): string => six.replace(/00$/, '').replace(/00$/, '')

function region(text: string, world: World): string | undefined {
  const within = Object.entries(world.regions)
    .map(([six, name]) => [shortened(six), name] as const)
    .filter(([code]) => code.startsWith(world.own.slice(0, 6)))
  const exact = within.filter(([, name]) => name === text)
  const brief = within.filter(([, name]) => text.length > 1 && name.replace(SUFFIX, '') === text)
  return (exact.length ? exact : brief).map(([code]) => code).sort((a, b) => a.length - b.length)[0]
}

/** Where a text leads; undefined if the account may open nothing that it could mean. */
export function destination(given: string, world: World): Destination | undefined {
  const text = given.trim()
  if (!text) {
    return undefined
  }
  const place = region(text, world)
  if (place && world.rights.overview) {
    return { path: '/overview', query: { region: place } }
  }
  const isDataset = Object.values(world.datasets).some(({ title }) => title === text || (text.length > 3 && title.includes(text)))
  if (isDataset && world.rights.intake) {
    return { path: '/intake', query: { tab: 'datasets' } }
  }
  const isEnterprise = ENTERPRISE.test(text) || (CREDIT_CODE.test(text) && !RESIDENT_ID.test(text))
  if (world.rights.employers && (isEnterprise || !world.rights.people)) {
    return { path: '/employers', query: { q: text } }
  }
  return world.rights.people ? { path: '/people', query: { q: text } } : undefined
}

import { describe, expect, it } from 'vitest'
import { destination, type World } from './search'

const world: World = {
  regions: { 360000: '江西省', 360700: '赣州市', 360722: '信丰县', 360702: '章贡区', 440000: '广东省', 360121: '南昌县', 360100: '南昌市' },
  datasets: { contribution: { title: '企业职工养老保险缴费明细' }, resident: { title: '居民基本信息' } },
  own: '36',
  rights: { overview: true, people: true, employers: true, intake: true },
}
const to = (text: string, change: Partial<World> = {}) => destination(text, { ...world, ...change })

describe('the one search box', () => {
  it('knows regions by full and short name, the larger one first', () => {
    expect(to('信丰县')).toEqual({ path: '/overview', query: { region: '360722' } })
    expect(to(' 信丰 ')).toEqual({ path: '/overview', query: { region: '360722' } })
    expect(to('南昌')).toEqual({ path: '/overview', query: { region: '3601' } })
    expect(to('江西')).toEqual({ path: '/overview', query: { region: '36' } })
  })
  it('leads nobody out of their own region', () => {
    expect(to('赣州市', { own: '360722' })?.path).toBe('/people')
    expect(to('广东省')?.path).toBe('/people')
    expect(to('信丰县', { own: '360722100200' })?.path).toBe('/overview')
  })
  it('tells enterprises and their codes from people and theirs', () => {
    expect(to('赣州某某有限公司')?.path).toBe('/employers')
    expect(to('91360722MA35ABCD1X')?.path).toBe('/employers')
    expect(to('360722199001011234')?.path).toBe('/people')
    expect(to('36072219900101123X')?.path).toBe('/people')
    expect(to('zengw')).toEqual({ path: '/people', query: { q: 'zengw' } })
  })
  it('knows datasets', () => {
    expect(to('居民基本信息')).toEqual({ path: '/intake', query: { tab: 'datasets' } })
    expect(to('养老保险缴费')).toEqual({ path: '/intake', query: { tab: 'datasets' } })
  })
  it('opens nothing that the account may not', () => {
    const none = { overview: false, people: false, employers: false, intake: false }
    for (const text of ['信丰县', '某公司', '曾伟', '居民基本信息']) {
      expect(to(text, { rights: none })).toBeUndefined()
    }
    expect(to('')).toBeUndefined()
  })
})

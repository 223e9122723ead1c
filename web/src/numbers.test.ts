import { describe, expect, it } from 'vitest'
import { change, count, day, month, percent, short, yuan } from './numbers'

describe('numbers', () => {
  it('says large ones as readers do', () => {
    expect(short(452_000_000)).toBe('4.52 亿')
    expect(short(45_200_000)).toBe('4520 万')
    expect(short(12_345)).toBe('1.23 万')
    expect(short(9_999)).toBe('9,999')
  })
  it('shows what is missing as missing, never as zero', () => {
    for (const said of [count(null), short(undefined), percent(null, 5), percent(1, 0), yuan(null)]) {
      expect(said).toBe('—')
    }
    expect(count(0)).toBe('0')
  })
  it('gives change a sign and an arrow', () => {
    expect(change(110, 100)).toBe('▲+10.0%')
    expect(change(90, 100)).toBe('▼-10.0%')
    expect(change(100, 100)).toBe('0.0%')
    expect(change(1, 0)).toBe('—')
  })
  it('writes months and days', () => {
    expect(month(202512)).toBe('2025-12')
    expect(month(999912)).toBe('至今')
    expect(day(20251224)).toBe('2025-12-24')
  })
})

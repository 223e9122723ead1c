const whole = new Intl.NumberFormat('en-US')

/** With separators; '—' where nothing is told. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : whole.format(value)
}

/** As readers say it: 12,345 → 1.23 万. The exact number belongs on hover. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '—'
  }
  const size = Math.abs(value)
  if (size >= 100_000_000) {
    return (value / 100_000_000).toFixed(2) + ' 亿'
  }
  return size >= 10_000 ? (value / 10_000).toFixed(size >= 1_000_000 ? 0 : 2) + ' 万' : whole.format(value)
}

export function percent(part: number | null | undefined, of: number | null | undefined): string {
  return part === null || part === undefined || !of ? '—' : ((100 * part) / of).toFixed(1) + '%'
}

/** Relative change with sign and arrow. */
export function change(now: number | null | undefined, before: number | null | undefined): string {
  if (now === null || now === undefined || !before) {
    return '—'
  }
  const rate = (100 * (now - before)) / before
  const arrow = rate > 0.05 ? '▲' : rate < -0.05 ? '▼' : ''
  return arrow + (rate > 0 ? '+' : '') + rate.toFixed(1) + '%'
}

export function direction(now: number | null | undefined, before: number | null | undefined): string {
  if (now === null || now === undefined || !before || now === before) {
    return ''
  }
  return now > before ? 'up' : 'down'
}

/** 202512 → 2025-12. */
export function month(yyyymm: number): string {
  if (yyyymm === 0) {
    return '—'
  }
  return yyyymm >= 999900 ? '至今' : `${Math.floor(yyyymm / 100)}-${String(yyyymm % 100).padStart(2, '0')}`
}

/** 20251224 → 2025-12-24. */
export function day(yyyymmdd: number): string {
  const text = String(yyyymmdd)
  return text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : '—'
}

export function yuan(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? '—' : whole.format(Math.round(fen / 100))
}

export function time(instant: string | null | undefined): string {
  return instant ? new Date(instant).toLocaleString('zh-CN', { hour12: false, timeZone: 'Asia/Shanghai' }) : '—'
}

/** The month before one, both yyyymm. */
export function monthBefore(month: number): number {
  return month % 100 === 1 ? month - 89 : month - 1
}

/** The months of a snapshot, the last first. */
export function monthsBack(snapshot: { firstMonth: number; lastMonth: number } | undefined | null): number[] {
  const months: number[] = []
  for (let m = snapshot?.lastMonth ?? 0; snapshot && m >= snapshot.firstMonth; m = monthBefore(m)) {
    months.push(m)
  }
  return months
}

/** The last month of a quarter as marts write it: 2025Q4. */
export function lastOfQuarter(quarter: string): number {
  const [year, q] = quarter.split('Q').map(Number)
  return (year ?? 0) * 100 + (q ?? 0) * 3
}

import { expect, test } from 'vitest'
import { spotColour, tilesOver, spotsOf } from './spots'

/** A tile of the synthetic province, as the server sent it. */
const TILE = 'GqIDCgtlbnRlcnByaXNlcxIXEgwAAAEBAgIDAwQEBQUYASIFCZIwqj0SFxIMAAYBBwIIAwkEBAUFGAEiBQmyKqY/EhUSCgAKAQsDDAQNBQUYASIFCZA7ojgaA3JlZhoJaGVhZGNvdW50GgZiZWZvcmUaBG5hbWUaCGluZHVzdHJ5GgFuIiYKJDM1OWRkNmQxLWFmYzItOGMxNy1hMmI4LTc1YWRmNDQyNWFkZSICMBYiAjAMIioKKOi1o+W3nuW4guWQieW3nueUteWtkDEwMznlj7fmnInpmZDlhazlj7giAwoBSCICMAIiJgokNzNkNTg0NjQtZTdiMy04MWY3LTlmZjgtYjk0YzZmZjQ0NTZlIgIwCiICMAgiKQon6LWj5bee5biC6KKB5rKz57q657uHOTY15Y+35pyJ6ZmQ5YWs5Y+4IiYKJGQxNDE3NTUwLTJhOWItODkwMy05NTNhLTRmYTg0YzVlNTQ5ZiICMAAiKQon6LWj5bee5biC5ruV546L56eR5oqAOTE15Y+35pyJ6ZmQ5YWs5Y+4IgMKAUMogCB4Ag=='

test('tiles cover the view', () => {
  const tiles = tilesOver([113.5, 24.4, 118.6, 30.1])
  expect(tiles.length).toBeLessThanOrEqual(42)
  const { z } = tiles[0]!
  // Slippy map tile names, as OpenStreetMap publishes them: Nanchang at 115.86 E, 28.68 N.
  const n = 2 ** z
  const x = Math.floor(((115.86 + 180) / 360) * n)
  const y = Math.floor(((1 - Math.asinh(Math.tan((28.68 * Math.PI) / 180)) / Math.PI) / 2) * n)
  expect(tiles).toContainEqual({ z, x, y })
  expect(tilesOver([-180, -85, 180, 85]).every((t) => t.x >= 0 && t.y >= 0)).toBe(true)
})

test('a tile is read where its enterprises stand', () => {
  const bytes = Uint8Array.from(atob(TILE), (c) => c.charCodeAt(0)).buffer
  const spots = spotsOf(bytes, { z: 11, x: 1677, y: 874 })
  expect(spots.length).toBeGreaterThan(0)
  for (const spot of spots) {
    expect(spot.at[0]).toBeGreaterThanOrEqual((1677 / 2048) * 360 - 180)
    expect(spot.at[0]).toBeLessThan((1678 / 2048) * 360 - 180)
    expect(spot.n).toBe(1)
    expect(spot.name).toContain('公司')
  }
  expect(spotsOf(new ArrayBuffer(0), { z: 0, x: 0, y: 0 })).toEqual([])
})

test('fewer people than a year before is told by colour, no year before is no change, and a month that has not come is no fall', () => {
  const spot = { at: [115, 28] as [number, number], n: 1, headcount: 10, before: 12 }
  expect(new Set([spotColour(spot), spotColour({ ...spot, before: 8 }), spotColour({ ...spot, before: null }), spotColour({ ...spot, headcount: null })]).size).toBe(4)
})

import { describe, expect, it } from 'vitest'
import { query } from './client'
import { useLoad } from './state'

const later = <T>(value: T, millis: number): Promise<T> => new Promise((done) => setTimeout(() => done(value), millis))

describe('loading', () => {
  it('keeps the last thing asked for, even if an earlier answer comes after it', async () => {
    const answers = [later('old', 40), later('new', 5)]
    const { state, run } = useLoad(() => answers.shift() as Promise<string>)
    const first = run()
    const second = run()
    await Promise.all([first, second])
    expect(state.value).toBe('new')
    expect(state.loading).toBe(false)
  })
  it('keeps what was there while it is loaded again and when that fails', async () => {
    let turn = 0
    const { state, run } = useLoad(() => (turn++ === 0 ? Promise.resolve(1) : Promise.reject(new Error('away'))))
    await run()
    const again = run()
    expect(state.loading).toBe(true)
    expect(state.value).toBe(1)
    await again
    expect(state.value).toBe(1)
    expect((state.problem as Error).message).toBe('away')
  })
})

describe('parameters', () => {
  it('leaves out what is not given and escapes the rest', () => {
    expect(query({ a: undefined, b: '', c: null })).toBe('')
    expect(query({ q: '曾 伟&x=1', n: 0, on: false })).toBe('?q=%E6%9B%BE+%E4%BC%9F%26x%3D1&n=0&on=false')
  })
})

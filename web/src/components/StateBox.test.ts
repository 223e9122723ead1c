import { afterEach, describe, expect, it } from 'vitest'
import { createApp, h, type App } from 'vue'
import { Problem } from '../api/client'
import { i18n } from '../i18n'
import StateBox from './StateBox.vue'

let app: App | undefined

function shown(props: Record<string, unknown>): HTMLElement {
  const at = document.createElement('div')
  app = createApp({ render: () => h(StateBox, { loading: false, ready: false, ...props }, () => h('p', 'full')) })
  app.use(i18n).mount(at)
  return at
}

afterEach(() => app?.unmount())

describe('a screen', () => {
  it('shows bones while it is loaded', () => {
    const at = shown({ loading: true, rows: 3 })
    expect(at.querySelectorAll('.bone')).toHaveLength(3)
    expect(at.querySelector('[aria-busy="true"]')).not.toBeNull()
    expect(at.textContent).not.toContain('full')
  })
  it('says what failed, its code, and what to do next, and can be tried again', () => {
    let retried = 0
    const at = shown({ problem: new Problem(503, 'database-away', '数据库暂时没有响应', '稍后重试'), onRetry: () => retried++ })
    expect(at.querySelector('[role="alert"]')?.textContent).toContain('数据库暂时没有响应')
    expect(at.textContent).toContain('database-away')
    expect(at.textContent).toContain('稍后重试')
    at.querySelector('button')?.click()
    expect(retried).toBe(1)
  })
  it('shows what it has', () => {
    expect(shown({ ready: true }).textContent).toBe('full')
  })
})

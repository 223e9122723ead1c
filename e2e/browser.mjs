import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** How long anything is waited for, in milliseconds: long, since a machine under load is no fault. */
const PATIENCE = 120_000

/** Debian's Chromium; the browsers that Playwright would download are not used. */
export async function openBrowser() {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(path)) {
    throw new Error(`no browser at ${path}; install the package chromium`)
  }
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Signs an account in, in a context of its own; page errors end the run. */
export async function signIn(browser, base, username, password, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', acceptDownloads: true })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  page.errors = []
  page.on('pageerror', (error) => page.errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|404|400|409)/.test(message.text())) {
      page.errors.push(message.text())
    }
  })
  await page.goto(base + '/sign-in')
  await page.fill('#username', username)
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

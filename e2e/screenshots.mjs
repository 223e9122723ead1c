// Pictures of each main page and its states: node screenshots.mjs BASE OUT account=password …
import { mkdirSync } from 'node:fs'
import { openBrowser, signIn } from './browser.mjs'

const [base, out, ...accounts] = process.argv.slice(2)
const password = Object.fromEntries(accounts.map((a) => a.split('=')))
const WIDTHS = [1440, 1024, 390]
const browser = await openBrowser()
mkdirSync(out, { recursive: true })
let wide = 0

async function picture(page, name, width) {
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${out}/${name}-${width}.png`, fullPage: width !== 390 })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (over > 0) {
    wide++
    console.log(`${name} at ${width}: ${over} pixels too wide`)
  }
}

try {
  for (const width of WIDTHS) {
    const viewport = { width, height: width === 390 ? 844 : 900 }
    const guest = await (await browser.newContext({ viewport, locale: 'zh-CN' })).newPage()
    await guest.goto(base + '/sign-in')
    await guest.waitForSelector('#username')
    await picture(guest, 'sign-in', width)

    const clerk = await signIn(browser, base, 'ganzhou', password.ganzhou, viewport)
    const shot = async (path, name) => {
      await clerk.goto(base + path)
      await clerk.waitForLoadState('networkidle')
      await picture(clerk, name, width)
    }
    await shot('/overview', 'overview')
    await shot('/people', 'people-start')
    await shot('/people?q=zw', 'people')
    await clerk.click('table.list tbody tr a')
    await clerk.waitForSelector('.why h2')
    await clerk.waitForLoadState('networkidle')
    await picture(clerk, 'person', width)
    await shot('/people?q=没有这个人', 'people-empty')
    await shot('/employers', 'employers')
    await clerk.click('table.list tbody tr a')
    await clerk.waitForSelector('.figure canvas')
    await picture(clerk, 'employer', width)
    const ready = () => clerk.waitForSelector('[data-ready]', { state: 'attached' })
    for (const [path, name] of [
      ['/map?at=360722', 'map'],
      ['/map?measure=unemployment-rate&show=level&view=table', 'map-table'],
      ['/map?region=360722&show=level&layers=flows', 'map-county'],
    ]) {
      await clerk.goto(base + path)
      await ready()
      await clerk.waitForLoadState('networkidle')
      await picture(clerk, name, width)
    }
    await clerk.route('**/api/v1/analysis/figures*', (route) => route.abort())
    await clerk.goto(base + '/map')
    await clerk.waitForSelector('.failed')
    await picture(clerk, 'map-failed', width)
    await clerk.unroute('**/api/v1/analysis/figures*')
    await shot('/analysis', 'analysis')
    await shot('/analysis/series?regions=3607,360722&level=county', 'series')
    await shot('/analysis/flows', 'job-flows')
    await shot('/analysis/supply-demand', 'supply-demand')
    await shot('/analysis/closes', 'closes')
    await shot('/analysis/exports', 'exports')
    await shot('/analysis/reports', 'reports')
    await shot('/analysis/transitions?cohort=lost-work&by=industry&from=202501', 'transitions')
    await shot('/analysis?lines=industry&columns=sex&by=work', 'analysis-industry')
    await shot('/intake?tab=datasets', 'intake-datasets')
    const named = await clerk.evaluate(async () => (await (await fetch('/api/v1/employers?query=')).json()).employers.map((e) => e.number).join('\n'))
    await clerk.goto(base + '/employers/key')
    await clerk.fill('textarea', named)
    await clerk.click('form button[type=submit]')
    await clerk.waitForSelector('[role=status]')
    await clerk.waitForLoadState('networkidle')
    await picture(clerk, 'key-enterprises', width)
    await shot('/map?layers=key', 'map-key-enterprises')

    await clerk.route('**/api/v1/overview*', () => {})
    await clerk.goto(base + '/overview')
    await clerk.waitForSelector('[aria-busy=true]')
    await picture(clerk, 'overview-loading', width)
    await clerk.unroute('**/api/v1/overview*')
    await clerk.route('**/api/v1/overview*', (route) => route.abort())
    await clerk.goto(base + '/overview')
    await clerk.waitForSelector('.failed')
    await picture(clerk, 'overview-failed', width)

    const admin = await signIn(browser, base, 'admin', password.admin, viewport)
    await admin.goto(base + '/intake?tab=files&refused=true')
    await admin.waitForSelector('table.list tbody tr')
    await picture(admin, 'intake-files', width)
    await admin.goto(base + '/intake?tab=builds')
    await admin.waitForSelector('.drop')
    await picture(admin, 'intake-builds', width)
    await admin.goto(base + '/accounts')
    await admin.waitForSelector('table.list tbody tr')
    await picture(admin, 'accounts', width)

    const village = await signIn(browser, base, 'shuidong', password.shuidong, viewport)
    await village.goto(base + '/people?q=w')
    await village.waitForLoadState('networkidle')
    await picture(village, 'village-people', width)

    const auditor = await signIn(browser, base, 'auditor', password.auditor, viewport)
    await auditor.waitForSelector('table.list tbody tr')
    await picture(auditor, 'audit', width)
  }
  console.log(`pictures in ${out}`)
} finally {
  await browser.close()
}
process.exitCode = wide > 0 ? 1 : 0

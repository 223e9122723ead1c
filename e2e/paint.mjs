// How long until the overview is painted, from the address to the frame that shows it: node paint.mjs BASE ACCOUNT=PASSWORD
import { openBrowser, signIn } from './browser.mjs'

const ROUNDS = 20
const REGIONS = ['36', '3607', '3601', '3604', '3611']

const [base, account] = process.argv.slice(2)
const [username, password] = account.split('=')
const browser = await openBrowser()
try {
  const page = await signIn(browser, base, username, password)
  await page.waitForSelector('.key strong')
  const millis = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await page.goto(`${base}/overview?region=${REGIONS[round % REGIONS.length]}`, { waitUntil: 'commit' })
    await page.waitForSelector('.key strong')
    await page.waitForSelector('.chart canvas')
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    millis.push(performance.now() - start)
  }
  millis.sort((one, other) => one - other)
  for (const percent of [50, 95]) {
    console.log(`bench overview-painted-p${percent} ${millis[Math.ceil((ROUNDS * percent) / 100) - 1].toFixed(1)} ms`)
  }
} finally {
  await browser.close()
}

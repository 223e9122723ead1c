// How long until overview and map are painted, from the address to the frame that shows them, and until a played month is:
// node paint.mjs BASE ACCOUNT=PASSWORD
import { openBrowser, signIn } from './browser.mjs'

const ROUNDS = 20
const REGIONS = ['36', '3607', '3601', '3604', '3611']

const [base, account] = process.argv.slice(2)
const [username, password] = account.split('=')
const browser = await openBrowser()

const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

function say(name, millis) {
  millis.sort((one, other) => one - other)
  for (const percent of [50, 95]) {
    console.log(`bench ${name}-p${percent} ${millis[Math.ceil((millis.length * percent) / 100) - 1].toFixed(1)} ms`)
  }
}

async function painted(page, name, path, ready) {
  const millis = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    await page.goto(`${base}${path}?region=${REGIONS[round % REGIONS.length]}`, { waitUntil: 'commit' })
    await ready()
    await frames(page)
    millis.push(performance.now() - start)
  }
  say(name, millis)
}

try {
  const page = await signIn(browser, base, username, password)
  await page.waitForSelector('.key strong')
  await painted(page, 'overview-painted', '/overview', async () => {
    await page.waitForSelector('.key strong')
    await page.waitForSelector('.chart canvas')
  })
  await painted(page, 'map-painted', '/map', () => page.waitForSelector('[data-ready]', { state: 'attached' }))

  await page.goto(`${base}/map`)
  await page.waitForSelector('[data-ready]', { state: 'attached' })
  const played = []
  for (let month = 0; month < ROUNDS; month++) {
    played.push(
      await page.evaluate(async (at) => {
        const slider = document.querySelector('.time input')
        const was = document.querySelector('.time output').textContent
        const start = performance.now()
        slider.value = String(at)
        slider.dispatchEvent(new Event('input'))
        while (document.querySelector('.time output').textContent === was) {
          await new Promise(requestAnimationFrame)
        }
        await new Promise(requestAnimationFrame)
        return performance.now() - start
      }, month),
    )
  }
  say('map-played-month', played)
} finally {
  await browser.close()
}

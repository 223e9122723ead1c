// Walks the main journeys: node walk.mjs BASE NUMBER NAME account=password …
// NUMBER and NAME are those of somebody of 信丰县 who has no place in 南昌县.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { openBrowser, signIn } from './browser.mjs'
import { pictures } from './pdf.mjs'

const [base, number, name, ...accounts] = process.argv.slice(2)
const password = Object.fromEntries(accounts.map((a) => a.split('=')))
const browser = await openBrowser()
const pages = []
/** How long a build may take, in milliseconds: it gives way to whatever else the machine does. */
const BUILD = 480_000

async function enter(username) {
  const page = await signIn(browser, base, username, password[username])
  pages.push([username, page])
  return page
}

/** Waits until a place says something. */
async function says(page, place, what) {
  await page.locator(place).filter({ hasText: what }).first().waitFor()
}

async function step(what, work) {
  await work()
  console.log('walked: ' + what)
}

try {
  const leader = await enter('province')
  await step('in at most four clicks from the overview a leader finds the county that falls fastest, and the industry behind it', async () => {
    await leader.waitForSelector('.key strong')
    let clicks = 0
    const click = async (what) => {
      clicks++
      await leader.click(what)
    }
    await click('nav a[href="/map"]')
    await leader.waitForSelector('[data-ready]', { state: 'attached' })
    await says(leader, '.title h1', /就业人数 · 比去年同月/)
    await says(leader, '.legend', /缺（文件未到）/)
    await click('.lowest li:first-child button')
    await leader.waitForSelector('.industries li')
    await says(leader, '.card h2', /信丰县/)
    await says(leader, '.industries li:first-child', /制造业.*−/)
    assert.ok(clicks <= 4, `${clicks} clicks`)
    assert.match(leader.url(), /at=360722/)
  })

  await step('the months are played, the link shows the same to a colleague, picture and workbook are saved', async () => {
    await leader.fill('.time input', '0')
    const first = await leader.textContent('.time output')
    await leader.click('.play')
    await leader.waitForFunction((was) => document.querySelector('.time output').textContent !== was, first)
    await leader.click('.play')
    const [picture] = await Promise.all([leader.waitForEvent('download'), leader.click('.tools button >> text=PNG')])
    assert.match(picture.suggestedFilename(), /江西省.*png$/)
    const [workbook] = await Promise.all([leader.waitForEvent('download'), leader.click('.tools a >> text=XLSX')])
    assert.match(workbook.suggestedFilename(), /^ganye-employed-36-\d{6}\.xlsx$/)
    await leader.click('.tools button >> text=表')
    await leader.waitForFunction(() => document.querySelectorAll('.as-table tbody tr').length === 100)
  })

  await step('drawn by WebGL it shows the same', async () => {
    await leader.goto(`${base}/map?draw=gl&layers=flows,employers&at=360722`)
    await leader.waitForSelector('.gl canvas')
    await leader.waitForSelector('[data-ready]', { state: 'attached' })
    await says(leader, '.card h2', /信丰县/)
  })

  await step('a cross-tab: a cell says what it is, and lists the people behind it for a reason', async () => {
    await leader.goto(`${base}/analysis?lines=industry&columns=status&by=work&region=360722`)
    await leader.click('.figure .tools button >> text=表')
    await leader.click('.figure tbody tr:has-text("制造业") .opens >> nth=0')
    await leader.waitForSelector('.el-drawer dl')
    await says(leader, '.el-drawer', /占本行/)
    await leader.fill('.el-drawer input[name=reason]', '核对制造业就业人员')
    await leader.click('.el-drawer button[type=submit]')
    await leader.waitForSelector('.el-drawer .people li')
    await says(leader, '.el-drawer .people li', /\*/)
  })

  await step('series, job flows and transitions are drawn', async () => {
    for (const way of ['series', 'flows', 'transitions?cohort=lost-work']) {
      await leader.goto(`${base}/analysis/${way}`)
      await leader.waitForSelector('.figure canvas')
    }
  })

  await step('the month is frozen, its changes are explained, it is locked, and its brief is one page that says so', async () => {
    await leader.goto(`${base}/analysis/closes`)
    await leader.click('.builder .el-select >> nth=-1')
    await leader.click('.el-select-dropdown__item:visible >> nth=1')
    await leader.click('button:has-text("冻结江西省的这个月")')
    await leader.waitForSelector('table.list tbody tr')
    await leader.click('button:has-text("锁定该月")')
    await leader.waitForSelector('[role=alert] li')
    while (await leader.locator('button:has-text("采用自动说明")').count()) {
      const left = await leader.locator('button:has-text("采用自动说明")').count()
      await leader.click('button:has-text("采用自动说明") >> nth=0')
      await leader.waitForFunction((n) => [...document.querySelectorAll('button')].filter((b) => b.textContent.includes('采用自动说明')).length < n, left)
    }
    await leader.click('button:has-text("锁定该月")')
    await leader.waitForSelector('strong.locked')
    const [brief] = await Promise.all([leader.waitForEvent('download'), leader.click('.tools a >> text=PDF')])
    const drawing = await browser.newPage()
    const drawn = await pictures(drawing, readFileSync(await brief.path()), 1)
    await drawing.close()
    assert.equal(drawn.length, 1)
    for (const said of ['江西省就业形势简报', '合成演示数据', '就业人数', '变化的原因', '口径']) {
      assert.ok(drawn[0].text.includes(said), said)
    }
    assert.ok(!drawn[0].text.includes('草稿'))
    assert.ok(drawn[0].ink > 0.02, `ink ${drawn[0].ink}`)
  })

  await step('a view is kept under a name and opened again; supply and demand are told', async () => {
    await leader.goto(`${base}/analysis/supply-demand`)
    await leader.waitForSelector('.figure canvas')
    await leader.click('text=保存此视图')
    await leader.fill('.el-dialog input[name=title]', '供求季报')
    await leader.click('.el-dialog button[type=submit]')
    await leader.waitForSelector('text=已保存')
    await leader.goto(`${base}/analysis/reports`)
    await leader.click('a:has-text("供求季报")')
    await leader.waitForSelector('h1:has-text("人力资源市场供求状况")')
  })

  const clerk = await enter('xinfeng')
  await step('sign in, and the overview says how employment stands', async () => {
    await clerk.waitForSelector('.key strong')
    await says(clerk, 'h1', /信丰县/)
    await says(clerk, '.synthetic', /合成/)
    await clerk.waitForFunction(() => document.querySelectorAll('.key').length === 4)
    await clerk.waitForSelector('.chart canvas')
    await clerk.goto(base + '/')
    await clerk.waitForURL('**/overview')
  })

  let file = ''
  await step('search by initials, with the year of birth', async () => {
    await clerk.goto(`${base}/people?q=z`)
    await clerk.waitForSelector('table.list tbody tr')
    await clerk.goto(`${base}/people`)
    await clerk.fill('input[maxlength="40"] >> nth=1', name)
    await clerk.click('form[role=search] >> nth=1 >> button[type=submit]')
    await clerk.waitForSelector('table.list tbody tr')
    assert.ok(!(await clerk.textContent('table.list')).includes(number))
  })

  await step('search by full number leaves the number out of the address', async () => {
    await clerk.goto(`${base}/people`)
    await clerk.fill('input[maxlength="40"] >> nth=1', number)
    await clerk.click('form[role=search] >> nth=1 >> button[type=submit]')
    await clerk.waitForSelector('table.list tbody tr a')
    assert.ok(!clerk.url().includes(number))
    await clerk.click('table.list tbody tr a')
    await clerk.waitForSelector('.why h2')
    file = clerk.url()
  })

  await step("the person's file answers why, and hides the number until a reason is given", async () => {
    await says(clerk, '.why', /依据的记录|没有任何来源/)
    assert.ok(!(await clerk.textContent('main')).includes(number))
    await clerk.click('.head button')
    await clerk.fill('#reason', '核对失业登记材料')
    await clerk.click('.el-dialog button[type=submit]')
    await clerk.waitForFunction((n) => document.querySelector('.number')?.textContent === n, number)
  })

  await step('the auditor sees who looked and why, and that the trail is whole', async () => {
    const auditor = await enter('auditor')
    await auditor.waitForSelector('table.list tbody tr')
    const seen = await auditor.textContent('table.list')
    assert.match(seen, /显示姓名和号码/)
    assert.match(seen, /核对失业登记材料/)
    await says(auditor, 'main', /审计链完整/)
    assert.ok(!seen.includes(number) && !seen.includes(name))
  })

  await step('a clerk of another county finds nothing, then looks the person up at the window', async () => {
    const other = await enter('nanchang')
    await other.goto(file)
    await other.waitForSelector('.failed')
    await says(other, '.failed', /不在您的管辖范围内/)
    await other.goto(`${base}/people`)
    await other.fill('input[maxlength="40"] >> nth=1', number)
    await other.click('form[role=search] >> nth=1 >> button[type=submit]')
    await other.waitForSelector('.lookup')
    await other.fill('.lookup input', '本人到窗口办理补贴')
    await other.click('.lookup button[type=submit]')
    await other.waitForSelector('.why h2')
  })

  await step('an enterprise shows its headcount, and where its people come from', async () => {
    await clerk.goto(`${base}/employers`)
    await clerk.click('table.list tbody tr a')
    await clerk.waitForSelector('.figure canvas')
    await clerk.waitForSelector('h2:has-text("职工从哪里来")')
  })

  await step('an office names it a key enterprise, and it stands on the map with its people', async () => {
    const name = (await clerk.textContent('h1')).trim()
    await clerk.click('.namings button:has-text("列为重点企业")')
    await clerk.fill('.namings input[name=officer]', '王专员')
    await clerk.click('.namings button[type=submit]')
    await clerk.waitForSelector('.namings .tag:has-text("王专员")')
    await clerk.goto(`${base}/employers/key`)
    await clerk.waitForSelector(`table.list tbody tr:has-text("${name}")`)
    await clerk.goto(`${base}/map?layers=key&draw=plain`)
    await clerk.waitForSelector(`section[aria-label^="重点企业"] li:has-text("${name}")`)
    await clerk.waitForFunction((name) => [...document.querySelectorAll('svg circle title')].some((title) => title.textContent.startsWith(name)), name)
  })

  await step('a township finds its own people, named down to the village', async () => {
    const township = await enter('jiading')
    await township.waitForSelector('.key strong')
    await says(township, 'h1', /信丰县/)
    await township.goto(`${base}/people?q=z`)
    await township.waitForSelector('table.list tbody tr')
    await township.waitForFunction(() => document.querySelector('table.list tbody')?.textContent?.includes('嘉定镇'))
  })

  await step('an analyst crosses age and status and is told of the noise; a clerk is told that there is none', async () => {
    const analyst = await enter('analyst')
    for (const [page, told] of [[analyst, /扰动（最多 ±5）/], [clerk, /未加扰动/]]) {
      await page.goto(`${base}/analysis?lines=age_group&columns=status`)
      await page.waitForSelector('.figure canvas')
      await says(page, '.figure footer', told)
      await page.click('.figure button:has-text("表")')
      await says(page, '.figure tbody', /25–29/)
    }
  })

  await step('a file dropped in the browser is built into a new snapshot', async () => {
    const admin = await enter('admin')
    await admin.goto(`${base}/intake?tab=builds`)
    await admin.waitForSelector('.drop')
    const before = await admin.textContent('.page-head')
    const transfer = await admin.evaluateHandle(() => {
      const data = new DataTransfer()
      const text = '姓名,证件号码,死亡日期,注销日期,火化日期\n甲,369901196001011237,2024-01-05,,\n'
      data.items.add(new File([text], 'deceased_360700__20260121.csv', { type: 'text/csv' }))
      return data
    })
    await admin.dispatchEvent('.drop', 'drop', { dataTransfer: transfer })
    await admin.waitForSelector('text=deceased_360700__20260121.csv')
    await admin.click('button:has-text("开始构建")')
    await admin.waitForSelector('text=已发布新快照', { timeout: BUILD })
    await admin.waitForFunction((b) => document.querySelector('.page-head')?.textContent !== b, before)
  })

  for (const [username, page] of pages) {
    assert.deepEqual(page.errors, [], `no errors in the page of ${username}`)
  }
} finally {
  await browser.close()
}

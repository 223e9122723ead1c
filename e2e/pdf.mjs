// Draws the pages of a PDF as a reader would see them.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const library = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'legacy/build')

/** All pages of a document: picture, text, and the share of the page that is not white. Drawn in an empty page of a browser. */
export async function pictures(page, pdf, scale = 2) {
  await page.setContent('<html><body></body></html>')
  for (const [name, file] of [['pdf', 'pdf.min.mjs'], ['worker', 'pdf.worker.min.mjs']]) {
    await page.evaluate(([key, text]) => (window[key] = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))), [name, readFileSync(join(library, file), 'utf8')])
  }
  return page.evaluate(
    async ([base64, scale]) => {
      const pdfjs = await import(window.pdf)
      pdfjs.GlobalWorkerOptions.workerSrc = window.worker
      const document_ = await pdfjs.getDocument({ data: Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) }).promise
      const drawn = []
      for (let n = 1; n <= document_.numPages; n++) {
        const one = await document_.getPage(n)
        const viewport = one.getViewport({ scale })
        const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height })
        await one.render({ canvasContext: canvas.getContext('2d'), canvas, viewport }).promise
        const text = (await one.getTextContent()).items.map((i) => i.str).join('')
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
        let dark = 0
        for (let at = 0; at < pixels.length; at += 4) {
          dark += pixels[at] < 200 ? 1 : 0
        }
        drawn.push({ ink: (4 * dark) / pixels.length, png: canvas.toDataURL('image/png').split(',')[1], text, width: viewport.width, height: viewport.height })
      }
      return drawn
    },
    [pdf.toString('base64'), scale],
  )
}

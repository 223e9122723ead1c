interface Picture {
  map: HTMLCanvasElement | SVGSVGElement | undefined
  title: string
  unit: string
  classes: { colour: string; name: string; count: number }[]
  missing: string
  foot: string
}

const FONT = "'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
const [TOP, FOOT, LEFT] = [84, 40, 28]

async function drawn(map: HTMLCanvasElement | SVGSVGElement): Promise<HTMLCanvasElement | HTMLImageElement> {
  if (map instanceof HTMLCanvasElement) {
    return map
  }
  const copy = map.cloneNode(true) as SVGSVGElement
  const box = map.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(box.width * 2))
  copy.setAttribute('height', String(box.height * 2))
  copy.querySelectorAll('.edge, .tagged, .chosen, .line').forEach((line) => line.setAttribute('fill', 'none'))
  copy.querySelectorAll('.edge').forEach((line) => line.setAttribute('stroke', '#55607a'))
  copy.querySelectorAll('.region').forEach((region) => region.setAttribute('stroke', '#ffffff'))
  const image = new Image()
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy))
  await image.decode()
  return image
}

/** Saves the map with its title, legend and source as a PNG. */
export async function mapPicture(picture: Picture): Promise<void> {
  if (!picture.map) {
    return
  }
  const map = await drawn(picture.map)
  const width = 1600
  const height = Math.round((width * map.height) / map.width)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height + TOP + FOOT
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(map, 0, TOP, width, height)
  pen.fillStyle = '#1d2430'
  pen.font = `600 28px ${FONT}`
  pen.fillText(picture.title, LEFT, 40)
  pen.fillStyle = '#55607a'
  pen.font = `18px ${FONT}`
  pen.fillText(picture.unit, LEFT, 68)
  pen.fillText(picture.foot, LEFT, canvas.height - 14)
  const lines = picture.classes.length + (picture.missing ? 1 : 0)
  let y = TOP + height - lines * 28 - 24
  pen.fillStyle = '#ffffffe6'
  pen.fillRect(LEFT - 12, y - 12, 300, lines * 28 + 20)
  for (const c of picture.classes) {
    pen.fillStyle = c.colour
    pen.fillRect(LEFT, y, 30, 18)
    pen.fillStyle = '#1d2430'
    pen.fillText(`${c.name}  (${c.count})`, LEFT + 42, y + 16)
    y += 28
  }
  if (picture.missing) {
    pen.fillStyle = '#b9b4a8'
    pen.fillRect(LEFT, y, 30, 18)
    pen.fillStyle = '#1d2430'
    pen.fillText(picture.missing, LEFT + 42, y + 16)
  }
  const link = document.createElement('a')
  link.href = canvas.toDataURL('image/png')
  link.download = picture.title + '.png'
  link.click()
}

/** Nothing makes the page itself scroll sideways on a narrow screen, with everything open. */
import { ask, type Check, onPage } from './check.ts'

/** Opens everything, and brings each area into view once so that it is laid out. */
const widthOpened = `document.querySelectorAll('details').forEach((each) => { each.open = true })
document.querySelectorAll('.area').forEach((each) => each.scrollIntoView())
document.documentElement.scrollWidth`

export const narrow: Check = async (browser, pages) => {
  const found: string[] = []
  const measured: string[] = []
  for (const name of ['green', 'red', 'hostile'] as const) {
    const width = await onPage(browser, pages[name], { width: 360 }, (page) => ask<number>(page, widthOpened))
    measured.push(`${name} on a screen of 360: ${width} wide`)
    if (width > 360) found.push(`${name} is ${width} wide on a screen of 360`)
  }
  return { measured, found }
}

/** Pictures of the pages, for people. */
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { type Look, onPage } from './check.ts'
import type { Pages } from './pages.ts'

interface Picture {
  file: string
  page: keyof Pages
  look: Look
  /** Done to the page before. */
  before?: string
  /** Where the picture begins; the top of the page unless told. */
  at?: string
  /** Only this part, however long it is. */
  of?: string
}

const opened = (...ids: string[]): string => ids.map((id) => `document.getElementById('${id}').open = true`).join('\n')
const some = opened('PUB-02', 'PUB-03', 'PUB-14')

const pictures: readonly Picture[] = [
  { file: 'green', page: 'green', look: {} },
  { file: 'green-dark', page: 'green', look: { dark: true } },
  { file: 'green-360', page: 'green', look: { width: 360 } },
  { file: 'requirements', page: 'green', look: {}, at: '#requirements', before: opened('LIFE-03') },
  { file: 'requirements-open', page: 'red', look: {}, at: '#area-publishing', before: some },
  { file: 'requirements-open-dark', page: 'red', look: { dark: true }, at: '#area-publishing', before: some },
  { file: 'requirements-open-360', page: 'green', look: { width: 360 }, at: '#area-publishing', before: some },
  { file: 'requirements-360', page: 'green', look: { width: 360 }, at: '#requirements' },
  { file: 'red', page: 'red', look: {} },
  { file: 'red-dark', page: 'red', look: { dark: true } },
  { file: 'red-360', page: 'red', look: { width: 360 } },
  { file: 'card', page: 'red', look: {}, of: '.card' },
  { file: 'card-dark', page: 'red', look: { dark: true }, of: '.card' },
  { file: 'card-360', page: 'red', look: { width: 360 }, of: '.card' },
  { file: 'card-stores', page: 'red', look: {}, before: opened('failure-mine-STORE-05'), of: '#failure-mine-STORE-05' },
  { file: 'hostile', page: 'hostile', look: {} },
  { file: 'print', page: 'red', look: { width: 800, print: true } },
  { file: 'systems', page: 'green', look: {}, at: '#systems' },
]

/** Takes them all, into `directory`. */
export async function screenshots(browser: Browser, pages: Pages, directory: string): Promise<void> {
  for (const { file, page: name, look, before, at, of } of pictures) {
    await onPage(browser, pages[name], { height: 1400, ...look }, async (page: Page) => {
      await page.evaluate(`${before ?? ''};document.querySelector('${at ?? 'header'}').scrollIntoView()`)
      const path = join(directory, `${file}.png`) as `${string}.png`
      const part = of === undefined ? null : await page.$(of)
      await (part === null ? page.screenshot({ path }) : part.screenshot({ path }))
    })
  }
}

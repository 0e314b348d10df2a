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
  /** The part of the page, where not all of it. */
  of?: string
}

const opened = (id: string): string => `document.getElementById('${id}').open = true`

const pictures: readonly Picture[] = [
  { file: 'green', page: 'green', look: {} },
  { file: 'green-dark', page: 'green', look: { dark: true } },
  { file: 'green-360', page: 'green', look: { width: 360 }, before: opened('PUB-02') },
  { file: 'red', page: 'red', look: {} },
  { file: 'red-dark', page: 'red', look: { dark: true } },
  { file: 'red-360', page: 'red', look: { width: 360 } },
  { file: 'card', page: 'red', look: {}, of: '.card' },
  { file: 'card-dark', page: 'red', look: { dark: true }, of: '.card' },
  { file: 'stores-card', page: 'red', look: {}, before: opened('failure-mine-STORE-05'), of: '#failure-mine-STORE-05' },
  {
    file: 'requirement',
    page: 'red',
    look: {},
    before: ['PUB-02', 'ROUTE-09', 'LIFE-09'].map(opened).join(';'),
    of: '#area-lifecycle',
  },
  { file: 'hostile', page: 'hostile', look: {} },
]

/** Takes them all, into `directory`. */
export async function screenshots(browser: Browser, pages: Pages, directory: string): Promise<void> {
  for (const { file, page: name, look, before, of } of pictures) {
    await onPage(browser, pages[name], look, async (page: Page) => {
      await page.evaluate(`${before ?? ''};0`)
      const path = join(directory, `${file}.png`) as `${string}.png`
      const part = of === undefined ? undefined : await page.$(of)
      await (part === undefined || part === null ? page.screenshot({ path, fullPage: true }) : part.screenshot({ path }))
    })
  }
}

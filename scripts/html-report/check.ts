/** What a check of the report in a browser is. */
import type { Browser, Page } from 'puppeteer-core'
import type { Pages } from './pages.ts'

/** What was measured, and what is wrong; a line each. */
export interface Checked {
  measured: string[]
  found: string[]
}

export type Check = (browser: Browser, pages: Pages) => Promise<Checked>

/** How a page is looked at. */
export interface Look {
  width?: number
  height?: number
  dark?: boolean
  print?: boolean
  script?: boolean
}

/** Opens `url` in a page of its own, which is closed behind `use`. */
export async function onPage<T>(browser: Browser, url: string, look: Look, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage()
  try {
    await page.setViewport({ width: look.width ?? 1280, height: look.height ?? 800 })
    await page.setJavaScriptEnabled(look.script ?? true)
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.dark === true ? 'dark' : 'light' }])
    if (look.print === true) await page.emulateMediaType('print')
    await page.goto(url)
    return await use(page)
  } finally {
    await page.close()
  }
}

/** What an expression comes to in the page. Text, as the project's types know no browser. */
export async function ask<T>(page: Page, expression: string): Promise<T> {
  return (await page.evaluate(expression)) as T
}

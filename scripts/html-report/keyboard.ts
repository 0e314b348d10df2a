/** Filters, search, links and the copy button by keyboard alone, and the state that they leave in the fragment. */
import type { Page } from 'puppeteer-core'
import { ask, type Check, onPage } from './check.ts'

const shown = (page: Page): Promise<string[]> =>
  ask(page, "[...document.querySelectorAll('details.r:not([hidden])')].map(({ id }) => id)")
const fragment = (page: Page): Promise<string> => ask(page, 'decodeURIComponent(location.hash)')
/** The name of the field that has the focus, or the id of what it stands in. */
const focused = (page: Page): Promise<string> =>
  ask(page, "document.activeElement.getAttribute('name') ?? document.activeElement.parentElement.id")
const isFocused = (page: Page, selector: string): Promise<boolean> =>
  ask(page, `document.activeElement.matches(${JSON.stringify(selector)})`)
const isOpen = (page: Page, id: string): Promise<boolean> => ask(page, `document.getElementById('${id}').open`)

/** Presses Tab until the element is reached that `selector` finds. */
async function tabTo(page: Page, selector: string): Promise<boolean> {
  for (let tabs = 0; tabs < 400; tabs++) {
    await page.keyboard.press('Tab')
    if (await isFocused(page, selector)) return true
  }
  return false
}

export const keyboard: Check = async (browser, pages) => {
  const found: string[] = []
  const expect = (holds: boolean, what: string): void => void (holds || found.push(`keyboard: ${what}`))
  await onPage(browser, pages.red, {}, async (page) => {
    const all = await shown(page)
    await page.keyboard.press('Tab')
    expect(await isFocused(page, '.skip'), 'the first Tab reaches no skip link')

    expect(await tabTo(page, '[data-copy]'), 'no Tab reaches the copy button')
    await page.keyboard.press('Enter')
    await page.waitForFunction("document.querySelector('[data-copy]').textContent !== 'Copy'")

    expect(await tabTo(page, 'input[name=q]'), 'no Tab reaches the search')
    await page.keyboard.type('pub-02')
    expect((await shown(page)).join() === 'PUB-02', `searching pub-02 shows ${await shown(page)}`)
    expect((await fragment(page)) === '#q=pub-02', `searching leaves the fragment ${await fragment(page)}`)
    await page.keyboard.press('Enter')
    expect((await focused(page)) === 'PUB-02', `Enter in the search goes to ${await focused(page)}`)
    await page.keyboard.press('Enter')
    expect(await isOpen(page, 'PUB-02'), 'Enter does not open the requirement')

    await page.reload()
    expect((await shown(page)).join() === 'PUB-02', 'the search is lost by a reload')
    expect(await tabTo(page, 'button[type=reset]'), 'no Tab reaches the button that clears')
    await page.keyboard.press('Enter')
    await page.waitForFunction("location.hash === ''")
    expect((await shown(page)).length === all.length, 'clearing does not show everything')
    expect((await focused(page)) === 'q', 'clearing does not go back to the search')

    await page.keyboard.press('Tab')
    await page.keyboard.type('failed')
    expect((await fragment(page)) === '#verdict=failed', `choosing a verdict leaves ${await fragment(page)}`)
    expect((await shown(page)).join() === 'PUB-02,STORE-05', `the verdict failed shows ${await shown(page)}`)
  })
  await onPage(browser, pages.red, {}, async (page) => {
    expect(await tabTo(page, '[data-filter*="area=publishing"]'), 'no Tab reaches a cell of the overview')
    await page.keyboard.press('Enter')
    expect((await fragment(page)) === '#area=publishing&system=mine', `a cell leads to ${await fragment(page)}`)
    const ids = await shown(page)
    expect(ids.length > 5 && ids.every((id) => id.startsWith('PUB-')), `a cell shows ${ids}`)
  })
  await onPage(browser, `${pages.red}#STORE-05`, {}, async (page) => {
    expect(await isOpen(page, 'STORE-05'), 'a link to a requirement does not open it')
  })
  return { measured: ['keyboard: skip link, copy, search, filters, cells and links tried'], found }
}

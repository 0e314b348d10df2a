/** Without JavaScript the page is whole: nothing that would not work is shown, and what is there can be read. */
import { type Check, onPage } from './check.ts'

export const withoutScript: Check = async (browser, pages) => {
  const found: string[] = []
  // Scripts are off for the page, not for what is asked of it from outside.
  const seen = await onPage(browser, pages.red, { script: false }, async (page) => {
    const visible = async (selector: string) =>
      (await Promise.all((await page.$$(selector)).map((each) => each.isVisible()))).filter(Boolean).length
    return {
      form: await visible('#filters'),
      buttons: await visible('button'),
      requirements: await visible('details.r > summary'),
    }
  })
  if (seen.form + seen.buttons > 0) found.push('without a script the page shows a form or buttons')
  if (seen.requirements < 100) found.push(`without a script the page shows ${seen.requirements} requirements`)
  return { measured: [`without a script: ${seen.requirements} requirements can be read`], found }
}

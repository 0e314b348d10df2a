/** What axe-core finds: in both themes and on a narrow screen, with everything open. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Check, Look } from './check.ts'
import { onPage } from './check.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const looks: readonly (Look & { name: string })[] = [
  { name: 'light' },
  { name: 'dark', dark: true },
  { name: 'light, 360 wide', width: 360 },
  { name: 'dark, 360 wide', width: 360, dark: true },
]

/** Opens everything, and shows what is out of sight too: axe looks at what is laid out. */
const reveal = `document.querySelectorAll('details').forEach((each) => { each.open = true })
const sheet = new CSSStyleSheet()
sheet.replaceSync('.area{content-visibility:visible!important}')
document.adoptedStyleSheets = [sheet]`

/**
 * Contrasts that axe cannot judge, and need no judgment: single characters and symbols stand beside words of the same
 * colour, and the text of diagrams has colours and grounds that text elsewhere has.
 */
const needless = ['shortTextContent', 'nonBmp']
const isUnsure = ({ any, html }: axe.NodeResult): boolean =>
  !/^<t(ext|span)/.test(html) &&
  any.some(({ data }) => !needless.includes((data as { messageKey?: string } | null)?.messageKey ?? ''))

const shown = (nodes: readonly axe.NodeResult[]): string =>
  nodes
    .slice(0, 3)
    .map(({ html }) => html.slice(0, 160))
    .join(' | ')

export const accessibility: Check = async (browser, pages) => {
  const found: string[] = []
  let rules = 0
  for (const look of looks) {
    for (const name of ['red', 'green', 'hostile'] as const) {
      await onPage(browser, pages[name], look, async (page) => {
        await page.evaluate(`${reveal}\n${source}`)
        const { violations, passes, incomplete } = (await page.evaluate('axe.run()')) as axe.AxeResults
        rules = Math.max(rules, passes.length)
        const where = `${name}, ${look.name}`
        for (const { id, help, nodes } of violations) found.push(`${where}: ${id}: ${help}: ${shown(nodes)}`)
        const unsure = incomplete.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes.filter(isUnsure))
        if (unsure.length > 0) found.push(`${where}: contrast that could not be judged: ${shown(unsure)}`)
      })
    }
  }
  return { measured: [`axe-core: ${looks.length} looks at 3 pages, up to ${rules} rules passed on one`], found }
}

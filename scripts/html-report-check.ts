/** Looks at the HTML report in a real Chromium; run by hand and as a step of its own in CI. `--screenshots DIR` keeps pictures. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import puppeteer from 'puppeteer-core'
import { accessibility } from './html-report/accessibility.ts'
import { findChromium } from './html-report/chromium.ts'
import { keyboard } from './html-report/keyboard.ts'
import { narrow } from './html-report/narrow.ts'
import { writePages } from './html-report/pages.ts'
import { screenshots } from './html-report/screenshots.ts'
import { speed } from './html-report/speed.ts'
import { withoutScript } from './html-report/without-script.ts'

const { values } = parseArgs({ options: { screenshots: { type: 'string' } } })

const executablePath = findChromium()
const directory = mkdtempSync(join(tmpdir(), 'html-report-'))
const browser = await puppeteer.launch({
  executablePath,
  userDataDir: join(directory, 'profile'),
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  const pages = writePages(directory)
  const findings: string[] = []
  for (const check of [speed, accessibility, narrow, keyboard, withoutScript]) {
    const { measured, found } = await check(browser, pages)
    for (const line of measured) process.stdout.write(`${line}\n`)
    for (const line of found) process.stderr.write(`FOUND ${line}\n`)
    findings.push(...found)
  }
  if (values.screenshots !== undefined) {
    mkdirSync(values.screenshots, { recursive: true })
    await screenshots(browser, pages, values.screenshots)
  }
  process.stdout.write(`${findings.length} findings\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
} finally {
  await browser.close()
  rmSync(directory, { recursive: true, force: true })
}

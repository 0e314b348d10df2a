/** From navigation to rendered, by the page's own performance entries; and that the page loads nothing and is refused nothing. */
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ask, type Check, onPage } from './check.ts'

/** 200 requirements on 4 systems are rendered within this, in milliseconds. */
const budget = 1_000

/** The first paint may be told late. Two frames on, what the last script changed has been drawn too. */
const timed = `(async () => {
  const paint = await new Promise((told) => {
    const observer = new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach(told))
    observer.observe({ type: 'paint', buffered: true })
  })
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const [ready] = performance.getEntriesByName('conformance ready')
  const [navigation] = performance.getEntriesByType('navigation')
  return { ready: ready.startTime, rendered: Math.max(paint.startTime, navigation.loadEventEnd, performance.now()) }
})()`

export const speed: Check = async (browser, pages) => {
  const found: string[] = []
  const times: { ready: number; rendered: number }[] = []
  for (let look = 0; look < 5; look++) {
    times.push(await onPage(browser, pages.large, {}, (page) => ask<{ ready: number; rendered: number }>(page, timed)))
  }
  const rendered = times.map((each) => each.rendered)
  const slowest = Math.max(...rendered)
  if (!(slowest < budget)) found.push(`200 requirements on 4 systems took ${slowest.toFixed(0)} ms to be rendered`)
  const refused = await onPage(browser, 'about:blank', {}, async (page) => {
    const told: string[] = []
    page.on('console', (message) => void told.push(message.text()))
    page.on('pageerror', (error) => void told.push(String(error)))
    page.on('request', (request) => void (request.url() === pages.hostile || told.push(`asks for ${request.url()}`)))
    await page.goto(pages.hostile)
    const harmed = await ask<unknown>(page, 'globalThis.harmed')
    return [...told, ...(harmed === undefined ? [] : ['a script of the result was run'])]
  })
  found.push(...refused.map((line) => `hostile: ${line}`))
  const size = statSync(fileURLToPath(pages.large)).size
  return {
    measured: [
      `200 requirements on 4 systems: ${(size / 1024).toFixed(0)} KiB; rendered in ${rendered.map((each) => each.toFixed(0)).join(', ')} ms, its script done in ${times.map(({ ready }) => ready.toFixed(0)).join(', ')} ms`,
    ],
    found,
  }
}

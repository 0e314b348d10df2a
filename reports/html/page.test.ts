import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { headline } from './header.ts'
import { htmlReport } from './index.ts'
import { evil, hostile, hostileCard } from './testing/hostile.ts'
import { lanesCard, red, storesCard } from './testing/red.ts'
import { green, greenSystem, large, resultOf } from './testing/results.ts'

const greenPage = htmlReport(green, [])
const redPage = htmlReport(red, [lanesCard, storesCard])

/** The text between the tags, as a reader sees it. */
const textOf = (markup: string): string =>
  markup
    .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

/** The element with this id, up to the end of its details. */
const entry = (page: string, id: string): string =>
  new RegExp(`<details[^>]* id="${id}"[\\s\\S]*?</div></details>`).exec(page)?.[0] ?? ''

test.each([
  ['Passed', 'every MUST requirement kept by 4 systems', green],
  ['Failed', '2 MUST requirements violated by mine', red],
  ['Undecided', 'nothing was judged', resultOf([])],
  ['Undecided', '1 system could not be judged', resultOf([greenSystem('a'), { ...greenSystem('b'), couldNotJudge: 'it died' }])],
])('the headline says %s: %s', (word, rest, result) => {
  expect(headline(result)).toMatchObject({ word, rest })
})

test('the head tells what was run', () => {
  const head = textOf(redPage)
  for (const told of ['Contract 1.0', 'Package 0.1.0', 'Seed 602575058', 'Node 20.20.2', '2026-11-21 18:31 UTC'])
    expect(head).toContain(told)
  expect(textOf(greenPage)).toContain('Engine dynamodb-serverless on dynalite 4.0.0')
})

test('each cell of the overview counts verdicts and leads to their requirements', () => {
  expect(redPage).toContain('<a href="#area-publishing" data-filter="area=publishing&amp;system=mine">')
  const row = /<th scope="row"><a href="#area-publishing">[\s\S]*?<\/tr>/.exec(redPage)?.[0] ?? ''
  expect(textOf(row)).toBe(' Publishing ✕ 1 failed ✓ 12 passed – 1 not applicable ✓ 13 passed – 1 not applicable ')
})

test('a requirement has its level, verdicts, source and counts', () => {
  const found = entry(redPage, 'PUB-02')
  expect(found).toContain('data-l="must" data-v="fp"')
  const text = textOf(found)
  expect(text).toContain('✕ failed mine ✓ passed ws')
  expect(text).toContain(
    '“publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)” from the guide',
  )
  expect(text).toContain('✕ broken 24 31 decisions, 2 undecided')
  expect(found).toContain('href="#failure-mine-PUB-02"')
})

test('clauses below their floor are marked, heavy ones by their own floor', () => {
  expect(textOf(entry(redPage, 'LIFE-09'))).toContain('0 ↓ below floor of 3 3 undecided')
  const page = htmlReport(large(126), [])
  expect(textOf(entry(page, 'NEW-1'))).not.toContain('below floor')
})

test('what does not apply or cannot be seen has its reason', () => {
  expect(textOf(entry(greenPage, 'PUB-14'))).toMatch(/not applicable on ws, uws[^:]*: binds only with/)
  const blind = greenSystem('blind', ['stateful'])
  const unseen = blind.requirements.map((each) => ({ ...each, clauses: {}, verdict: 'not-observable' as const }))
  const text = textOf(htmlReport(resultOf([{ ...blind, requirements: unseen }]), []))
  expect(text).toMatch(/not observable on blind[^:]*: to be seen it needs/)
})

test('a card shows the program as lanes, allowed against seen, the events and the command', () => {
  const card = redPage.slice(redPage.indexOf('id="failure-mine-PUB-02"'), redPage.indexOf('id="failure-mine-STORE-05"'))
  const text = textOf(card)
  expect(text).toContain('c0 on main onConnect [subscribe topic=t]')
  expect(text).toContain('Lane 1 step 1 c1 connect step 2 c1 act [publish topic=t exclude={"client":0}] Lane 2 step 3')
  expect(text).toContain('Allowed nothing of the publish {"m":"2.0"} to "t" on c0, which it excludes Seen c0 received it')
  expect(text).toContain('3 steps, shrunk from 17; failed in 9 of 10 repetitions')
  expect(text).toContain('server to c0: {"m":"2.0"} ◆')
  expect(text).toContain('channel-conformance replay .channel-conformance/cards/mine-PUB-02.json')
  expect(card.match(/class="life"/g)).toHaveLength(3)
})

test('a card without a sequence has no diagram, one without a file no command; a violation without a card is told', () => {
  const card = redPage.slice(redPage.indexOf('id="failure-mine-STORE-05"'), redPage.indexOf('id="requirements"'))
  expect(card).not.toContain('<svg')
  expect(card).not.toContain('data-copy')
  expect(textOf(htmlReport(red, []))).toContain('Seen c0 received it')
})

test('systems that were not judged are told with the reason', () => {
  const text = textOf(redPage)
  expect(text).toContain('uws ○ skipped no binary of uWebSockets.js for this Node')
  expect(text).toContain('./other.ts ○ could not be judged it did not start: EADDRINUSE')
  expect(text).toContain('mine ○ could not be judged to the end it gave no answer within 15 s, in program 212')
})

test('whatever a result says is text: the only elements, ids and links are those of the page', () => {
  const page = htmlReport(hostile, [hostileCard])
  expect(page).not.toContain(evil)
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).not.toMatch(/<img|<\/script><\/style>/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/)
  expect(page.isWellFormed()).toBe(true)
  for (const [, id] of page.matchAll(/ (?:id|href)="#?([^"]*)"/g)) expect(id).toMatch(/^[\w.-]+$/)
})

test('nothing is loaded, and only the page’s own style and script are allowed', () => {
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(redPage) ?? []
  for (const kind of ['style', 'script']) {
    const text = new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`).exec(redPage)?.[1] ?? ''
    expect(policy).toContain(`${kind}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  }
  expect(policy).toContain("default-src 'none'")
  expect(redPage).not.toMatch(/ (?:src|style|on\w+)="/)
  for (const [, href] of redPage.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^#/)
})

test('every link leads to something on the page, and no id is there twice', () => {
  const ids = [...redPage.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, target] of redPage.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
})

test('one h1, and no heading skips a level', () => {
  const levels = [...redPage.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  levels.reduce((before, level) => {
    expect(level).toBeLessThanOrEqual(before + 1)
    return level
  }, 0)
})

test('what a result of another version has in addition is shown too', () => {
  const text = textOf(htmlReport(large(130), []))
  expect(text).toContain('NEW-5')
  expect(text).toContain('A requirement that this version of the contract does not have')
})

/** The XML, read back by libxml2: well formed, true to its schema, and saying what the result says. */
import { readFileSync } from 'node:fs'
import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { awkward, cards, everything, saying } from '../testing/results.ts'
import { cardLines } from '../text/card.ts'
import { junitXml } from './junit.ts'

const schema = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(new URL('./junit.xsd', import.meta.url), 'utf8')))

/** @throws XmlParseError, XmlValidateError */
function parsed(xml: string): XmlDocument {
  const document = XmlDocument.fromString(xml)
  schema.validate(document)
  return document
}

const elements = (document: XmlDocument, path: string) => document.find(path) as XmlElement[]
const attributes = (element: XmlElement | undefined) =>
  Object.fromEntries((element?.attrs ?? []).map(({ name, content }) => [name, content]))
const document = parsed(junitXml(everything, cards))

test('a suite for each system, with its counts', () => {
  const told = elements(document, '/testsuites/testsuite').map((suite) => {
    const { name, tests, failures, errors, skipped } = attributes(suite)
    return [name, tests, failures, errors, skipped].join(' ')
  })
  expect(told).toEqual(['leaky 7 1 1 4', 'sound 2 0 0 0', 'dying 2 0 1 0', './deaf.ts 1 0 1 0', 'uws 1 0 0 1', 'asked 1 0 1 0'])
  expect(attributes(document.root)).toEqual({ name: 'channel contract 1.0', tests: '14', failures: '1', errors: '4' })
})

test('a case for each requirement, with its outcome', () => {
  const told = elements(document, '//testcase').map((each) => {
    const { name, classname } = attributes(each)
    const outcome = each.find('*')[0] as XmlElement | undefined
    return [classname, name, outcome?.name ?? 'passed', attributes(outcome)['message'] ?? ''].join(' | ')
  })
  expect(told).toMatchInlineSnapshot(`
    [
      "leaky.lifecycle | LIFE-15 Messages of one connection are handled one at a time, in the order sent | passed | ",
      "leaky.publishing | PUB-02 With a subscriber's id, everyone but that one | failure | expected nothing of the publish {"m":"1.0"} to "t" on c0, which it excludes; observed c0 received it",
      "leaky.sending | SEND-07 What one handler sends to one connection arrives in the order of its calls; of different handlers, where one call resolved before the other was made | skipped | a SHOULD that does not hold: expected first, then second; observed second, then first",
      "leaky.subscriptions | SUB-01 From a subscribe that has resolved until an unsubscribe or the close, every publish to the topic is delivered | error | not exercised: no program decided two, three",
      "leaky.subscriptions | SUB-02 Once unsubscribe has resolved, no publish started later reaches the channel by that topic | skipped | not exercised: no program decided one",
      "leaky.stateless | STATELESS-01 Every event may be handled by a process that has never seen the connection: opening data, session, state and subscriptions are all there | skipped | not applicable: it binds only systems with other capabilities",
      "leaky.stores | STORE-01 A channel added is found with its opening data and channel name, unchanged | skipped | not observable: what the system lets the kit see does not show it",
      "sound.lifecycle | LIFE-15 Messages of one connection are handled one at a time, in the order sent | passed | ",
      "sound.publishing | PUB-02 With a subscriber's id, everyone but that one | passed | ",
      "dying | the system is judged | error | could not be judged: dying ended by itself",
      "dying.lifecycle | LIFE-15 Messages of one connection are handled one at a time, in the order sent | passed | ",
      "./deaf.ts | the system is judged | error | could not be judged: it did not start",
      "uws | the system is judged | skipped | no binary for this Node",
      "asked | the system is judged | error | could not be judged: its package is missing",
    ]
  `)
})

test('a failure holds its card whole, and a requirement without a card what was found', () => {
  const [{ card, file }] = cards as [(typeof cards)[number]]
  expect(document.get('//failure')?.content).toBe(cardLines(card, file).join('\n'))
  expect(document.get('//failure')?.content).toContain('replay    channel-conformance replay out/cards/leaky-PUB-02.json')
  expect(document.get("//testcase[starts-with(@name, 'SEND-07')]/skipped")?.content).toBe(
    'SEND-07 [in order]\n  expected  first, then second\n  observed  second, then first\n  client c1: receives "second"',
  )
})

test('a suite says what it was run with', () => {
  const told = elements(document, "//testsuite[@name='leaky']//property").map(attributes)
  expect(Object.fromEntries(told.map(({ name, value }) => [name, value]))).toEqual({
    seed: '7',
    package: '0.1.0',
    node: '20.20.2',
    engine: 'dynalite 4.0.0',
    capabilities: 'stateful binary',
    programs: '59',
    steps: '213',
    'time-outs': '0',
  })
})

/** What of a text XML can hold; a parser makes one line end of each. */
const inXml = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll('\u0000', '\\u0000')
    .replaceAll('\u0007', '\\u0007')
    .replaceAll('\u001b', '\\u001b')
    .replaceAll('\ud800 ', '\\ud800 ')
    .replaceAll('\uffff', '\\uffff')

test.each(awkward)('%j breaks nothing', (text) => {
  const { result, cards } = saying(text)
  const document = parsed(junitXml(result, cards))
  const [{ card, file }] = cards as [(typeof cards)[number]]
  expect(document.get('//failure')?.content).toBe(inXml(cardLines(card, file).join('\n')))
  // In attributes line ends are spaces to a parser.
  expect(attributes(document.get('//testsuite') as XmlElement)['name']).toBe(inXml(text).replaceAll(/[\n\t]/g, ' '))
  expect(elements(document, '//testcase')).toHaveLength(3)
})

test.each([
  ['a count that is no number', (xml: string) => xml.replace('tests="7"', 'tests="many"')],
  ['a case of no class', (xml: string) => xml.replace('classname="leaky.lifecycle"', '')],
  ['two outcomes', (xml: string) => xml.replace('<failure', '<error type="x" message="y"/><failure')],
  ['an element nobody knows', (xml: string) => xml.replaceAll('properties>', 'facts>')],
  ['a control character', (xml: string) => xml.replace('c0 received it', 'c0 \u0007')],
  ['an open element', (xml: string) => xml.replace('</testsuites>', '')],
])('%s is refused', (_name, broken) => {
  const xml = junitXml(everything, cards)
  expect(broken(xml)).not.toBe(xml)
  expect(() => parsed(broken(xml))).toThrow()
})

/** Annotations: word for word of a literal result, and read as GitHub's runner reads them. */
import { expect, test } from 'vitest'
import { awkward, cards, everything, saying } from '../testing/results.ts'
import { shellWord } from '../text/shell-word.ts'
import { annotations } from './annotations.ts'

test('a literal result', () => {
  expect(annotations(everything, cards)).toMatchInlineSnapshot(`
    [
      "::error title=PUB-02 (must) violated by leaky::With a subscriber's id, everyone but that one%0Aexpected nothing of the publish {"m":"1.0"} to "t" on c0, which it excludes; observed c0 received it%0Achannel-conformance replay out/cards/leaky-PUB-02.json",
      "::error title=dying could not be judged::dying ended by itself",
      "::error title=./deaf.ts could not be judged::it did not start",
      "::error title=asked could not be judged::its package is missing",
      "::warning title=SEND-07 (should) violated by leaky::What one handler sends to one connection arrives in the order of its calls; of different handlers, where one call resolved before the other was made%0Aexpected first, then second; observed second, then first",
      "::warning title=SUB-01 (must) not exercised on leaky::no program decided two, three",
      "::warning title=SUB-02 (should) not exercised on leaky::no program decided one",
    ]
  `)
})

/** As the runner does: the command up to the next `::`, its properties by comma, and then the escapes undone. */
function read(line: string) {
  const [, kind, properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? []
  const unescaped = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const named = properties.split(',').map((property) => {
    const equals = property.indexOf('=')
    const value = unescaped(property.slice(equals + 1))
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
    return [property.slice(0, equals), value.replaceAll('%25', '%')]
  })
  return { kind, properties: Object.fromEntries(named), message: unescaped(message).replaceAll('%25', '%') }
}

test.each(awkward)('%j breaks nothing', (text) => {
  const { result, cards } = saying(text)
  const lines = annotations(result, cards)
  expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([])
  expect(lines.map(read)).toEqual([
    { kind: 'error', properties: { title: `${text} could not be judged` }, message: text },
    {
      kind: 'error',
      properties: { title: `PUB-02 (must) violated by ${text}` },
      message: `With a subscriber's id, everyone but that one\nexpected ${text}; observed ${text}\nchannel-conformance replay ${shellWord(`${text}.json`)}`,
    },
  ])
})

test('a run in which everything holds has none', () => {
  expect(annotations({ ...everything, systems: everything.systems.slice(1, 2) }, cards)).toEqual([])
})

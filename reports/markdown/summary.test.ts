/** The Markdown: word for word of a literal result, and as an independent reader understands it. */
import { marked, type Token, type Tokens } from 'marked'
import { expect, test } from 'vitest'
import { awkward, cards, everything, saying } from '../testing/results.ts'
import { shellWord } from '../text/shell-word.ts'
import { markdownSummary, shortSummary } from './summary.ts'

/** Every token of a text, those within others too. */
function tokens(markdown: string): Token[] {
  const all: Token[] = []
  void marked.walkTokens(marked.lexer(markdown), (token) => void all.push(token))
  return all
}

const ofType = <T extends Token>(markdown: string, type: T['type']): T[] =>
  tokens(markdown).filter((token): token is T => token.type === type)

const named: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&' }

/** What a reader sees of HTML. */
const seen = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(
      /&(?:#(\d+)|(\w+));/g,
      (_, code?: string, name = '') => (code === undefined ? named[name] : String.fromCharCode(+code)) ?? '',
    )

test('a literal result', () => {
  expect(markdownSummary(everything, cards)).toMatchInlineSnapshot(`
    "## Channel conformance, contract 1.0

    MUST: 4 passed, 1 failed, 1 not exercised; 1 SHOULD failed, 1 not observable, 2 systems skipped, 0 time-outs; seed 7

    | system | engine | outcome | passed | failed | not exercised | not observable | not applicable | programs | time-outs |
    | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | <code>leaky</code> | <code>dynalite 4.0.0</code> | judged | 1 | 2 | 2 | 1 | 1 | 59 | 0 |
    | <code>sound</code> |  | judged | 2 | 0 | 0 | 0 | 0 | 59 | 0 |
    | <code>dying</code> |  | could not be judged to the end | 1 | 0 | 0 | 0 | 0 | 59 | 0 |
    | <code>./deaf.ts</code> |  | could not be judged | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    | <code>uws</code> |  | skipped | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    | <code>asked</code> |  | skipped, though asked for | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

    ### Failed

    <details open><summary><b>PUB-02</b> (must) violated by <code>leaky</code>: With a subscriber's id, everyone but that one</summary>

    - clause <code>not the excluded one</code>
    - source guide: "Publish to all subscribers (optionally exclude one)"
    - expected <code>nothing of the publish {"m":"1.0"} to "t" on c0, which it excludes</code>
    - observed <code>c0 received it</code>
    - program of 1 steps (shrunk from 3), reproduced 10 of 10 times

    \`\`\`text
    c0 on main
    step 0  c0 act [publish topic=t exclude=self]
    \`\`\`

    \`\`\`sh
    channel-conformance replay out/cards/leaky-PUB-02.json
    \`\`\`

    </details>

    <details open><summary><b>SEND-07</b> (should) violated by <code>leaky</code>: What one handler sends to one connection arrives in the order of its calls; of different handlers, where one call resolved before the other was made</summary>

    - clause <code>in order</code>
    - expected <code>first, then second</code>
    - observed <code>second, then first</code>

    \`\`\`text
    client c1: receives "second"
    \`\`\`

    </details>

    ### Not exercised

    - <code>leaky</code> SUB-01 (must): <code>two</code>, <code>three</code>
    - <code>leaky</code> SUB-02 (should): <code>one</code>

    ### Could not be judged

    - <code>dying</code>: <code>dying ended by itself</code>
    - <code>./deaf.ts</code>: <code>it did not start</code>
    - <code>asked</code>: <code>its package is missing</code>

    ### Skipped

    - <code>uws</code>: <code>no binary for this Node</code>
    "
  `)
})

test('where a place takes little: the same without programs', () => {
  const short = shortSummary(everything)
  expect(short).toContain('### Failed\n\n- <code>leaky</code> PUB-02 (must)\n- <code>leaky</code> SEND-07 (should)\n')
  expect(short).not.toContain('step 0')
  expect(short).toContain('### Skipped')
})

test('every system and every requirement that is not as it should be is there', () => {
  for (const markdown of [markdownSummary(everything, cards), markdownSummary(everything, []), shortSummary(everything)]) {
    for (const { name, requirements } of everything.systems) {
      expect(markdown).toContain(name)
      for (const { id, verdict } of requirements)
        if (verdict === 'failed' || verdict === 'not-exercised') expect(markdown).toContain(id)
    }
  }
})

test('a few failures are open, many are folded', () => {
  const many = { ...everything, systems: [...everything.systems, ...everything.systems] }
  expect(markdownSummary(everything, cards).match(/<details open>/g)).toHaveLength(2)
  expect(markdownSummary(many, cards).match(/<details>/g)).toHaveLength(4)
})

test.each(awkward)('%j breaks nothing', (text) => {
  const { result, cards } = saying(text)
  const markdown = markdownSummary(result, cards)
  const line = text.replaceAll(/\s+/g, ' ')
  const [table, ...more] = ofType<Tokens.Table>(markdown, 'table')
  expect(more).toEqual([])
  expect(table?.rows.map((cells) => cells.length)).toEqual([10, 10])
  expect(table?.rows.map(([cell]) => seen(marked.parseInline(cell?.text ?? '') as string))).toEqual([line, line])
  expect(ofType<Tokens.Code>(markdown, 'code').map((code) => code.text)).toEqual([
    `c0 on ${text.replaceAll('\r\n', '\n')}\nstep 0  c0 act [publish topic=t exclude=self]`,
    `channel-conformance replay ${shellWord(`${text.replaceAll('\r\n', '\n')}.json`)}`,
  ])
  expect(ofType<Tokens.Heading>(markdown, 'heading').map((heading) => heading.text)).toEqual([
    'Channel conformance, contract 1.0',
    'Failed',
    'Could not be judged',
    'Skipped',
  ])
  // No HTML but the page's own, no link, no picture, nothing set off.
  const html = tokens(markdown).flatMap((token) => (token.type === 'html' ? ((token.raw as string).match(/<[^>]*>/g) ?? []) : []))
  expect(new Set(html)).toEqual(
    new Set(['<details open>', '<summary>', '<b>', '</b>', '<code>', '</code>', '</summary>', '</details>']),
  )
  expect(new Set(tokens(markdown).map(({ type }) => type))).not.toContain('em')
  expect(
    tokens(markdown).filter(({ type }) => type === 'link' || type === 'image' || type === 'del' || type === 'codespan'),
  ).toEqual([])
  expect(seen(marked.parse(markdown) as string)).toContain(`observed ${line}`)
})

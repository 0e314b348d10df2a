/** The scoreboard, word for word of literal records, and as an independent reader understands it. */
import { marked, type Token, type Tokens } from 'marked'
import { expect, test } from 'vitest'
import { awkward } from '../testing/results.ts'
import { scoreboardPage } from './scoreboard.ts'
import { selfCoveragePage } from './self-coverage.ts'
import { all, awkwardly, nothing } from './testing/recorded.ts'

/** The part of a page below a heading. */
const part = (page: string, title: string): string => page.split(/^## /m).find((each) => each.startsWith(title)) ?? ''

const page = scoreboardPage(all)

test('reference systems', () => {
  expect(part(page, 'Reference systems')).toMatchInlineSnapshot(`
    "Reference systems

    Contract 1.0, package 0.1.0, seed 7, Node 20.20.2, 2026-11-21T06:10:41.000Z.

    MUST: 4 passed, 1 failed, 1 not exercised; 1 SHOULD failed, 1 not observable, 2 systems skipped, 0 time-outs; seed 7

    | system | engine | outcome | SHOULD | MUST passed | MUST failed | MUST not exercised | MUST not observable | MUST not applicable | programs | steps | time-outs |
    | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | <code>leaky</code> | <code>dynalite 4.0.0</code> | judged | 1 failed, 1 not exercised | 1 | 1 | 1 | 1 | 1 | 59 | 213 | 0 |
    | <code>sound</code> |  | judged | - | 2 | 0 | 0 | 0 | 0 | 59 | 213 | 0 |
    | <code>dying</code> |  | could not be judged to the end | - | 1 | 0 | 0 | 0 | 0 | 59 | 213 | 0 |
    | <code>./deaf.ts</code> |  | could not be judged | - | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    | <code>uws</code> |  | skipped | - | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    | <code>asked</code> |  | skipped, though asked for | - | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

    | area | <code>leaky</code> | <code>sound</code> | <code>dying</code> | <code>./deaf.ts</code> | <code>uws</code> | <code>asked</code> |
    | --- | --- | --- | --- | --- | --- | --- |
    | lifecycle | 1 passed | 1 passed | 1 passed | - | - | - |
    | sending | 1 failed | - | - | - | - | - |
    | subscriptions | 2 not exercised | - | - | - | - | - |
    | publishing | 1 failed | 1 passed | - | - | - | - |
    | stateless | 1 not applicable | - | - | - | - | - |
    | stores | 1 not observable | - | - | - | - | - |

    | system | capabilities | simulated programs |
    | --- | --- | ---: |
    | <code>leaky</code> | <code>stateful</code>, <code>binary</code> | - |
    | <code>sound</code> | <code>stateful</code>, <code>binary</code> | - |
    | <code>dying</code> | <code>stateful</code>, <code>binary</code> | - |
    | <code>./deaf.ts</code> | none | - |
    | <code>uws</code> | none | - |
    | <code>asked</code> | none | - |

    **Failed**

    - <code>leaky</code>: PUB-02 (must) <code>not the excluded one</code>, observed <code>c0 received it</code>
    - <code>leaky</code>: SEND-07 (should) <code>in order</code>, observed <code>second, then first</code>

    **Not exercised**

    - <code>leaky</code>: SUB-01 (must) <code>two</code>, <code>three</code>
    - <code>leaky</code>: SUB-02 (should) <code>one</code>

    **Decided in fewer programs than 20 (3 where that is costly)**

    - <code>leaky</code>: LIFE-15 <code>one</code> in 6
    - <code>leaky</code>: PUB-02 <code>one</code> in 6
    - <code>leaky</code>: SEND-07 <code>one</code> in 6
    - <code>leaky</code>: SUB-01 <code>one</code> in 6
    - <code>leaky</code>: STORE-01 <code>one</code> in 6
    - <code>sound</code>: LIFE-15 <code>one</code> in 6
    - <code>sound</code>: PUB-02 <code>one</code> in 6
    - <code>dying</code>: LIFE-15 <code>one</code> in 6

    **Could not be judged**

    - <code>dying</code>: <code>dying ended by itself</code>
    - <code>./deaf.ts</code>: <code>it did not start</code>
    - <code>asked</code>: <code>its package is missing</code>

    **Skipped**

    - <code>uws</code>: <code>no binary for this Node</code>

    "
  `)
})

test("third parties' results stand apart, and one of another contract says so", () => {
  const theirs = part(page, "Third parties' results")
  expect(theirs).toContain('### <code>sound</code>\n\nFile <code>theirs.json</code>.\n\n**Of contract <code>0.9</code>, while')
  expect(theirs).not.toContain('leaky')
  expect(part(page, 'Reference systems')).not.toContain('theirs')
})

test('false alarms', () => {
  expect(part(page, 'False alarms')).toMatchInlineSnapshot(`
    "False alarms

    Programs over the reference systems while other processes keep the cores busy: whatever is violated there, or waited for in vain, is a defect of the kit or of a system.

    Sources <code>a-b-c-d</code>, which are still the repository's: 900 programs, 1 violations, 1 time-outs.

    | system | engine | Node | busy processes | programs | violations | time-outs | slices not judged to the end |
    | --- | --- | --- | --- | ---: | ---: | ---: | ---: |
    | <code>ws</code> |  | 20.20.2 | 2 | 800 | 0 | 0 | 0 |
    | <code>dynamodb-serverless</code> | <code>dynalite 4.0.0</code> | 20.20.2 | 2, 4 | 100 | 1 | 1 | 1 |

    - <code>dynamodb-serverless</code>: PUB-02 <code>everyone else</code>, observed <code>c0 received it</code>
    - <code>dynamodb-serverless</code>: not judged to the end, since <code>it died</code>
    - <code>dynamodb-serverless</code>: never exercised: <code>PUB-01 late</code>

    Sources <code>a-b-x-y</code>, since which \`adapters\`, \`harness\` changed, so that the campaign is to be run again: 40 programs, 0 violations, 0 time-outs.

    | system | engine | Node | busy processes | programs | violations | time-outs | slices not judged to the end |
    | --- | --- | --- | --- | ---: | ---: | ---: | ---: |
    | <code>ws</code> |  | 20.20.2 | 2 | 40 | 0 | 0 | 0 |

    "
  `)
})

test('whether the sources are the same is said only where it is known', () => {
  const unknown = all.campaigns.map((campaign) => ({ ...campaign, changed: undefined }))
  expect(scoreboardPage({ ...all, campaigns: unknown })).toContain('of which it is not recorded whether they are still the same')
})

test('mutants', () => {
  expect(part(page, 'Mutants')).toMatchInlineSnapshot(`
    "Mutants

    There are 5 mutants: deliberately broken adapters, each with the id it must be found to violate; nothing else but a few ids named beforehand may be. Seed 1 (150 programs directed at each; contract 1.0, package 0.1.0, Node 20.20.2, 2026-11-21T06:10:41.000Z): 4 of 5 killed, found after 3 programs in the median, shrunk to 2 steps. Mutants that are not in this record: 1. Seed 2 (150 programs directed at each; contract 1.0, package 0.1.0, Node 20.20.2, 2026-11-21T06:10:41.000Z): 3 of 4 killed, found after 3 programs in the median, shrunk to 2 steps. Mutants that are not in this record: 1.

    **Survived**

    - seed 1: <code>blames</code>, expected PUB-02, caught by PUB-02, SUB-01
    - seed 2: <code>blames</code>, expected PUB-02, caught by nothing; <code>it died</code>

    [What the suite does not prove of itself](self-coverage.md) has the whole matrix.

    "
  `)
})

test('held-out defects', () => {
  expect(part(page, 'Held-out defects')).toMatchInlineSnapshot(`
    "Held-out defects

    Defects by authors who had read the contract and one adapter, and nothing of the kit. A set counts once: what survives it is answered by a better generator or judgment, and the next set is a fresh one.

    ### Set <code>first</code>

    **1 of 3 found (33 %)**; contract 1.0, package 0.1.0, seed 1, Node 20.20.2, 2026-11-21T06:10:41.000Z.

    - <code>survivor</code> survived (expected LIFE-23 or PUB-02, caught by nothing): A mistake.
      - Answer: Clients now offer two sub-protocols.
    - <code>unanswered</code> survived (expected LIFE-23, caught by SUB-01; it could not be judged to the end: <code>it hung</code>): A mistake.
      - There is no answer yet.

    ### Set <code>second</code>

    **Not recorded**: what a run of the suite finds of them. \`npm run mutants -- --held-out second --seed 1 --report json --out reports/records\` writes \`held-out-second.json\` there.
    "
  `)
})

test('what is not recorded is said, with the command that records it', () => {
  const empty = scoreboardPage(nothing)
  for (const title of ['Reference systems', 'False alarms', 'Mutants', 'Held-out defects'])
    expect(part(empty, title), title).toMatch(/\*\*Not recorded\*\*: .*`npm run /)
  expect(part(empty, "Third parties' results")).toContain('None has been submitted.')
  expect(selfCoveragePage(nothing)).toMatch(/\*\*Not recorded\*\*: .*`npm run /)
})

/** Every token of a text, those within others too. */
function tokens(markdown: string): Token[] {
  const found: Token[] = []
  void marked.walkTokens(marked.lexer(markdown), (token) => void found.push(token))
  return found
}

/** What the texts of others must not change: headings apart, how often each kind of token occurs, and the width of tables. */
function structure(markdown: string): unknown {
  const found = tokens(markdown)
  const tables = found.filter((token): token is Tokens.Table => token.type === 'table')
  const tags = found.flatMap(({ type, raw }) => (type === 'html' ? (raw.match(/<[^>]*>/g) ?? []) : []))
  const counted = ['heading', 'list', 'list_item', 'table', 'link', 'image', 'em', 'strong', 'del', 'codespan', 'code', 'hr']
  return {
    counts: counted.map((type) => [type, found.filter((token) => token.type === type).length]),
    rows: tables.map(({ rows }) => rows.map((cells) => cells.length)),
    tags: [...new Set(tags)].toSorted(),
  }
}

test.each(awkward)('%j breaks neither page', (text) => {
  for (const render of [scoreboardPage, selfCoveragePage])
    expect(structure(render(awkwardly(text)))).toEqual(structure(render(awkwardly('ordinary'))))
})

/** Literal results for the tests of the reports: every verdict, every way for a system to be no part of the judging. */
import type { ConformanceResult, ReportedViolation, RequirementResult, SystemResult } from '../../spec/result.ts'
import type { FiledCard } from '../text/failed.ts'

const decided = { exercised: 9, programs: 6, undecided: 0 }
const bare = { exercised: 0, programs: 0, undecided: 2 }

const requirement = (id: string, more: Partial<RequirementResult>): RequirementResult => ({
  id,
  level: 'must',
  verdict: 'passed',
  exercised: 9,
  programs: 6,
  clauses: { one: decided },
  violations: [],
  ...more,
})

const excluded: ReportedViolation = {
  requirement: 'PUB-02',
  clause: 'not the excluded one',
  signature: 'PUB-02 [not the excluded one] a connection received it',
  expected: 'nothing of the publish {"m":"1.0"} to "t" on c0, which it excludes',
  observed: 'c0 received it',
  events: ['client c0: receives {"m":"1.0"}'],
  card: 'out/cards/leaky-PUB-02.json',
}

/** The finding of a SHOULD, for which no card was made. */
const slow: ReportedViolation = {
  requirement: 'SEND-07',
  clause: 'in order',
  signature: 'SEND-07 [in order] another order',
  expected: 'first, then second',
  observed: 'second, then first',
  events: ['client c1: receives "second"'],
}

const ran = { capabilities: ['stateful', 'binary'] as SystemResult['capabilities'], programs: 59, steps: 213, timeouts: 0 }
const never = { capabilities: [], programs: 0, steps: 0, timeouts: 0, requirements: [] }

const leaky: SystemResult = {
  name: 'leaky',
  engine: 'dynalite 4.0.0',
  ...ran,
  requirements: [
    requirement('LIFE-15', {}),
    requirement('PUB-02', { verdict: 'failed', violations: [excluded] }),
    requirement('SEND-07', { level: 'should', verdict: 'failed', violations: [slow] }),
    requirement('SUB-01', { verdict: 'not-exercised', clauses: { one: decided, two: bare, three: bare } }),
    requirement('SUB-02', { level: 'should', verdict: 'not-exercised', clauses: { one: bare } }),
    requirement('STATELESS-01', { verdict: 'not-applicable', clauses: {} }),
    requirement('STORE-01', { verdict: 'not-observable' }),
  ],
}

const whole = (systems: SystemResult[]): ConformanceResult => ({
  schemaVersion: 1,
  contractVersion: '1.0',
  packageVersion: '0.1.0',
  nodeVersion: '20.20.2',
  date: '2026-11-21T06:10:41.000Z',
  seed: 7,
  timeoutsHit: 0,
  systems,
})

/** Everything that can come of a run. */
export const everything: ConformanceResult = whole([
  leaky,
  { name: 'sound', ...ran, requirements: [requirement('LIFE-15', {}), requirement('PUB-02', {})] },
  { name: 'dying', ...ran, couldNotJudge: 'dying ended by itself', requirements: [requirement('LIFE-15', {})] },
  { name: './deaf.ts', ...never, couldNotJudge: 'it did not start' },
  { name: 'uws', ...never, skipped: 'no binary for this Node' },
  { name: 'asked', ...never, skipped: 'its package is missing', couldNotJudge: 'its package is missing' },
])

/** The card of the one failure of `everything` that has one. */
export const cards: readonly FiledCard[] = [
  {
    card: {
      ...excluded,
      system: 'leaky',
      reference: './leaky.ts',
      engine: 'dynalite 4.0.0',
      title: "With a subscriber's id, everyone but that one",
      source: 'guide: "Publish to all subscribers (optionally exclude one)"',
      level: 'must',
      program: {
        clients: [{ channel: 'main' }],
        prefix: [{ do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', exclude: 'self' }] }],
        phases: [],
      },
      size: 1,
      shrunkFrom: 3,
      reproduced: { times: 10, of: 10 },
    },
    file: 'out/cards/leaky-PUB-02.json',
  },
]

/** A result with `text` wherever a system can put text of its own, and its card. */
export function saying(text: string): { result: ConformanceResult; cards: readonly FiledCard[] } {
  const violation = { ...excluded, expected: text, observed: text, events: [text] }
  const system: SystemResult = {
    ...ran,
    name: text,
    engine: text,
    couldNotJudge: text,
    requirements: [requirement('PUB-02', { verdict: 'failed', violations: [violation] })],
  }
  const [{ card }] = cards as [FiledCard]
  const program = { ...card.program, clients: [{ channel: text }] }
  return {
    result: whole([system, { name: text, ...never, skipped: text }]),
    cards: [{ card: { ...card, ...violation, program, system: text, engine: text, source: text }, file: `${text}.json` }],
  }
}

/** Texts that mean something to one or another of the forms a report has. */
export const awkward: readonly string[] = [
  'a "b" <c> & \'d\' ]]> &amp; --> <![CDATA[',
  'null \u0000 bell \u0007 escape \u001b[31m next \u0085 half \ud800 not \uffff but 🦊 and\ttab',
  'one\ntwo\r\n\n# three\n::error::four',
  '| a \\| b \\\\| c | `code` ``more`` ``` fence ~~~',
  '```\n````\nfence\n`````',
  '</details></summary></code></pre><script>alert(1)</script><!--',
  '*a* _b_ **c** ~d~ [e](http://f) ![g](h) <http://i> http://j www.k.org $j$ :smile: @somebody #1 1. - + > \\',
  'true',
  ' ',
  '50% %0A, a:b=c, file=d',
]

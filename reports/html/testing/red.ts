/** A literal result with failures, and the cards of two of them. */

import type { ConformanceResult, ReportedViolation, RequirementResult } from '../../../spec/result.ts'
import type { ReportCard } from '../report-card.ts'
import { greenSystem, resultOf } from './results.ts'

/** Three clients, two lanes, a connect script and a connection that comes again. */
export const lanesCard: ReportCard = {
  system: 'mine',
  requirement: 'PUB-02',
  clause: 'not the excluded one',
  title: 'With a subscriber’s id, everyone but that one',
  level: 'must',
  program: {
    clients: [
      { channel: 'main', connect: [{ op: 'subscribe', topic: 't' }] },
      { channel: 'main', late: true },
      { channel: 'bare', disconnect: [{ op: 'publish', topic: 't', exclude: null }] },
    ],
    prefix: [{ do: 'act', client: 0, ops: [{ op: 'subscribe', topic: 't' }] }],
    phases: [
      {
        lanes: [
          [
            { do: 'connect', client: 1 },
            { do: 'act', client: 1, ops: [{ op: 'publish', topic: 't', exclude: { client: 0 } }] },
          ],
          [{ do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }], wait: false }],
        ],
      },
    ],
  },
  size: 3,
  shrunkFrom: 17,
  reproduced: { times: 9, of: 10 },
  expected: 'nothing of the publish {"m":"2.0"} to "t" on c0, which it excludes',
  observed: 'c0 received it',
  events: ['server c1 step 2: op 0 publish begins {"op":"publish","topic":"t"}', 'client c0: receives {"m":"2.0"}'],
  history: ['   0 client c0 step c0: begins {"do":"connect","client":0}', '   1 client c0: is open'],
  sequence: [
    { lane: 'c0', to: 'server', label: 'connects to main', step: 'c0' },
    { lane: 'server', label: 'c0: onConnect begins', step: 'c0' },
    { lane: 'server', to: 'c0', label: 'is open', step: 'c0' },
    { lane: 'c0', to: 'server', label: '{"action":"probe","id":"0","ops":[{"op":"subscribe","topic":"t"}]}', step: '0' },
    { lane: 'server', label: 'c0: subscribe resolves', step: '0' },
    { lane: 'c1', to: 'server', label: 'connects to main', step: '1' },
    { lane: 'server', to: 'c1', label: 'is open', step: '1' },
    {
      lane: 'c1',
      to: 'server',
      label: '{"action":"probe","id":"2","ops":[{"op":"publish","topic":"t","exclude":{"id":"c0"},"value":{"m":"2.0"}}]}',
      step: '2',
    },
    { lane: 'server', label: 'c1: publish begins', step: '2', evidence: true },
    { lane: 'server', to: 'c0', label: '{"m":"2.0"}', evidence: true },
    { lane: 'c0', label: 'sees its socket close with 1000' },
  ],
}

/** Operations on stores side by side; a card of a version without sequences. */
export const storesCard: ReportCard = {
  system: 'mine',
  requirement: 'STORE-05',
  clause: 'nothing kept',
  title: 'Removing',
  level: 'must',
  program: {
    clients: [],
    prefix: [],
    phases: [],
    stores: {
      page: 2,
      channels: [{ op: 'add', id: 'a', name: 'n', data: null, expires: 60_000 }],
      prefix: [],
      together: [
        { op: 'remove', id: 'a' },
        { op: 'subscribe', topic: 't', id: 'a' },
      ],
      after: [{ op: 'subscribers', topic: 't' }],
      early: true,
      choices: [0, 1, 1],
    },
  },
  size: 4,
  shrunkFrom: 9,
  reproduced: { times: 2, of: 2 },
  expected: 'nothing of a',
  observed: 'its subscription to t is still kept',
  events: ['server: operation 1, remove, resolves to true'],
}

const violation = ({ requirement, clause, expected, observed, events }: ReportCard, card?: string): ReportedViolation => ({
  requirement,
  clause,
  signature: `${requirement} [${clause}]`,
  expected,
  observed,
  events: [...events],
  ...(card !== undefined && { card }),
})

const failing: Record<string, ReportedViolation[]> = {
  'PUB-02': [violation(lanesCard, '.channel-conformance/cards/mine-PUB-02.json')],
  'STORE-05': [violation(storesCard)],
}

const mine = greenSystem('mine', undefined, { couldNotJudge: 'it gave no answer within 15 s, in program 212' })

/** Two failures, an unexercised requirement, and systems of every kind that could not be judged. */
export const red: ConformanceResult = resultOf([
  {
    ...mine,
    requirements: mine.requirements.map((each): RequirementResult => {
      const violations = failing[each.id]
      if (violations !== undefined) return { ...each, verdict: 'failed', violations }
      if (each.id !== 'LIFE-09') return each
      const bare = { exercised: 0, programs: 0, undecided: 3, heavy: true }
      return { ...each, verdict: 'not-exercised', clauses: { ...each.clauses, 'subscriptions gone': bare } }
    }),
  },
  greenSystem('ws'),
  { ...greenSystem('uws'), requirements: [], skipped: 'no binary of uWebSockets.js for this Node' },
  { ...greenSystem('./other.ts'), requirements: [], couldNotJudge: 'it did not start: EADDRINUSE' },
])

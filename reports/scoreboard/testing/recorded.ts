/** What the pages are made from, literal: with everything that can be said, with nothing, and with awkward texts. */
import type { HeldOutKill, KillMatrix, RecordedKill } from '../../../spec/records.ts'
import { everything, saying } from '../../testing/results.ts'
import type { CampaignSystem, Recorded } from '../recorded.ts'

const stamp = { contract: '1.0', package: '0.1.0', node: '20.20.2', date: '2026-11-21T06:10:41.000Z' }

const kill = (name: string, of: Partial<RecordedKill> = {}): RecordedKill => ({
  ...{ name, expected: 'PUB-02', also: [], caughtBy: ['PUB-02'], clauses: ['PUB-02 everyone else'], programs: 3, steps: 2 },
  reproduced: { times: 10, of: 10 },
  ...of,
})

const matrix = (seed: number, mutants: RecordedKill[]): KillMatrix => ({
  ...{ seed, ...stamp, runs: 150, mutants, unbroken: {}, median: { programs: 3, steps: 2 } },
})

const defect = (name: string, of: Partial<HeldOutKill> = {}): HeldOutKill => ({
  ...{ name, expected: 'LIFE-23', alternatives: [], standsFor: 'A mistake.', caughtBy: ['LIFE-23'], programs: 3, killed: true },
  ...of,
})

const quiet: CampaignSystem = {
  ...{ system: 'ws', engines: [], programs: 800, timeouts: 0, violations: [], broken: [], unexercised: [] },
  ...{ busy: [2], nodes: ['20.20.2'] },
}

/** Nothing has been recorded. */
export const nothing: Recorded = {
  ...{ contract: '1.0', submissions: [], campaigns: [], matrices: [], mutants: [], unbroken: {}, uncovered: [] },
  heldOut: [{ set: 'first', answers: {} }],
}

/** Something of everything. */
export const all: Recorded = {
  contract: '1.0',
  conformance: everything,
  submissions: [
    { file: 'theirs.json', result: { ...everything, contractVersion: '0.9', systems: everything.systems.slice(1, 2) } },
  ],
  campaigns: [
    {
      ...{ sources: 'a-b-c-d', changed: [] },
      systems: [
        quiet,
        {
          ...{ ...quiet, system: 'dynamodb-serverless', engines: ['dynalite 4.0.0'], programs: 100, timeouts: 1, busy: [2, 4] },
          violations: [{ requirement: 'PUB-02', clause: 'everyone else', observed: 'c0 received it' }],
          ...{ broken: ['it died'], unexercised: ['PUB-01 late'] },
        },
      ],
    },
    { sources: 'a-b-x-y', changed: ['adapters', 'harness'], systems: [{ ...quiet, programs: 40 }] },
  ],
  matrices: [
    matrix(1, [
      kill('plain'),
      kill('slow', { programs: 201 }),
      kill('rare'),
      kill('gone'),
      kill('blames', { caughtBy: ['PUB-02', 'SUB-01'] }),
    ]),
    matrix(2, [
      kill('plain', { also: ['SUB-01'], programs: 7 }),
      kill('slow', { programs: 200 }),
      kill('rare', { programs: 90, rare: true }),
      kill('blames', { caughtBy: [], programs: null, steps: null, reproduced: undefined, couldNotJudge: 'it died' }),
    ]),
  ],
  mutants: ['plain', 'slow', 'rare', 'blames', 'new'].map((name) => ({ name, standsFor: `The mistake ${name}.` })),
  unbroken: { 'PUB-14': ['other processes'], 'LIFE-01': ['one', 'two'] },
  uncovered: [
    { id: 'PUB-14', clauses: ['other processes'], reason: 'No copy of it is loaded there.' },
    { id: 'LIFE-01', clauses: ['two', 'three'], reason: 'The platform does it.' },
  ],
  heldOut: [
    {
      set: 'first',
      record: {
        ...{ set: 'first', seed: 1, ...stamp },
        defects: [
          defect('found'),
          defect('survivor', { alternatives: ['PUB-02'], caughtBy: [], programs: null, killed: false }),
          defect('unanswered', { caughtBy: ['SUB-01'], programs: null, killed: false, couldNotJudge: 'it hung' }),
        ],
      },
      answers: { survivor: 'Clients now offer two sub-protocols.' },
    },
    { set: 'second', answers: {} },
  ],
}

/** With `text` wherever a record can hold one of somebody's own. */
export function awkwardly(text: string): Recorded {
  const { result } = saying(text)
  const own = kill(text, { couldNotJudge: text, programs: null })
  const stamped = { contract: text, package: text, node: text, date: text }
  return {
    ...{ contract: '1.0', conformance: result, submissions: [{ file: text, result: { ...result, contractVersion: text } }] },
    campaigns: [
      {
        ...{ sources: text, changed: ['spec'] },
        systems: [
          {
            ...{ ...quiet, system: text, engines: [text], nodes: [text], broken: [text], unexercised: [text] },
            violations: [{ requirement: 'PUB-02', clause: text, observed: text }],
          },
        ],
      },
    ],
    matrices: [{ ...matrix(1, [own]), ...stamped }],
    mutants: [{ name: text, standsFor: text }],
    unbroken: { 'PUB-14': [text] },
    uncovered: [{ id: 'PUB-14', clauses: [text], reason: text }],
    heldOut: [
      {
        set: text,
        record: {
          ...{ set: text, seed: 1, ...stamped },
          defects: [defect(text, { standsFor: text, killed: false, couldNotJudge: text })],
        },
        answers: { [text]: text },
      },
    ],
  }
}

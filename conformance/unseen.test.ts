/** What a system that somebody else has started is not asked, and what of it is not observable, with the reason. */
import { expect, test } from 'vitest'
import { requirements } from '../spec/requirements/index.ts'
import { unable } from './able.ts'
import type { Program, Step } from './program.ts'
import { families } from './programs/index.ts'
import { Tally } from './tally.ts'
import { unseenClauses } from './unseen.ts'

const program = (steps: Step[], channel = 'main', more: Partial<Program> = {}): Program => ({
  clients: [{ channel }],
  prefix: [],
  phases: [{ lanes: [steps] }],
  ...more,
})
const elsewhere = {
  capabilities: ['stateful', 'ordered', 'gracefulStop'],
  startedElsewhere: { channels: new Set(['main']) },
} as const
const here = { capabilities: elsewhere.capabilities }

test.each([
  ['a stop', program([{ do: 'stop' }]), /can neither be stopped nor started with other settings/],
  ['other deadlines', program([], 'main', { system: { handler: 5 } }), /can neither be stopped/],
  ['a start variant', program([{ do: 'start', variant: 'duplicate name' }]), /cannot be started with another wiring/],
  ['a channel that is not offered', program([], 'strict'), /does not offer the channel strict/],
  ['a crowd', program([{ do: 'crowd', topic: 't', size: 3 }]), /does not offer the channel crowd/],
])('%s', (_what, asked, why) => {
  expect(unable(elsewhere, asked)).toMatch(why)
  expect(unable(here, asked)).toBeUndefined()
})

test('what it lacks as any system may, and what it can do', () => {
  expect(unable(elsewhere, program([], 'path'))).toBe('it does not declare pathParameters')
  expect(unable(elsewhere, program([{ do: 'vanish', client: 0 }]))).toBeUndefined()
})

test('clauses that only such programs decide, each with its sentence', () => {
  const observes = new Set(['trace', 'hub'] as const)
  const unseen = unseenClauses(elsewhere, requirements, families, observes)
  expect(unseen.get('VALID-01 no handler')).toBe('its host does not offer the channel strict')
  expect([...unseen.keys()].filter((clause) => clause.startsWith('PUB-02 '))).toEqual([])
  expect([...unseen.values()]).toContain('its host does not tell what hub and stores still hold')
  expect([...unseen.values()]).toContain('a server that was started elsewhere cannot be started with another wiring')
  expect(unseenClauses(here, requirements, families, observes).size).toBe(0)
})

test('a clause is not observable with its reason, unless a program decided it all the same', () => {
  const [pub02] = requirements.filter(({ id }) => id === 'PUB-02')
  if (pub02 === undefined) throw new Error('there is no PUB-02')
  const clauses = Object.keys(pub02.clauses)
  const unseen = new Map(clauses.map((clause) => [`PUB-02 ${clause}`, 'so it is']))
  const outcome = (tally: Tally) => tally.results([pub02], new Set(elsewhere.capabilities), new Set(['trace', 'hub']), unseen)[0]
  expect(outcome(new Tally([pub02]))).toMatchObject({
    verdict: 'not-observable',
    clauses: {},
    unseen: { [clauses[0] ?? '']: 'so it is' },
  })
  const decided = new Tally([pub02])
  decided.add(
    { decisions: new Map([['PUB-02', new Map([[clauses[0] ?? '', { decided: 1, undecided: 0 }]])]]), violations: [] },
    'p',
    1,
  )
  expect(outcome(decided)).toMatchObject({ verdict: 'passed', exercised: 1 })
})

/** Costly programs: a crowd of a thousand, and a host that publishes before it listens. */
import fc from 'fast-check'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient } from '../parts.ts'
import { act, hosted, pub, sequence, sub } from '../pubsub.ts'

const crowd: Step = { do: 'crowd', topic: 't', size: 1_000 }
const one = act(0, pub())
const two = act(0, pub(), pub())
const join = act(0, sub('u'))
const host = hosted()
const step = fc.constantFrom(one, two, join, host)

export const publishingCrowd: Family = {
  name: 'publishing/crowd',
  area: 'publishing',
  runs: 3,
  arbitrary: fc.record({
    clients: fc.tuple(fc.constant(plainClient)),
    prefix: fc.oneof(fc.tuple(fc.constant(crowd)), fc.tuple(fc.constant(crowd), step), fc.tuple(fc.constant(crowd), step, step)),
    phases: fc.array(fc.record({ lanes: fc.tuple(fc.tuple(step), fc.tuple(step)) }), { minLength: 0, maxLength: 1 }),
  }),
  examples: {
    'PUB-12 all': sequence([plainClient], crowd, one),
    'PUB-12 once each': sequence([plainClient], crowd, join, two),
  },
}

const early: Step = { do: 'start', variant: 'publishes before it listens' }

export const publishingEarly: Family = {
  name: 'publishing/early',
  area: 'publishing',
  runs: 12,
  arbitrary: fc.record({
    clients: fc.array(fc.constant(plainClient), { minLength: 0, maxLength: 1 }),
    prefix: fc.array(fc.constantFrom(early, hosted(), hosted('u')), { minLength: 1, maxLength: 3 }),
    phases: fc.array(fc.constant({ lanes: [[early]] }), { minLength: 0, maxLength: 1 }),
  }),
  examples: { 'PUB-09 before listening': sequence([], early) },
}

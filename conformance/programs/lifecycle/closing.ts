/** Programs about ends: every way of closing, with handlers running or queued, and what onDisconnect then does. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { closingExamples } from './closing-examples.ts'
import {
  acts,
  anySend,
  clients,
  close,
  hold,
  look,
  of,
  openGate,
  returned,
  script,
  send,
  subscribeT,
  thrown,
  turn,
  violate,
} from './parts.ts'

const client = clientIndex(2)
const quiet = fc.oneof(send, turn, subscribeT)
const anything = fc.oneof(
  { weight: 3, arbitrary: close },
  { weight: 2, arbitrary: anySend },
  { weight: 1, arbitrary: hold },
  { weight: 1, arbitrary: turn },
  { weight: 1, arbitrary: returned },
)
/** Closing scripts, those that matter most at once: output before, a second close, a handler that goes on or waits. */
const closing: fc.Arbitrary<Op[]> = fc.oneof(
  { weight: 2, arbitrary: script(anything) },
  { weight: 2, arbitrary: fc.tuple(fc.oneof(anySend, turn), close, fc.oneof(close, turn, returned)) },
  { weight: 1, arbitrary: fc.tuple(close) },
  { weight: 1, arbitrary: fc.tuple(close, hold) },
)
const holdG = fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') })
const openG: fc.Arbitrary<Step> = fc.record({ do: fc.constant('open gate' as const), gate: fc.constant('g') })
/** Messages queued behind a handler that will close, and time for them to arrive. */
const queued = fc.tuple(
  acts(fc.constant(0), fc.tuple(holdG, close)),
  acts(fc.constant(0), script(quiet, 1)),
  acts(fc.constant(1), script(send, 1)),
  openG,
)

const beginning = fc.oneof(
  acts(client, closing),
  acts(client, script(fc.oneof(quiet, hold))),
  of('connect', client),
  violate(client),
)
const ends = fc.oneof(of('close', client), of('vanish', client), openGate)

export const lifecycleClosing: Family = {
  name: 'lifecycle/closing',
  area: 'lifecycle',
  runs: 220,
  arbitrary: program({
    clients: fc.array(
      clients({
        connect: fc.oneof(
          { weight: 3, arbitrary: script(quiet) },
          { weight: 2, arbitrary: fc.tuple(anySend, close) },
          { weight: 1, arbitrary: fc.tuple(close, returned) },
        ),
        disconnect: script(
          fc.oneof(
            { weight: 2, arbitrary: look },
            { weight: 2, arbitrary: thrown },
            { weight: 1, arbitrary: turn },
            { weight: 1, arbitrary: close },
          ),
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    prefix: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.array(fc.oneof({ weight: 4, arbitrary: beginning }, { weight: 1, arbitrary: ends }), {
          minLength: 0,
          maxLength: 4,
        }),
      },
      { weight: 1, arbitrary: queued },
    ),
    step: fc.oneof(
      { weight: 4, arbitrary: acts(client, closing) },
      { weight: 2, arbitrary: acts(client, script(quiet)) },
      { weight: 1, arbitrary: of('close', client) },
      { weight: 1, arbitrary: of('vanish', client) },
      { weight: 1, arbitrary: violate(client) },
      { weight: 1, arbitrary: of('connect', client) },
      { weight: 1, arbitrary: openGate },
    ),
    lanes: 2,
  }),
  examples: closingExamples,
}

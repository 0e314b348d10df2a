/** Builds a `Run` from a history. */
import type { Capability } from '../capabilities.ts'
import type { ClientEventOf, HistoryEvent } from '../history.ts'
import type { Observation } from '../requirement.ts'
import { answerReceipts } from './answers.ts'
import { collectCalls } from './calls.ts'
import { collectConnections } from './connections.ts'
import { causalOrder, totalOrder } from './order.ts'
import { collectPublishes } from './publishes.ts'
import type { Ledger, Run } from './run.ts'
import { tooLarge } from './size.ts'
import { collectChanges, expectation } from './subscriptions.ts'

/** What is known of a run beside its events. */
export interface RunFacts {
  capabilities: Iterable<Capability>
  observes: Iterable<Observation>
  ledger?: Ledger
  /** The events are in the order in which they happened: in a simulation one thread writes them down. */
  inOrder?: boolean
}

const nothingBefore: Ledger = { channelIds: new Map() }

/** Arranges the events of one program for judgment. Pure: the same events give the same run. */
export function viewRun(events: readonly HistoryEvent[], facts: RunFacts): Run {
  const before = facts.inOrder === true ? totalOrder(events) : causalOrder(events)
  const { connections, byChannelId } = collectConnections(events)
  const capabilities = new Set(facts.capabilities)
  const refusesSize = capabilities.has('stateless') && !capabilities.has('stateful')
  const calls = collectCalls(events, connections)
  if (!capabilities.has('binary')) for (const call of calls) call.textOnly = true
  const publishes = collectPublishes(events, calls, capabilities.has('binary'))
  const changes = collectChanges(calls)
  answerReceipts(connections, calls, publishes, capabilities.has('ordered') ? undefined : before)
  const invocations = new Map<string, ClientEventOf<'invoke'>>()
  const kinds = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    if (event.kind === 'invoke' && event.step !== undefined) invocations.set(event.step, event)
    const list = kinds.get(event.kind)
    if (list === undefined) kinds.set(event.kind, [event])
    else list.push(event)
  }
  return {
    events,
    capabilities,
    observes: new Set(facts.observes),
    ledger: facts.ledger ?? nothingBefore,
    before,
    connections,
    byChannelId,
    calls,
    publishes,
    changes,
    subscribed: (connection, publish) => {
      const expected = expectation(before, changes, connection, publish)
      // What no platform carries is logged, and not delivered (STATELESS-15).
      return expected === 'must' && refusesSize && publish.wire !== undefined && tooLarge(publish.wire) ? 'may' : expected
    },
    of: (kind) => (kinds.get(kind) ?? []) as never,
    invoked: (step) => (step === undefined ? undefined : invocations.get(step)),
    complete: !kinds.has('timeout'),
  }
}

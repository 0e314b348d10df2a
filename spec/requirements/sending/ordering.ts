/** The order of what one connection is sent (SEND-07). */
import { decide, requirement } from '../../requirement.ts'
import type { Call, Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { accounts, type Due } from './dues.ts'

/** Past this many messages of one connection only those of one handler are compared. */
const mostCompared = 60

/** What onConnect sends a connection that is still to be opened is delivered later, in an order of its own (STATELESS-10). */
const deferred = (run: Run, { call, conn }: Due): boolean =>
  run.capabilities.has('stateless') && call?.handler === 'onConnect' && call.channelId === conn.channelId

const index = (due: Due): number => due.op?.index ?? Number.POSITIVE_INFINITY
const arrival = (due: Due): number => due.receipt?.event.seq ?? 0

export const send07 = requirement({
  id: 'SEND-07',
  title:
    'What one handler sends to one connection arrives in the order of its calls; of different handlers, where one call resolved before the other was made',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'one handler': {
      promise: 'sends, publishes and the reply of one handler arrive in the order of its calls, awaited or not',
      needs: ['trace'],
    },
    'different handlers': {
      promise: 'a message whose call had resolved before another handler made the next arrives before it',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'progress updates are worthless out of order, and a handler does not have to wait for each',
  },
  *judge(run) {
    for (const { dues } of accounts(run)) {
      const arrived = dues.filter(
        (due) =>
          due.receipt !== undefined && due.unique && due.mark !== undefined && due.call !== undefined && !deferred(run, due),
      )
      const byCall = new Map<Call | undefined, Due[]>()
      for (const due of arrived) byCall.set(due.call, [...(byCall.get(due.call) ?? []), due])
      for (const own of byCall.values()) yield* inOrder(own)
      if (arrived.length <= mostCompared) yield* across(run, arrived)
    }
  },
})

function* inOrder(own: readonly Due[]) {
  const made = own.toSorted((a, b) => position(a) - position(b))
  for (const [at, later] of made.entries()) {
    const earlier = made[at - 1]
    // A returned value after the handler's own sends is SEND-01's.
    if (earlier === undefined || (position(later) === Number.POSITIVE_INFINITY && earlier.origin === 'send')) continue
    yield decide(
      'one handler',
      arrival(earlier) < arrival(later),
      finding(earlier, later, `as step ${later.call?.step} made them in turn`),
    )
  }
}

/** A reply comes after every call, wherever in the script its value was named. */
const position = (due: Due): number => (due.origin === 'reply' || due.origin === 'return' ? Number.POSITIVE_INFINITY : index(due))

function* across(run: Run, arrived: readonly Due[]) {
  const inTurn = arrived.toSorted((a, b) => arrival(a) - arrival(b))
  const calls = inTurn.filter((due) => due.origin === 'send' || due.origin === 'publish')
  for (const [at, second] of calls.entries()) {
    const first = calls[at - 1]
    if (first !== undefined && first.call !== second.call && resolvedBefore(run, first, second)) {
      yield decide('different handlers', true, finding(first, second, ''))
    }
    const overtaken = calls.slice(0, at).find((each) => each.call !== second.call && resolvedBefore(run, second, each))
    if (overtaken !== undefined) {
      yield decide(
        'different handlers',
        false,
        finding(second, overtaken, 'since the first call had resolved before the second was made'),
      )
    }
  }
}

const resolvedBefore = (run: Run, a: Due, b: Due): boolean =>
  a.op?.end?.outcome === 'ok' && run.before(a.op.end, b.made) === 'yes'

const finding = (earlier: Due, later: Due, why: string) => ({
  events: [earlier.made, later.made, later.receipt?.event, earlier.receipt?.event],
  expected: `${showWire(earlier.wire)} before ${showWire(later.wire)} on ${later.conn.name}, ${why}`,
  observed: `${later.conn.name} received ${showWire(later.wire)} first`,
})

/** Messages that come after their channel was removed (STATELESS-04). */
import { decide, requirement } from '../../requirement.ts'
import { type Invocation, invocationsOf } from '../../run/invocations.ts'
import { idleAfter } from '../../run/platform.ts'
import type { Connection, Run } from '../../run/run.ts'
import { handlesMessage } from '../lifecycle/attempts.ts'
import { disconnectCalls } from '../lifecycle/endings.ts'

export const stateless04 = requirement({
  id: 'STATELESS-04',
  title: 'A message that arrives after its channel was removed runs no handler and creates nothing',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'no handler': {
      promise: 'a message given to the system after the removal runs no handler',
      needs: ['trace', 'platform', 'idle'],
    },
    'creates nothing': {
      promise: 'it leaves neither a channel nor a subscription',
      needs: ['trace', 'platform', 'residue', 'idle'],
    },
  },
  source: {
    decision:
      'messages are invocations of their own and may come in any order: behind onDisconnect the application has nothing left to handle them with',
  },
  *judge(run) {
    for (const connection of run.connections) {
      // The removal comes before onDisconnect starts (SUB-12).
      const ended = disconnectCalls(connection)[0]?.enter
      const messages = invocationsOf(run, connection.channelId, 'message')
      const late = messages.filter(({ begin }) => ended !== undefined && run.before(ended, begin) === 'yes')
      const [first] = late
      if (first === undefined || ended === undefined) continue
      const call = connection.calls.find(
        (each) =>
          handlesMessage(each) &&
          run.before(first.begin, each.enter) === 'yes' &&
          // One that came in time may be late to start its handler.
          messages.every((other) => late.includes(other) || run.before(other.end, each.enter) === 'yes'),
      )
      if (call === undefined && (late.some(({ end }) => end === undefined) || idleAfter(run, late.at(-1)?.end) === undefined))
        continue
      yield decide('no handler', call === undefined, {
        events: [ended, first.begin, call?.enter],
        expected: `no handler for a message of ${connection.name} that came after its channel was removed`,
        observed: `${call?.handler} ran (step ${call?.step})`,
      })
      yield* createsNothing(run, connection, late)
    }
  },
})

function* createsNothing(run: Run, connection: Connection, late: readonly Invocation[]) {
  const residue = run.of('residue').find((each) => late.every(({ end }) => run.before(end, each) === 'yes'))
  if (residue === undefined) return
  const [first] = late
  // What another event makes that comes again is STATELESS-05's.
  const others = invocationsOf(run, connection.channelId).filter(({ event }) => event !== 'message')
  if (others.some(({ begin }) => run.before(disconnectCalls(connection)[0]?.settled, begin) === 'yes')) return
  // What had been subscribed before is SUB-06's.
  const earlier = run.changes.filter(({ change, op }) => change === 'subscribe' && run.before(first?.begin, op.begin) !== 'yes')
  const left = residue.subscriptions.filter(
    ([topic, id]) => id === connection.channelId && !earlier.some((each) => each.channelId === id && each.topic === topic),
  )
  const known = residue.channels.includes(connection.channelId ?? '')
  yield decide('creates nothing', left.length === 0 && !known, {
    events: [disconnectCalls(connection)[0]?.enter, first?.begin, first?.end, residue],
    expected: `nothing of ${connection.name}'s channel in hub and stores, since its message came after the removal`,
    observed: known ? 'the channel is there' : `subscriptions to ${left.map(([topic]) => JSON.stringify(topic)).join(', ')}`,
  })
}

/** Sending on a closed channel (SEND-09). */
import type { HistoryEvent, ServerEvent } from '../../history.ts'
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { sendWire } from '../../run/answers.ts'
import { fenceAfter } from '../../run/fences.ts'
import { answeredGone, platformOf } from '../../run/invocations.ts'
import type { OpRun, Run } from '../../run/run.ts'
import { sameWire, showWire } from '../../wire.ts'
import { accounts } from './dues.ts'
import { markOf } from './marks.ts'
import { ending, refusal } from './refusals.ts'

/** What knows of one state: the channel or, where every event may meet a fresh process, each handler for itself. */
const knows = (run: Run, { channelId, process, call }: { channelId: string; process: string; call: number }): string =>
  run.capabilities.has('stateful') ? channelId : `${process}/${call}`

/** The first event that shows a state to be closed, by what knows of it. */
function closings(run: Run): Map<string, HistoryEvent> {
  const found = new Map<string, HistoryEvent>()
  for (const event of run.events) {
    if (event.at !== 'server' || !('state' in event) || event.state !== 'closed') continue
    const of = knows(run, event)
    if (!found.has(of)) found.set(of, event)
  }
  return found
}

/** Sends, of values that could be sent, that began when the state was certainly closed. */
function sendsOnClosed(run: Run): OpRun[] {
  const closed = closings(run)
  return run.calls.flatMap((call) => {
    const from = closed.get(knows(run, call.enter))
    // What an output schema makes of a value would be a reason of its own to refuse it.
    if (from === undefined || call.channel === 'shaped') return []
    return call.ops.filter(
      (op) => op.name === 'send' && run.before(from, op.begin) === 'yes' && refusal(run, op.args.value ?? null) === undefined,
    )
  })
}

export const send09 = requirement({
  id: 'SEND-09',
  title:
    'Once `state` is closed `send` delivers nothing and rejects with ChannelClosedError; left unawaited it never brings the process down',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    rejects: {
      promise: 'send on a closed channel rejects with ChannelClosedError',
      needs: ['trace'],
    },
    'delivers nothing': {
      promise: 'what is sent on a closed channel never arrives',
      needs: ['trace'],
    },
    'left unawaited': {
      promise: 'the rejection of a send that nobody awaits is no unhandled rejection',
      needs: ['trace'],
    },
    'answered gone': {
      promise: 'so does a send of a message handler that the platform answers with "gone"',
      capabilities: ['stateless'],
      needs: ['trace', 'platform'],
      despiteCrashes: true,
    },
  },
  source: {
    decision: 'a client may go at any moment, and the guide sends without awaiting',
  },
  *judge(run) {
    yield* answeredWithGone(run)
    const sends = sendsOnClosed(run)
    if (sends.length === 0) return
    for (const op of sends) {
      if (op.end === undefined) continue
      yield decide('rejects', op.end.outcome === 'rejected' && op.end.error?.name === 'ChannelClosedError', {
        events: [op.begin, op.end],
        expected: `a rejection with ChannelClosedError of the send in ${op.call.handler} of step ${op.call.step}, whose channel is closed`,
        observed: ending(op.end),
      })
    }
    yield* deliveries(run, sends)
    yield* faults(run, sends)
  },
})

/** Sends of message handlers, every post of which was answered "gone". */
function* answeredWithGone(run: Run) {
  const { posts } = platformOf(run)
  if (!posts.some(answeredGone)) return
  for (const call of run.calls) {
    if (call.message === undefined || call.handler === 'middleware') continue
    for (const op of call.ops) {
      const encoded = op.name === 'send' ? sendWire(call, op.args.value ?? null) : undefined
      if (op.end === undefined || encoded === undefined || !('wire' in encoded) || markOf(op.args.value ?? null) === undefined)
        continue
      const own = posts.filter(
        ({ data, channelId }) => channelId === call.channelId && data !== undefined && sameWire(encoded.wire, data),
      )
      if (own.length === 0 || !own.every(answeredGone)) continue
      yield decide('answered gone', op.end.outcome === 'rejected' && op.end.error?.name === 'ChannelClosedError', {
        events: [op.begin, ...own.map(({ answer }) => answer), op.end],
        expected: `a rejection with ChannelClosedError of the send in step ${call.step}, which the platform answered with "gone"`,
        observed: ending(op.end),
      })
    }
  }
}

function* deliveries(run: Run, sends: readonly OpRun[]) {
  for (const { conn, dues } of accounts(run)) {
    for (const op of sends.filter((each) => each.call.channelId === conn.channelId)) {
      const due = dues.find((each) => each.op === op)
      if (due?.mark === undefined) continue
      if (due.receipt !== undefined && due.unique) {
        yield broken('delivers nothing', {
          events: [op.begin, due.receipt.event],
          expected: `nothing on ${conn.name} of the send in step ${op.call.step}, whose channel was closed`,
          observed: `it received ${showWire(due.receipt.wire)}`,
        })
      } else if (conn.closed !== undefined) yield kept('delivers nothing', op.begin, conn.closed)
    }
  }
}

/** Calls other than send that may reject with the same error; where one floats too, a fault may be its own. */
const alike = (event: ServerEvent): boolean =>
  event.kind === 'begin' && event.name !== 'send' && (event.args as { mode?: string }).mode === 'float'

function* faults(run: Run, sends: readonly OpRun[]) {
  const floating = sends.find((op) => op.args.mode === 'float')
  if (floating === undefined) return
  const fault = run.of('fault').find((each) => each.message.includes('ChannelClosedError'))
  if (fault === undefined) {
    // The rejection is reported before the process turns to anything else, such as whatever came after.
    const later = run.connections.find((conn) => conn.closed !== undefined || fenceAfter(run, conn, floating.begin) !== undefined)
    if (run.complete && floating.call.settled !== undefined && later !== undefined) yield kept('left unawaited', floating.begin)
  } else if (!run.events.some((event) => event.at === 'server' && alike(event))) {
    yield broken('left unawaited', {
      events: [floating.begin, fault],
      expected: `no unhandled rejection of the send in step ${floating.call.step}, which nobody awaits`,
      observed: `${fault.what}: ${fault.message}`,
    })
  }
}

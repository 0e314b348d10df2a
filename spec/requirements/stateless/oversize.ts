/** Messages over the platform's limit (STATELESS-15). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { replyWire, sendWire, splitHandler } from '../../run/answers.ts'
import { fenceAfter } from '../../run/fences.ts'
import { accepted } from '../../run/invocations.ts'
import { anyKilled } from '../../run/platform.ts'
import type { Call, Connection, OpRun, Publish, Receipt, Run } from '../../run/run.ts'
import { bytesOf, platformLimit, tooLarge } from '../../run/size.ts'
import { expectation } from '../../run/subscriptions.ts'
import { sameWire } from '../../wire.ts'
import { logsAfter, textOf } from '../sending/logs.ts'
import { openAt } from '../sending/marks.ts'
import { advanced, faultsOf, idleAfter, mayExpireAfter, postsTo, storeFaults } from './faults.ts'

const tooLargeError = 'PayloadTooLargeError'

/** Messages from here on are worth a judgment that they still pass. */
const large = 64 * 1024

export const stateless15 = requirement({
  id: 'STATELESS-15',
  title:
    "A message over the platform's limit rejects its send, or becomes its reply, with PayloadTooLargeError, for its sender alone; a publish of one resolves and is logged",
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'a send rejects': {
      promise: 'a send of more than the platform takes rejects with PayloadTooLargeError and delivers nothing',
      needs: ['trace', 'platform'],
    },
    'a reply becomes the error': {
      promise: 'a reply of more than that becomes an error reply with that name and its routing key',
      needs: ['trace', 'platform'],
    },
    'a publish resolves': { promise: 'a publish of more than that resolves', needs: ['trace', 'platform'] },
    'a publish is logged': {
      promise: 'a publish of more than that to somebody is told in the log, with the reason',
      needs: ['trace', 'platform', 'idle'],
    },
    'its sender alone': {
      promise: 'nobody else is given an error for it, and every connection stays open',
      needs: ['trace', 'platform'],
    },
    'up to the limit': { promise: 'a message that the platform takes is delivered', needs: ['trace', 'platform'] },
  },
  source: {
    decision:
      'the limit is that of the platform and the fault of no receiver, so whoever made the message is told; a publisher has no reply to be told in, and no subscriber of its own to lose',
  },
  *judge(run) {
    const oversized: Oversized[] = []
    for (const connection of run.connections) {
      for (const call of connection.calls) {
        yield* sends(run, connection, call, oversized)
        yield* reply(run, connection, call, oversized)
      }
    }
    for (const publish of run.publishes) yield* published(run, publish, oversized)
    if (oversized.length > 0) yield* alone(run, oversized)
  },
})

/** One message that is too large: who made it, and when. */
interface Oversized {
  connection: Connection | undefined
  made: HistoryEvent
}

function* sends(
  run: Run,
  connection: Connection,
  call: Call,
  oversized: Oversized[],
): Generator<Judgment<'a send rejects' | 'up to the limit'>> {
  // What onConnect sends goes out later, when nobody could be told any more; onDisconnect has nobody to send to.
  const connecting = call.handler === 'onConnect'
  if ((call.message === undefined && !connecting) || call.handler === 'middleware') return
  for (const op of call.ops) {
    if (op.name !== 'send' || op.end === undefined || (!connecting && !openAt(run, connection, op.end))) continue
    // While it connects only the call itself, and the error, tell that it has been closed meanwhile.
    if (connecting && (op.end.error?.name === 'ChannelClosedError' || closedBefore(op))) continue
    const encoded = sendWire(call, op.args.value ?? null)
    if (!('wire' in encoded)) continue
    const { wire } = encoded
    const size = bytesOf(wire)
    const posts = postsTo(run, connection.channelId).filter(({ data }) => data !== undefined && sameWire(wire, data))
    if (!tooLarge(wire)) {
      if (size < large || faultsOf(connection).posts !== undefined || advanced(run) > 0) continue
      yield decide('up to the limit', op.end.outcome === 'ok', {
        events: [op.begin, op.end],
        expected: `the send of step ${call.step} resolves: its ${size} bytes are no more than the platform takes (${platformLimit})`,
        observed: `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`,
      })
      continue
    }
    // A platform with a larger limit has nothing to refuse.
    if (posts.some(accepted)) continue
    oversized.push({ connection, made: op.begin })
    yield decide('a send rejects', op.end.outcome === 'rejected' && op.end.error?.name === tooLargeError, {
      events: [op.begin, ...posts.slice(0, 2).map(({ answer }) => answer), op.end],
      expected: `${tooLargeError} from the send of step ${call.step}, whose ${size} bytes are more than the platform takes (${platformLimit})`,
      observed: ending(op),
    })
  }
}

const closedBefore = ({ call, index }: OpRun): boolean => call.ops.some((op) => op.name === 'close' && op.index < index)

const ending = ({ end }: OpRun): string =>
  end?.outcome === 'ok' ? 'it resolved' : `it rejected with ${end?.error?.name}: ${end?.error?.message}`

function* reply(
  run: Run,
  connection: Connection,
  call: Call,
  oversized: Oversized[],
): Generator<Judgment<'a reply becomes the error'>> {
  const { message, settled } = call
  const wire = replyWire(call)
  if (message === undefined || settled === undefined || wire === undefined || !tooLarge(wire)) return
  if (connection.received.some((each) => sameWire(wire, each.wire))) return
  oversized.push({ connection, made: settled })
  const [key, action] = splitHandler(call.handler)
  const error = errorsOn(connection).find(
    ({ json }) => key === undefined || action === undefined || json?.[key] === action || json?.[key] === message.json?.[key],
  )
  const proof = idleAfter(run, settled) === undefined ? undefined : fenceAfter(run, connection, settled)
  // Who was to send it may have died.
  if (error === undefined && (proof === undefined || !openAt(run, connection, proof) || anyKilled(run))) return
  yield decide('a reply becomes the error', error !== undefined, {
    events: [settled, error?.event, proof],
    expected: `an error reply ${tooLargeError} to step ${call.step}, whose reply of ${bytesOf(wire)} bytes is more than the platform takes`,
    observed: `${connection.name} had received none when it had been given everything sent before`,
  })
}

const errorsOn = (connection: Connection): Receipt[] =>
  connection.received.filter(({ json }) => json?.errorName === tooLargeError)

function* published(
  run: Run,
  publish: Publish,
  oversized: Oversized[],
): Generator<Judgment<'a publish resolves' | 'a publish is logged'>> {
  const { wire, begin, end, op } = publish
  if (wire === undefined || end === undefined || !tooLarge(wire)) return
  if (run.connections.some((each) => postsTo(run, each.channelId).some((post) => taken(post.data, wire) && accepted(post))))
    return
  oversized.push({ connection: op === undefined ? undefined : run.byChannelId.get(op.call.channelId), made: begin })
  yield decide('a publish resolves', publish.outcome === 'ok', {
    events: [begin, end],
    expected: `the publish of ${bytesOf(wire)} bytes to ${JSON.stringify(publish.topic)} resolves, though the platform takes no more than ${platformLimit}`,
    observed: 'it rejected',
  })
  const receivers = run.connections.filter(
    (each) =>
      each.channelId !== publish.exclude &&
      expectation(run.before, run.changes, each, publish) === 'must' &&
      openAt(run, each, end),
  )
  const idle = idleAfter(run, end)
  if (receivers.length === 0 || idle === undefined || publish.outcome !== 'ok') return
  const log = logsAfter(run, begin).find((each) => /large|size|limit|413|bytes|length/i.test(textOf(each)))
  yield decide('a publish is logged', log !== undefined, {
    events: [begin, end, log, idle],
    expected: `a line in the log that says of the publish to ${JSON.stringify(publish.topic)} that it was too large`,
    observed: 'none',
  })
}

const taken = (data: Publish['wire'], wire: NonNullable<Publish['wire']>): boolean => data !== undefined && sameWire(wire, data)

/** Nobody but the sender hears of it, and nobody is closed for it. */
function* alone(run: Run, oversized: readonly Oversized[]): Generator<Judgment<'its sender alone'>> {
  if (advanced(run) >= mayExpireAfter || storeFaults(run).length > 0) return
  for (const connection of run.connections) {
    const [first] = oversized
    if (first === undefined || faultsOf(connection).posts !== undefined) continue
    const [error] = oversized.some((each) => each.connection === connection) ? [] : errorsOn(connection)
    const closed = connection.ending?.kind === 'closed' ? connection.ending : undefined
    if (error !== undefined || closed !== undefined) {
      yield broken('its sender alone', {
        events: [first.made, error?.event, closed],
        expected: `nothing on ${connection.name} of a message that was too large for the platform`,
        observed: closed === undefined ? `it received ${tooLargeError}` : 'its connection was closed',
      })
    } else if (fenceAfter(run, connection, first.made) !== undefined)
      yield kept('its sender alone', first.made, connection.fenced)
  }
}

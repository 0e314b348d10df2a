/** What runs around a handler (AUTH-13, AUTH-14). */
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { replyWire, splitHandler } from '../../run/answers.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { sameJson, type Tagged } from '../../values.ts'
import { arrivedWhole, difference, type MessageReading, mustBe, readingsOf } from './readings.ts'
import { none, show } from './writes.ts'

/** One event of a connection with middleware: the runs of both, and of the handler. */
interface Around {
  connection: Connection
  kind: 'connect' | 'message' | 'disconnect'
  step: string
  outer: Call[]
  inner: Call[]
  cores: Call[]
}

const layered = 'layered'

function eventsOf(run: Run): Around[] {
  const events = new Map<string, Around>()
  for (const connection of run.connections) {
    if (connection.channel !== layered) continue
    for (const call of connection.calls) {
      if (call.step === undefined || call.handler === 'armed') continue
      const kind =
        call.enter.middleware?.kind ??
        (call.handler === 'onConnect' ? 'connect' : call.handler === 'onDisconnect' ? 'disconnect' : 'message')
      const key = `${connection.name}/${call.step}`
      const around = events.get(key) ?? { connection, kind, step: call.step, outer: [], inner: [], cores: [] }
      events.set(key, around)
      around[call.handler === 'middleware' ? (call.enter.middleware?.which ?? 'outer') : 'cores'].push(call)
    }
  }
  return [...events.values()]
}

const nexts = (call: Call) => call.ops.filter((op) => op.name === 'next')
/** Whether it did not wait for what `next` began, which may then begin and end behind it. */
const awaitsNothing = (call: Call): boolean => nexts(call).some((op) => op.args.mode === 'track')
const callsTwice = (around: Around): boolean => [...around.outer, ...around.inner].some((call) => nexts(call).length > 1)
const where = ({ kind, step, connection }: Around): string =>
  `${kind === 'message' ? `step ${step}` : `the ${kind}`} of ${connection.name}`

export const auth13 = requirement({
  id: 'AUTH-13',
  title:
    'Middleware runs outermost first, once per event, around onConnect, every message that has a handler, and onDisconnect, before authorisation and validation',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'told of the event': { promise: 'each is told of the event: its kind, its data and the action it is for', needs: ['trace'] },
    'outermost first': { promise: 'the middleware declared first runs around the others', needs: ['trace'] },
    once: { promise: 'each runs once per event', needs: ['trace'] },
    'around onConnect': { promise: 'all of it runs around onConnect', needs: ['trace'] },
    'around messages': { promise: 'all of it runs around every message handler', needs: ['trace'] },
    'around onDisconnect': { promise: 'all of it runs around onDisconnect', needs: ['trace'] },
    'before authorisation': { promise: 'it runs for a message that is then refused for want of a session', needs: ['trace'] },
    'sets the session': { promise: 'a session that it sets before next authorises the message', needs: ['trace'] },
    'before validation': { promise: 'it runs for a message whose data the schema then refuses', needs: ['trace'] },
    'sees the result': { promise: 'next gives it what the handler returned', needs: ['trace'] },
    'sees the error': { promise: 'next rejects with what the handler threw', needs: ['trace'] },
    'its result is sent': { promise: 'what it returns instead is what is sent', needs: ['trace'] },
    'no next, no handler': { promise: 'where it does not call next nothing further in runs', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'middleware: [auditMiddleware],' },
  *judge(run) {
    for (const around of eventsOf(run)) {
      yield* telling(around)
      yield* nesting(run, around)
      yield* outcomes(around)
      yield* replies(run, around)
    }
    for (const reading of readingsOf(run).messages) if (reading.connection.channel === layered) yield* beforeTheRest(run, reading)
  },
})

/** What no middleware and no handler before it can have changed: they were given the same (decision 0111). */
function* telling(around: Around): Iterable<Judgment<'told of the event'>> {
  const [core] = around.cores
  if (core === undefined || [...around.outer, ...around.inner].some(changesData)) return
  const kind = core.handler === 'onConnect' ? 'connect' : core.handler === 'onDisconnect' ? 'disconnect' : 'message'
  const [, action] = splitHandler(core.handler)
  for (const { enter } of [...around.outer, ...around.inner]) {
    const told = enter.middleware
    // A message that no action took may hold what would be one elsewhere.
    const ofAction = action === undefined ? kind === 'message' || told?.action === undefined : told?.action === action
    yield decide('told of the event', told?.kind === kind && ofAction && sameJson(enter.data, core.enter.data), {
      events: [enter, core.enter],
      expected: `the ${told?.which} middleware told of ${kind === 'message' ? `a message for ${core.handler}` : `a ${kind}`} with the data ${show(core.enter.data)} at ${where(around)}`,
      observed: `it was told of a ${told?.kind}${told?.action === undefined ? '' : ` for ${JSON.stringify(told.action)}`} with ${show(enter.data)}`,
    })
  }
}

const changesData = ({ ops }: Call): boolean => ops.some(({ name, args }) => name === 'mutate' && args.what !== 'session')

type Nesting = 'outermost first' | 'once' | 'around onConnect' | 'around messages' | 'around onDisconnect' | 'no next, no handler'

function* nesting(run: Run, around: Around): Iterable<Judgment<Nesting>> {
  const { outer, inner, cores, kind } = around
  const [first, second, core] = [outer[0], inner[0], cores[0]]
  if (first !== undefined && second !== undefined && run.before(first.enter, second.enter) !== 'unknown') {
    yield decide('outermost first', run.before(first.enter, second.enter) === 'yes', {
      events: [first.enter, second.enter],
      expected: `the outer middleware before the inner one at ${where(around)}`,
      observed: 'the inner one ran first',
    })
  }
  if (!callsTwice(around) && first !== undefined) {
    yield decide('once', outer.length <= 1 && inner.length <= 1, {
      events: [...outer, ...inner].map((call) => call.enter),
      expected: `each middleware once at ${where(around)}`,
      observed: `the outer one ran ${outer.length} times, the inner one ${inner.length} times`,
    })
  }
  if (core !== undefined) {
    const clause = kind === 'connect' ? 'around onConnect' : kind === 'disconnect' ? 'around onDisconnect' : 'around messages'
    const inside = (call: Call | undefined): boolean =>
      call !== undefined &&
      run.before(call.enter, core.enter) === 'yes' &&
      (awaitsNothing(call) || run.before(call.leave, core.enter) !== 'yes')
    yield decide(clause, inside(first) && inside(second), {
      events: [first?.enter, second?.enter, core.enter, core.leave],
      expected: `both middleware around ${core.handler} at ${where(around)}`,
      observed: `${inside(first) ? 'the inner' : inside(second) ? 'the outer' : 'neither'} ${inside(first) || inside(second) ? 'one was not' : 'was'}`,
    })
  }
  for (const call of [first, second]) {
    if (call?.leave === undefined || nexts(call).length > 0) continue
    const further = call === first ? [...inner, ...cores] : cores
    yield decide('no next, no handler', further.length === 0, {
      events: [call.enter, call.leave, ...further.map((each) => each.enter)],
      expected: `nothing further in at ${where(around)}: the ${call.enter.middleware?.which} middleware does not call next`,
      observed: `${further.map((each) => each.handler).join(', ')} ran`,
    })
  }
}

/** Whether a trace writes this value down as it is, so that two descriptions of it can be compared. */
const plain = (value: Tagged): boolean => sameJson(value, none) || !JSON.stringify(value).includes('"$"')

function* outcomes(around: Around): Iterable<Judgment<'sees the result' | 'sees the error'>> {
  for (const [call, below] of [
    [around.outer[0], around.inner[0]],
    [around.inner[0], around.cores[0]],
  ] as const) {
    const next = call === undefined ? undefined : nexts(call)[0]
    if (call === undefined || below?.leave === undefined || next?.end === undefined) continue
    const name = `the ${call.enter.middleware?.which} middleware at ${where(around)}`
    const events = [below.leave, next.end]
    if (below.leave.outcome === 'rejected') {
      const { error } = below.leave
      yield decide('sees the error', next.end.outcome === 'rejected' && sameJson(next.end.error, error), {
        events,
        expected: `${error?.name}: ${error?.message} from next in ${name}`,
        observed:
          next.end.outcome === 'rejected' ? `${next.end.error?.name}: ${next.end.error?.message}` : show(next.end.value ?? none),
      })
    } else if (plain(below.leave.value ?? none)) {
      yield decide('sees the result', next.end.outcome === 'ok' && sameJson(next.end.value ?? none, below.leave.value ?? none), {
        events,
        expected: `${JSON.stringify(below.leave.value)} from next in ${name}`,
        observed:
          next.end.outcome === 'rejected'
            ? `${next.end.error?.name}: ${next.end.error?.message}`
            : JSON.stringify(next.end.value ?? none),
      })
    }
  }
}

/** Where the outermost one answered otherwise than the handler, or in place of none. */
function* replies(run: Run, around: Around): Iterable<Judgment<'its result is sent'>> {
  const { connection, kind, outer, cores } = around
  const [first, core] = [outer[0], cores[0]]
  if (first?.leave?.outcome !== 'ok' || kind === 'disconnect' || callsTwice(around)) return
  if (core?.leave?.outcome === 'ok' && sameJson(core.leave.value, first.leave.value)) return
  const call = core ?? first
  if (replyWire(call) === undefined) return
  const receipt = connection.received.find(({ answers }) => answers?.kind === 'reply' && answers.call === call)
  if (receipt === undefined && !arrivedWhole(run, connection, first.message)) return
  yield decide('its result is sent', receipt !== undefined, {
    events: [core?.leave, first.leave, receipt?.event ?? connection.fenced],
    expected: `${JSON.stringify(first.leave.value)}, which the outer middleware returned at ${where(around)}, sent to ${connection.name}`,
    observed: `it had not arrived when ${connection.name} had everything sent before`,
  })
}

function* beforeTheRest(
  run: Run,
  reading: MessageReading,
): Iterable<Judgment<'before authorisation' | 'sets the session' | 'before validation'>> {
  const { message, target, connection, possible } = reading
  const reply = message.replies[0]
  const ran = message.middleware[0]
  const finding = { events: [message.event, ran?.enter, reply?.event], observed: 'no middleware ran' }
  if (reading.came === 'refused') {
    yield decide('before authorisation', ran !== undefined, {
      ...finding,
      expected: `middleware to run for step ${message.step ?? '?'} on ${connection.name} before it is refused`,
    })
  }
  if (target.refusesBad === true && reading.came !== 'ran' && reply?.json?.errorName === 'ValidationError') {
    yield decide('before validation', ran !== undefined, {
      ...finding,
      expected: `middleware to run for step ${message.step ?? '?'} on ${connection.name} before its data is refused`,
    })
  }
  const { last } = possible
  if (
    target.required &&
    last?.call.handler === 'middleware' &&
    last.call.message === message &&
    mustBe(reading) !== undefined &&
    !sameJson(last.value, none) &&
    reading.came !== 'silent'
  ) {
    const differs = difference(readingsOf(run), reading)
    yield decide('sets the session', differs === undefined, {
      events: [last.op.end, message.event, reading.call?.enter, reading.refusal?.event],
      expected: `${show(last.value)} for ${target.handler} at step ${message.step ?? '?'} on ${connection.name}: middleware set it before it called next`,
      observed: reading.came === 'refused' ? 'an UnauthorizedError' : show(reading.seen),
    })
  }
}

export const auth14 = requirement({
  id: 'AUTH-14',
  title: 'A second call of next in one event rejects and runs nothing',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    rejects: { promise: 'the second call’s promise rejects', needs: ['trace'] },
    'runs nothing': { promise: 'nothing further in runs a second time', needs: ['trace'] },
  },
  source: { decision: 'a retry inside middleware would run a handler twice for one message' },
  *judge(run) {
    for (const around of eventsOf(run)) {
      for (const call of [around.outer[0], around.inner[0]]) {
        const second = call === undefined ? undefined : nexts(call)[1]
        if (call === undefined || second?.end === undefined) continue
        const which = `the ${call.enter.middleware?.which} middleware at ${where(around)}`
        yield decide('rejects', second.end.outcome === 'rejected', {
          events: [second.begin, second.end],
          expected: `the second next of ${which} to reject`,
          observed: `it resolved to ${JSON.stringify(second.end.value ?? none)}`,
        })
        const further = call.enter.middleware?.which === 'outer' ? [around.inner, around.cores] : [around.cores]
        yield decide(
          'runs nothing',
          further.every((runs) => runs.length <= 1),
          {
            events: [second.begin, ...further.flat().map((each) => each.enter)],
            expected: `nothing to run a second time for the second next of ${which}`,
            observed: further
              .filter((runs) => runs.length > 1)
              .map((runs) => `${runs[0]?.handler} ran ${runs.length} times`)
              .join(', '),
          },
        )
      }
    }
  },
})

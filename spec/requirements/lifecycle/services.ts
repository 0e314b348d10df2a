/** Services that are made for one event (LIFE-24). */
import type { HistoryEvent, ServerEventOf } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { fenceAfter, lastedAfter } from '../../run/fences.ts'
import { invocationsOf } from '../../run/invocations.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { held } from '../sending/settling.ts'
import { isHandler, overAt } from './attempts.ts'

type Clause =
  | 'made once per event'
  | 'told of the event'
  | 'disposed'
  | 'disposed after a throw'
  | 'by the first way'
  | 'failure logged'
  | 'failure changes nothing'

/** What was made for one event, with the handler that was given it. */
interface Made {
  services: ServerEventOf<'services'>
  disposed: ServerEventOf<'disposed'>[]
  /** Of the second service, where two were made. */
  beside: ServerEventOf<'disposed'>[]
  calls: Call[]
}

export const life24 = requirement<Clause>({
  id: 'LIFE-24',
  title:
    '`createSessionServices` is called once per event; what it made is disposed when the event has settled, whatever came of it',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'made once per event': { promise: 'it is called once per event', needs: ['trace'] },
    'told of the event': { promise: "it is told the event's kind and channel", needs: ['trace'] },
    disposed: { promise: 'what it made is disposed when the event has settled', needs: ['trace', 'residue'] },
    'disposed after a throw': { promise: 'also when the event threw', needs: ['trace', 'residue'] },
    'by the first way': { promise: 'by Symbol.asyncDispose, else dispose, else close; by one of them, once', needs: ['trace'] },
    'failure logged': { promise: 'a disposal that throws is logged', needs: ['trace'] },
    'failure changes nothing': {
      promise: 'and changes nothing: other services are disposed of, the reply arrives, the connection stays',
      needs: ['trace'],
    },
  },
  source: { seed: 'runtime', quote: 'singletonServices: singletonServicesWithEventHub, createSessionServices,' },
  *judge(run) {
    const made = collect(run)
    const connections = new Map(run.connections.map((each) => [each.name, each]))
    for (const call of run.calls) {
      const connection = connections.get(call.conn ?? '')
      if (connection !== undefined && isHandler(call)) yield* madeFor(connection, call, made.get(keyOf(call)))
    }
    for (const connection of run.connections) yield* notMore(run, connection, made)
    for (const each of made.values()) yield* disposal(run, each)
    for (const connection of run.connections) yield* poisoned(run, connection, made)
  },
})

const keyOf = (call: Call): string => `${call.enter.process}/${JSON.stringify(call.enter.service)}`

function collect(run: Run): Map<string, Made> {
  const made = new Map<string, Made>()
  for (const services of run.of('services'))
    made.set(`${services.process}/${services.call}`, { services, disposed: [], beside: [], calls: [] })
  for (const event of run.of('disposed')) {
    const of = made.get(`${event.process}/${event.call}`)
    ;(event.beside === true ? of?.beside : of?.disposed)?.push(event)
  }
  for (const call of run.calls) if (isHandler(call)) made.get(keyOf(call))?.calls.push(call)
  return made
}

function* madeFor(connection: Connection, call: Call, made: Made | undefined): Iterable<Judgment<Clause>> {
  const expected = `services made for ${call.handler} of ${connection.name} (step ${call.step}) alone`
  if (made === undefined) {
    yield broken('made once per event', {
      events: [call.enter],
      expected,
      observed: 'createSessionServices was not called for it',
    })
    return
  }
  const [other] = made.calls.filter((each) => each !== call)
  yield decide('made once per event', other === undefined, {
    events: [made.services, other?.enter, call.enter],
    expected,
    observed: `${other?.handler} (step ${other?.step}) was given the same`,
  })
  const { services } = made
  const kind = call.handler === 'onConnect' ? 'connect' : call.handler === 'onDisconnect' ? 'disconnect' : 'message'
  yield decide('told of the event', services.event === kind && services.channelId === call.channelId, {
    events: [services, call.enter],
    expected: `createSessionServices to be told of a ${kind} of the channel ${call.channelId}`,
    observed: `it was told of a ${services.event} of the channel ${services.channelId}`,
  })
}

/** Of a connection that an earlier program opened, what was made for that program's last message may show only now. */
function* notMore(run: Run, connection: Connection, made: ReadonlyMap<string, Made>): Iterable<Judgment<Clause>> {
  if (connection.connect === undefined) return
  const own = [...made.values()].map(({ services }) => services).filter(({ channelId }) => channelId === connection.channelId)
  for (const [kind, sent] of [
    ['connect', 1],
    ['message', connection.messages.length],
    ['disconnect', 1],
  ] as const) {
    const found = own.filter(({ event }) => event === kind)
    // What the platform repeats is an event of its own, where it comes to a handler at all.
    const events = sent + invocationsOf(run, connection.channelId, kind).filter(({ begin }) => begin.repeat === true).length
    if (found.length <= events) continue
    yield broken('made once per event', {
      events: found.slice(0, 3),
      expected: `services made once for each ${kind} of ${connection.name}, ${events} in all`,
      observed: `createSessionServices was called ${found.length} times for them`,
    })
  }
}

function* disposal(run: Run, { services, disposed, calls }: Made): Iterable<Judgment<Clause>> {
  const [call] = calls
  const clause: Clause = call?.leave?.outcome === 'rejected' ? 'disposed after a throw' : 'disposed'
  const what = call === undefined ? `a ${services.event}` : `${call.handler} (step ${call.step})`
  const [first] = disposed
  const over = call === undefined ? undefined : overAt(call)
  if (first === undefined) {
    if (!mustHaveShown(run, call)) return
    yield broken(clause, {
      events: [services, call?.leave],
      expected: `the services of ${what} disposed of once it had settled`,
      observed: 'they had not been by the end of the program',
    })
    return
  }
  if (call === undefined || over === undefined) return
  yield decide(clause, run.before(first, over) !== 'yes', {
    events: [services, first, over],
    expected: `the services of ${what} disposed of after it had settled`,
    observed: 'they were disposed of while it was still running',
  })
  for (const { op, passed } of held(run, call)) {
    if (run.before(call.leave, passed) !== 'yes') continue
    yield decide(clause, run.before(first, passed) !== 'yes', {
      events: [op.begin, call.leave, first, passed],
      expected: `the services of ${what} disposed of after the publish had settled that it left unawaited`,
      observed: 'they were disposed of while it was pending',
    })
  }
  const ways = services.ways ?? []
  if (ways.length === 0) return
  yield decide('by the first way', disposed.length === 1 && first.by.join() === ways[0], {
    events: [services, ...disposed],
    expected: `the services of ${what}, which have ${ways.join(', ')}, disposed of by ${ways[0]} once`,
    observed: disposed.map(({ by }) => by.join(', ')).join(', then '),
  })
}

/** At the end of a program the kit gives the host turn after turn to dispose in; not one that was stopped. */
function mustHaveShown(run: Run, call: Call | undefined): boolean {
  const stopped = run.of('invoke').some((event) => actionOf(event).do === 'stop')
  return run.complete && !stopped && call?.settled !== undefined && call.conn?.startsWith('~') === false
}

/** The service that was made beside one whose disposal fails. */
function* besideIt(
  run: Run,
  call: Call,
  made: Made | undefined,
  failed: HistoryEvent,
  where: string,
): Iterable<Judgment<Clause>> {
  if (made?.services.beside !== true || (made.beside.length === 0 && !mustHaveShown(run, call))) return
  yield decide('failure changes nothing', made.beside.length === 1, {
    events: [made.services, failed, ...made.beside],
    expected: `each of ${where} disposed of once, whichever fails`,
    observed: `one of them ${made.beside.length} times`,
  })
}

function* poisoned(run: Run, connection: Connection, made: ReadonlyMap<string, Made>): Iterable<Judgment<Clause>> {
  for (const call of connection.calls) {
    const [failed] = made.get(keyOf(call))?.disposed ?? []
    if (!isHandler(call) || failed === undefined || !call.ops.some(({ name, end }) => name === 'poison' && end?.outcome === 'ok'))
      continue
    const { message, handler } = call
    const where = `the services of ${handler} of ${connection.name} (step ${call.step})`
    const log = run
      .of('log')
      .find((event) => run.before(failed, event) === 'yes' && ['warn', 'error', 'info'].includes(event.level))
    if (log !== undefined) yield kept('failure logged', failed, log)
    else if (fenceAfter(run, connection, failed) !== undefined) {
      yield broken('failure logged', {
        events: [failed, connection.fenced],
        expected: `a log entry that ${where} could not be disposed of`,
        observed: 'none',
      })
    }
    yield* besideIt(run, call, made.get(keyOf(call)), failed, where)
    if (handler === 'onDisconnect' || call.leave?.outcome !== 'ok') continue
    const cut = connection.closed !== undefined && connection.ending === connection.closed
    const unanswered = message !== undefined && handler.includes(':') && message.replies.length === 0
    if (!cut && lastedAfter(run, connection, failed) === undefined) continue
    yield decide('failure changes nothing', !cut && !unanswered, {
      events: [message?.event ?? connection.connect, failed, connection.closed ?? connection.fenced],
      expected: `${connection.name} to go on as if ${where} had been disposed of`,
      observed: cut ? `it was closed with ${connection.closed?.code}` : `step ${call.step} had no reply`,
    })
  }
}

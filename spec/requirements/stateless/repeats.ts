/** Events of the platform that come twice (STATELESS-03, STATELESS-05). */
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { type Invocation, invocationsOf } from '../../run/invocations.ts'
import { advancedBetween, anyKilled, idleAfter, platformSteps, postsTo, taken } from '../../run/platform.ts'
import type { Connection, Run } from '../../run/run.ts'
import { closeOps, disconnectCalls } from '../lifecycle/endings.ts'

export const stateless03 = requirement({
  id: 'STATELESS-03',
  title: 'A disconnect delivered twice runs onDisconnect once',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'beside the first': { promise: 'two disconnects at once run onDisconnect once', needs: ['trace', 'platform', 'idle'] },
    'after the first': { promise: 'a disconnect that comes again later runs nothing', needs: ['trace', 'platform', 'idle'] },
  },
  source: { decision: 'the platform delivers its events at least once, and a repeated one is no second end of a connection' },
  *judge(run) {
    for (const connection of run.connections) {
      const events = invocationsOf(run, connection.channelId, 'disconnect')
      const calls = disconnectCalls(connection)
      const [first, ...rest] = events
      const idle = idleAfter(run, events.at(-1)?.end)
      // A channel that came back to life, and ended again, is STATELESS-05's.
      if (first === undefined || calls.length === 0 || anyKilled(run) || connects(connection).length > 1) continue
      if (calls.length === 1 && (idle === undefined || events.some(({ end }) => end === undefined))) continue
      for (const later of rest) {
        const clause = run.before(first.end, later.begin) === 'yes' ? 'after the first' : 'beside the first'
        yield decide(clause, calls.length === 1, {
          events: [first.begin, later.begin, calls[0]?.enter, calls[1]?.enter],
          expected: `one onDisconnect of ${connection.name}, whose disconnect came ${events.length} times`,
          observed: `it ran ${calls.length} times`,
        })
      }
    }
  },
})

type Clause = 'onConnect once' | 'both answer alike' | 'does not come back' | 'for a day'

export const stateless05 = requirement<Clause>({
  id: 'STATELESS-05',
  title: 'A connect delivered twice runs onConnect once and both answer alike; an id once closed does not come back to life',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'onConnect once': { promise: 'a connect that comes twice runs onConnect once', needs: ['trace', 'platform', 'idle'] },
    'both answer alike': {
      promise: 'while the connection lasts, both are accepted or both refused',
      needs: ['trace', 'platform'],
    },
    'does not come back': {
      promise: 'an event of a closed channel that comes late, or again, runs no onConnect and makes it no live one',
      needs: ['trace', 'platform', 'residue', 'idle'],
    },
    'for a day': {
      promise: 'nor does one that comes again most of a day later',
      needs: ['trace', 'platform', 'idle'],
      heavy: true,
    },
  },
  source: {
    decision: 'the platform delivers its events at least once: one that is repeated must find what the first made, or its mark',
  },
  *judge(run) {
    for (const connection of run.connections) {
      yield* once(run, connection)
      yield* comesBack(run, connection)
    }
  },
})

const connects = (connection: Connection) => connection.calls.filter((call) => call.handler === 'onConnect')

function* once(run: Run, connection: Connection): Iterable<Judgment<Clause>> {
  const events = invocationsOf(run, connection.channelId, 'connect')
  const [first, second] = events
  if (first === undefined || second === undefined) return
  const calls = connects(connection)
  const [ended] = disconnectCalls(connection)
  const late = calls[1] !== undefined && run.before(ended?.enter, calls[1].enter) === 'yes'
  const over = events.every(({ end }) => end !== undefined) && idleAfter(run, events.at(-1)?.end) !== undefined
  if (calls.length > 0 && !late && (calls.length > 1 || over)) {
    yield decide('onConnect once', calls.length === 1, {
      events: [first.begin, second.begin, calls[0]?.enter, calls[1]?.enter],
      expected: `one onConnect of ${connection.name}, whose connect came ${events.length} times`,
      observed: `it ran ${calls.length} times`,
    })
  }
  for (const again of events.slice(1)) {
    const answers = [first.end, again.end]
    const [one, other] = answers.map((each) => each?.status)
    if (one === undefined || other === undefined || answers.some((each) => each?.outcome === 'killed')) continue
    if (mayHaveEnded(run, connection, [first, again])) continue
    yield decide('both answer alike', isOk(one) === isOk(other), {
      events: [first.begin, again.begin, ...answers],
      expected: `both answers to the connect of ${connection.name} to accept it, or both to refuse it`,
      observed: `${one} and ${other}`,
    })
  }
}

const isOk = (status: number): boolean => status >= 200 && status < 300

/** Whether anything may have closed the channel before both were answered: the second is then right to say so. */
function mayHaveEnded(run: Run, connection: Connection, connects: readonly Invocation[]): boolean {
  const after = (event: Parameters<Run['before']>[1]): boolean => connects.every(({ end }) => run.before(end, event) === 'yes')
  return (
    anyKilled(run) ||
    closeOps(connection).length > 0 ||
    (connection.ending !== undefined && !after(connection.ending)) ||
    invocationsOf(run, connection.channelId, 'disconnect').some(({ begin }) => !after(begin)) ||
    postsTo(run, connection.channelId).some((post) => !taken(post) && !after(post.begin)) ||
    platformSteps(run).some(({ action, asked }) => action.do === 'advance' && !after(asked))
  )
}

function* comesBack(run: Run, connection: Connection): Iterable<Judgment<Clause>> {
  const { channelId } = connection
  const [ended] = disconnectCalls(connection)
  if (channelId === undefined || ended === undefined) return
  const late = lateEvents(run, connection)
  const revived = connects(connection).find((call) => run.before(ended.enter, call.enter) === 'yes')
  const [first] = late
  if (first === undefined) return
  if (revived !== undefined) {
    const aged = dayLater(run, connection, late.at(-1))
    yield decide(aged ? 'for a day' : 'does not come back', false, {
      events: [ended.enter, late.at(-1)?.begin, revived.enter],
      expected: `no onConnect of ${connection.name} once it was closed`,
      observed: 'it ran again',
    })
    return
  }
  const settled = late.every(({ end }) => end !== undefined)
  const idle = idleAfter(run, late.at(-1)?.end)
  if (!settled || idle === undefined) return
  if (late.some((event) => dayLater(run, connection, event)))
    yield decide('for a day', true, { events: [ended.enter, late.at(-1)?.begin, idle], expected: '', observed: '' })
  const residue = run.of('residue').find((each) => late.every(({ end }) => run.before(end, each) === 'yes'))
  // What a remover that died has left is the sweep's to find (STATELESS-09).
  if (residue === undefined || anyKilled(run)) return
  yield decide('does not come back', !residue.channels.includes(channelId), {
    events: [ended.enter, ...late.flatMap(({ begin, end }) => [begin, end]), residue],
    expected: `no live channel of ${connection.name}, which was closed when a ${first.event} of it ${first.begin.repeat === true ? 'came again' : 'was still being handled'}`,
    observed: 'the stores hold it',
  })
}

/** Events of a channel that came, or were not yet dealt with, when its onDisconnect had begun; what removed it is none of them. */
function lateEvents(run: Run, connection: Connection): Invocation[] {
  const [ended] = disconnectCalls(connection)
  const closes = closeOps(connection).length > 0
  return invocationsOf(run, connection.channelId).filter(({ event, begin, end }) => {
    if (run.before(ended?.settled, begin) === 'yes') return true
    const running = run.before(ended?.enter, end) === 'yes'
    return running && !closes && (event === 'message' || event === 'deliver' || (event === 'connect' && begin.repeat === true))
  })
}

/** Whether an event came at least 20 hours after the end, and less than 24. */
function dayLater(run: Run, connection: Connection, event: Invocation | undefined): boolean {
  const seconds = advancedBetween(run, disconnectCalls(connection)[0]?.settled, event?.begin)
  return seconds >= 20 * 3600 && seconds < 24 * 3600
}

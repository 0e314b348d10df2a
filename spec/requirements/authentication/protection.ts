/** Which handlers require a session (AUTH-01, AUTH-02). */

import { loweredVariants } from '../../probe/variants.ts'
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import type { AuthTarget } from './handlers.ts'
import { type MessageReading, readingsOf, unauthenticated } from './readings.ts'
import { none } from './writes.ts'

export const auth01 = requirement({
  id: 'AUTH-01',
  title: 'Where nothing says otherwise, a message handler requires a session',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'an action': { promise: 'an action of which nothing is said runs for nobody without a session', needs: ['trace'] },
    onMessage: { promise: 'onMessage of which nothing is said runs for nobody without a session', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'auth: true, // Require authentication (default: true)' },
  *judge(run) {
    for (const reading of anonymous(run)) {
      const { entry, function: own, channel, handler } = reading.target
      if ((entry ?? own ?? channel) !== undefined) continue
      yield protectedHolds(reading, handler === 'onMessage' ? 'onMessage' : 'an action', 'nothing says that it is public')
    }
  },
})

/** What decides, over what it must be stronger than. */
type Precedence =
  | 'entry over function'
  | 'entry over channel'
  | 'function over channel'
  | 'entry over default'
  | 'function over default'
  | 'channel over default'

export const auth02 = requirement({
  id: 'AUTH-02',
  title:
    'Of wiring entry, function and channel the first that says something decides; nothing lowers a function’s own auth: true',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'entry over function': { promise: 'a wiring entry that says true protects a function that says false', needs: ['trace'] },
    'entry over channel': { promise: 'a wiring entry decides over its channel', needs: ['trace'] },
    'function over channel': { promise: 'where the entry says nothing, the function decides over the channel', needs: ['trace'] },
    'entry over default': { promise: 'a wiring entry that says false is enough to make a handler public', needs: ['trace'] },
    'function over default': { promise: 'a function that says false is public where nothing else is said', needs: ['trace'] },
    'channel over default': {
      promise: 'a channel that says false makes handlers public of which nothing else is said',
      needs: ['trace'],
    },
    'lowering is refused': {
      promise: 'a wiring entry that says false over a function’s own true is refused when it is wired, and only that',
      needs: ['start'],
      heavy: true,
    },
  },
  source: {
    decision:
      'an entry nearest to the message decides, but whoever wires a function must not be able to open what its author protected',
  },
  *judge(run) {
    for (const reading of anonymous(run)) {
      const clause = conflict(reading.target)
      if (clause === undefined) continue
      const { entry, function: own, channel } = reading.target
      const said = `entry ${word(entry)}, function ${word(own)}, channel ${word(channel)}`
      yield reading.target.required ? protectedHolds(reading, clause, said) : publicHolds(reading, clause, said)
    }
    yield* starts(run)
  },
})

/** Messages that certainly had no session and that were either handled or refused for it. */
function anonymous(run: Run): MessageReading[] {
  return readingsOf(run).messages.filter(
    (reading) =>
      reading.came !== 'silent' && reading.target.refusesBad !== true && unauthenticated(reading) && sameJson(reading.seen, none),
  )
}

/** The precedence that this handler's protection rests on; undefined where everything that is said agrees. */
function conflict({ entry, function: own, channel }: AuthTarget): Precedence | undefined {
  if (entry !== undefined) {
    if (own !== undefined) return own === entry ? undefined : 'entry over function'
    return against('entry', entry, channel)
  }
  if (own !== undefined) return against('function', own, channel)
  return channel === false ? 'channel over default' : undefined
}

function against(who: 'entry' | 'function', says: boolean, channel: boolean | undefined): Precedence | undefined {
  if (channel === undefined) return says ? undefined : `${who} over default`
  return says === channel ? undefined : `${who} over channel`
}

const word = (said: boolean | undefined): string => (said === undefined ? 'silent' : String(said))

function protectedHolds<C extends string>(reading: MessageReading, clause: C, because: string): Judgment<C> {
  const { connection, message, call, refusal } = reading
  return decide(clause, reading.came === 'refused', {
    events: [message.event, call?.enter, refusal?.event],
    expected: `no run of ${reading.target.handler} for step ${message.step ?? '?'}: ${connection.name} has no session (${because})`,
    observed: 'the handler ran',
  })
}

function publicHolds<C extends string>(reading: MessageReading, clause: C, because: string): Judgment<C> {
  const { connection, message, call, refusal } = reading
  return decide(clause, reading.came === 'ran', {
    events: [message.event, call?.enter, refusal?.event],
    expected: `a run of ${reading.target.handler} for step ${message.step ?? '?'}: it is public (${because}), though ${connection.name} has no session`,
    observed: 'an UnauthorizedError',
  })
}

function* starts(run: Run): Iterable<Judgment<'lowering is refused'>> {
  for (const end of run.of('hosted')) {
    const start = run.invoked(end.step)
    if (start === undefined || actionOf(start).do !== 'start') continue
    const variant = loweredVariants.find((each) => each.name === actionOf(start).variant)
    if (variant === undefined) continue
    yield decide('lowering is refused', (end.outcome === 'rejected') === variant.refused, {
      events: [start, end],
      expected: variant.refused
        ? `a refusal of the wiring “${variant.name}”: its entry says auth: false over a function that says true`
        : `the wiring “${variant.name}” taken: it lowers nothing`,
      observed: variant.refused ? 'it was wired and the system started' : `it was refused: ${end.error?.message ?? ''}`,
    })
  }
}

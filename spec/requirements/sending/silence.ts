/** What must send nothing, and whether anything came of it that nothing else explains. */
import type { HistoryEvent } from '../../history.ts'
import { shapeOutput } from '../../probe/channels/shaped.ts'
import { broken, type Judgment, kept, undecided } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, Receipt, Run } from '../../run/run.ts'
import type { Tagged } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { type Account, accounts } from './dues.ts'
import { carries, hasMiddleware, isUndefined, markOf } from './marks.ts'
import { refusal } from './refusals.ts'

/** The requirements that demand silence. */
export type Rule = 'SEND-02' | 'SEND-04' | 'SEND-11' | 'SEND-13'

/** Something that must not become a message. */
export interface Silence {
  rule: Rule
  conn: Connection
  call?: Call
  what: string
  value: Tagged
  made: HistoryEvent
  /** After this, nothing of it can still come. */
  over: HistoryEvent | undefined
}

const known = new WeakMap<Run, Map<Connection, Silence[]>>()

/** Judges every silence of one rule that `counts`, per connection. */
export function* judgeSilence<C extends string>(
  run: Run,
  rule: Rule,
  clause: C,
  counts: (silence: Silence) => boolean,
): Iterable<Judgment<C>> {
  const silences = silencesOf(run)
  for (const account of accounts(run)) {
    const all = silences.get(account.conn) ?? []
    const own = all.filter((each) => each.rule === rule && counts(each))
    const proved = own.findLast((each) => each.over !== undefined && fenceAfter(run, account.conn, each.over) !== undefined)
    const [first] = own
    if (first === undefined) continue
    const named = account.strays.find((each) => names(each, own))
    const stray = named ?? account.strays.find((each) => nameless(each))
    const sole = all.every((each) => each.rule === rule) && account.dues.every((due) => due.receipt !== undefined)
    if (stray !== undefined && (named !== undefined || sole)) {
      yield broken(clause, {
        events: [first.made, stray.event],
        expected: `no message on ${account.conn.name} of ${first.what}`,
        observed: `it received ${showWire(stray.wire)}, which answers to nothing else`,
      })
    } else if (stray !== undefined || proved === undefined) yield undecided(clause)
    else yield kept(clause, proved.made, account.conn.fenced)
  }
}

/** A message without any name of the kit's. */
function nameless(stray: Receipt): boolean {
  return !('text' in stray.wire && /\d+\.[\w~]+\.\d/.test(stray.wire.text))
}

/** A message with the name of one of these values. */
function names(stray: Receipt, silences: readonly Silence[]): boolean {
  return silences.some(({ value }) => {
    const mark = markOf(value)
    return mark !== undefined && carries(stray, mark)
  })
}

function silencesOf(run: Run): Map<Connection, Silence[]> {
  let made = known.get(run)
  if (made !== undefined) return made
  made = new Map()
  known.set(run, made)
  const add = (silence: Silence): void => {
    made.set(silence.conn, [...(made.get(silence.conn) ?? []), silence])
  }
  for (const account of accounts(run)) {
    if (hasMiddleware(account.conn)) continue
    for (const call of account.conn.calls) for (const each of ofCall(run, account, call)) add(each)
  }
  for (const publish of run.publishes) {
    const refused = refusal(run, publish.value)
    if (refused === undefined) continue
    const rule = refused === 'undefined' ? 'SEND-04' : 'SEND-11'
    const receivers = run.changes.filter((change) => change.change === 'subscribe' && change.topic === publish.topic)
    for (const conn of new Set(receivers.map((change) => run.byChannelId.get(change.channelId)))) {
      const what = `a publish of ${describe(publish.value)}, which cannot be encoded`
      if (conn !== undefined)
        add({
          rule,
          conn,
          what,
          value: publish.value,
          made: publish.begin,
          over: publish.end,
        })
    }
  }
  return made
}

function* ofCall(run: Run, { conn }: Account, call: Call): Iterable<Silence> {
  const shape = (value: Tagged) => shapeOutput(call.channel, call.handler, value)
  const over = call.message === undefined && call.handler !== 'onConnect' ? undefined : call.settled
  for (const op of call.ops) {
    if (op.name !== 'send') continue
    const value = op.args.value ?? null
    const refused = refusal(run, value)
    const shaped = shape(value)
    const what = `a send of ${describe(value)} in step ${call.step}, which is refused`
    const common = {
      conn,
      call,
      what,
      value,
      made: op.begin,
      over: op.end ?? over,
    }
    if (refused !== undefined)
      yield {
        ...common,
        rule: refused === 'undefined' ? 'SEND-04' : 'SEND-11',
      }
    else if (shaped !== undefined && 'refused' in shaped) yield { ...common, rule: 'SEND-13' }
  }
  if (call.leave?.outcome !== 'ok') return
  const value = call.leave.value ?? null
  const shaped = shape(value)
  const what = `what ${call.handler} returned in step ${call.step}, ${describe(value)}`
  const common = { conn, call, what, value, made: call.leave, over }
  if (isUndefined(value)) {
    if ((call.handler === 'onMessage' && call.message !== undefined) || call.handler === 'onConnect')
      yield { ...common, rule: 'SEND-02' }
  } else if ((call.message !== undefined || call.handler === 'onConnect') && shaped !== undefined && 'refused' in shaped)
    yield { ...common, rule: 'SEND-13' }
}

const describe = (value: Tagged): string => JSON.stringify(value).slice(0, 80)

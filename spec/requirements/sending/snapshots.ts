/** Values are encoded when the call is made, and nobody changes them but their owner (SEND-06). */
import { mutate } from '../../probe/perform.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { splitHandler } from '../../run/answers.ts'
import type { OpRun } from '../../run/run.ts'
import { build, describe, sameJson, type Tagged } from '../../values.ts'
import { type Encoded, encode, encodeReply, sameWire, showWire } from '../../wire.ts'
import { type Account, accounts, type Due } from './dues.ts'
import { hasMiddleware } from './marks.ts'

export const send06 = requirement({
  id: 'SEND-06',
  title: 'A value is encoded when the call is made, and the runtime changes no value of the handler’s',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'a later change of what was sent': {
      promise: 'what the handler does to a value after send or publish never shows',
      needs: ['trace'],
    },
    'a later change of what was returned': {
      promise: 'what the handler does to a value after returning it never shows',
      needs: ['trace'],
    },
    'nothing is changed': {
      promise: 'the runtime leaves values as they were given to it',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'a handler goes on using its objects; what is sent must not depend on when a queue is emptied',
  },
  *judge(run) {
    for (const account of accounts(run)) for (const due of account.dues) yield* snapshot(account, due)
    for (const call of run.calls) for (const op of call.ops) yield* watched(op)
  },
})

function* snapshot(
  account: Account,
  due: Due,
): Iterable<Judgment<'a later change of what was sent' | 'a later change of what was returned' | 'nothing is changed'>> {
  if (due.op?.args.then !== 'mutate') return
  // With middleware around it the value is the middleware's, for as long as it likes.
  if (hasMiddleware(account.conn)) return
  const changed = afterwards(due)
  if (changed === undefined || sameWire(changed, due.wire)) return
  const clause =
    due.origin === 'send' || due.origin === 'publish' ? 'a later change of what was sent' : 'a later change of what was returned'
  if (due.receipt !== undefined) yield kept(clause, due.made, due.receipt.event)
  const stray = account.strays.find((each) => sameWire(changed, each.wire))
  if (due.missing && stray !== undefined) {
    yield broken(clause, {
      events: [due.made, stray.event],
      expected: `${showWire(due.wire)} on ${account.conn.name}, as the value was when step ${due.call?.step} gave it away`,
      observed: `it received ${showWire(stray.wire)}, which the handler made of it afterwards`,
    })
  }
}

/** What the message would be if it were encoded only after the change. */
function afterwards(due: Due) {
  const value = build(due.value)
  mutate(value)
  const tagged: Tagged = describe(value)
  const [key, action] = splitHandler(due.call?.handler ?? '')
  const routed = due.origin === 'reply' && key !== undefined && action !== undefined
  const encoded: Encoded = routed ? encodeReply(tagged, key, action) : encode(tagged)
  return 'wire' in encoded ? encoded.wire : undefined
}

function* watched(op: OpRun): Iterable<Judgment<'nothing is changed'>> {
  if (op.args.then !== 'watch' || op.end?.outcome !== 'ok' || op.end.value === undefined) return
  const given = describe(build(op.args.value ?? null))
  yield decide('nothing is changed', sameJson(given, op.end.value), {
    events: [op.begin, op.end],
    expected: `the value that step ${op.call.step} gave to ${op.name} as it was, ${JSON.stringify(given)}`,
    observed: `it had become ${JSON.stringify(op.end.value)}`,
  })
}

/** What a handler returns: sent once (SEND-01), not at all (SEND-02), or with its routing key (SEND-03). */
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { build, type Json, type Tagged } from '../../values.ts'
import { bytesIn, showWire } from '../../wire.ts'
import { type Account, accounts, type Due } from './dues.ts'
import { carries, isUndefined } from './marks.ts'
import { judgeSilence } from './silence.ts'

/** Values that are about something else: what becomes of them after the call, or what a schema makes of them. */
export const plain = (due: Due): boolean => {
  const { value } = due
  const frozen = typeof value === 'object' && value !== null && !Array.isArray(value) && value.$ === 'frozen'
  return due.op?.args.then === undefined && !frozen && due.call?.channel !== 'shaped'
}

export const send01 = requirement({
  id: 'SEND-01',
  title: 'A returned value other than undefined is sent as exactly one message, after everything the handler sent itself',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'exactly one message': {
      promise: 'one message carries what a message handler returned',
      needs: ['trace'],
    },
    'after its own sends': {
      promise: 'it comes after everything that the handler itself sent',
      needs: ['trace'],
    },
  },
  source: {
    seed: 'guide',
    quote: "When you return a value from your channel function, it's automatically sent to the client.",
  },
  *judge(run) {
    for (const account of accounts(run)) {
      for (const due of account.dues) {
        if (due.origin !== 'reply' && due.origin !== 'return') continue
        yield* once(account, due)
        yield* last(account, due)
      }
    }
  },
})

function* once({ conn }: Account, due: Due) {
  const { mark } = due
  if (mark === undefined || !plain(due)) return
  const carriers = conn.received.filter((receipt) => carries(receipt, mark))
  const finding = {
    events: [due.made, ...carriers.map((each) => each.event), due.proof],
    expected: `one message on ${conn.name} with what step ${due.call?.step} returned, ${showWire(due.wire)}`,
    observed:
      carriers.length === 0 ? 'none had arrived when it had everything sent before' : `${carriers.length} messages with it`,
  }
  if (carriers.length > 1) yield broken('exactly one message', finding)
  else if (due.proof === undefined) yield undecided('exactly one message')
  else yield decide('exactly one message', carriers.length === 1, finding)
}

function* last({ conn, dues }: Account, due: Due) {
  if (due.receipt === undefined || !due.unique) return
  const own = dues.filter(
    (each) =>
      each.origin === 'send' && each.call === due.call && each.unique && each.mark !== undefined && each.receipt !== undefined,
  )
  if (own.length === 0) return
  const late = own.find((each) => (each.receipt?.event.seq ?? 0) > (due.receipt?.event.seq ?? 0))
  yield decide('after its own sends', late === undefined, {
    events: [due.receipt.event, late?.receipt?.event],
    expected: `what step ${due.call?.step} returned on ${conn.name} after all that it sent`,
    observed: `the returned value came before ${late === undefined ? '' : showWire(late.wire)}, which the handler had sent`,
  })
}

export const send02 = requirement({
  id: 'SEND-02',
  title: 'Undefined returned by onConnect or onMessage sends nothing',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    onMessage: {
      promise: 'onMessage that returns undefined sends nothing',
      needs: ['trace'],
    },
    onConnect: {
      promise: 'onConnect that returns undefined sends nothing',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'a handler that has nothing to say would otherwise send a message that no client expects',
  },
  *judge(run) {
    for (const clause of ['onMessage', 'onConnect'] as const)
      yield* judgeSilence(run, 'SEND-02', clause, (silence) => silence.call?.handler === clause)
  },
})

/** What kind of reply a returned value must become. */
function replyForm(value: Tagged): 'an object' | 'nothing' | 'any other value' | 'bytes' {
  if (isUndefined(value)) return 'nothing'
  const built = build(value)
  if (bytesIn(built) !== undefined) return 'bytes'
  const json = JSON.parse(JSON.stringify(built)) as Json
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? 'an object' : 'any other value'
}

export const send03 = requirement({
  id: 'SEND-03',
  title: "A routed handler's reply carries its routing key; bytes go out bare",
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'an object': {
      promise: 'an object’s JSON form is merged with the routing key, which wins',
      needs: ['trace'],
    },
    nothing: {
      promise: 'undefined becomes the routing key alone',
      needs: ['trace'],
    },
    'any other value': {
      promise: 'any other JSON value becomes { key, result }',
      needs: ['trace'],
    },
    bytes: {
      promise: 'bytes go out bare',
      capabilities: ['binary'],
      needs: ['trace'],
    },
  },
  source: {
    decision: 'clients match replies to what they asked for by the routing key',
  },
  *judge(run) {
    for (const { conn, dues, strays } of accounts(run)) {
      for (const due of dues) {
        if (due.origin !== 'reply' || !plain(due)) continue
        const clause = replyForm(due.value)
        const { mark } = due
        const instead = mark === undefined ? strays[0] : strays.find((stray) => carries(stray, mark))
        if (due.receipt !== undefined) yield kept(clause, due.made, due.receipt.event)
        // Whether what was returned is sent at all is SEND-01's, wherever that can be told from its form.
        else if (due.missing && (mark === undefined || instead !== undefined)) {
          yield broken(clause, {
            events: [due.made, instead?.event, due.proof],
            expected: `the reply ${showWire(due.wire)} to step ${due.call?.step} on ${conn.name}`,
            observed:
              instead === undefined
                ? 'no such reply had arrived when it had everything sent before'
                : `it received ${showWire(instead.wire)}`,
          })
        }
      }
    }
  },
})

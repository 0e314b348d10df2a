/** What an output schema does to what is sent (SEND-13). */
import { outputIssue, shaped, shapeOutput } from '../../probe/channels/shaped.ts'
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { OpRun, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { type Account, accounts, type Due } from './dues.ts'
import { expectedErrors } from './error-replies.ts'
import { greeted, holds } from './greeting.ts'
import { logsAfter, textOf } from './logs.ts'
import { carries, openAt } from './marks.ts'
import { ending, refusal, refusedWithTypeError } from './refusals.ts'
import { judgeSilence } from './silence.ts'

export const send13 = requirement({
  id: 'SEND-13',
  title:
    'With an `output` schema what is sent is what the schema returned; what it refuses is not sent, and an asynchronous one is a TypeError',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'what the schema returned': {
      promise: 'what is sent or returned arrives as the schema made it',
      needs: ['trace'],
    },
    'a refused return': {
      promise: 'a returned value that it refuses is answered with one masked InternalError',
      needs: ['trace'],
    },
    'a refused send': {
      promise: 'send of a value that it refuses rejects',
      needs: ['trace'],
    },
    'nothing refused is sent': {
      promise: 'nothing of a refused value arrives',
      needs: ['trace'],
    },
    'the log has the issue': {
      promise: 'the log has what the schema complained of',
      needs: ['trace'],
    },
    'an asynchronous one': {
      promise: 'send behind a schema that answers with a promise rejects with a TypeError',
      needs: ['trace'],
    },
  },
  source: { decision: 'types cannot stop `return { ...user, passwordHash }`' },
  *judge(run) {
    for (const account of accounts(run)) {
      if (account.conn.channel !== shaped.name) continue
      for (const due of account.dues) yield* asShaped(account, due)
      for (const call of account.conn.calls) if (call.handler === 'onConnect') yield* greeted(run, account, call)
    }
    for (const expected of expectedErrors(run)) {
      if (expected.because !== 'refused output' || expected.proof === undefined) continue
      const seen = expected.surplus ?? expected.receipt ?? expected.instead
      yield decide('a refused return', expected.receipt !== undefined && expected.surplus === undefined, {
        events: [expected.call.leave, seen?.event, expected.proof],
        expected: `one reply ${JSON.stringify(expected.json)} to step ${expected.call.step} on ${expected.conn.name}, whose output schema refuses what it returned`,
        observed: seen === undefined ? 'no error reply' : `it received ${showWire(seen.wire, 300)}`,
      })
    }
    for (const op of refusedSends(run)) yield* refused(op)
    yield* judgeSilence(run, 'SEND-13', 'nothing refused is sent', () => true)
    yield* logged(run)
  },
})

function* asShaped({ conn, strays }: Account, due: Due) {
  const { call, mark } = due
  if (due.origin === 'publish' || mark === undefined || call === undefined) return
  const made = shapeOutput(call.channel, call.handler, due.value)
  // Where the schema changes nothing, nothing shows whether it was asked.
  if (made === undefined || !('value' in made) || sameJson(made.value, due.value)) return
  if (due.receipt !== undefined) yield kept('what the schema returned', due.made, due.receipt.event)
  // Lost, or in another form, is others' to judge; here it is about what the schema would have taken away or put in.
  const stray = strays.find((each) => carries(each, mark) && !holds(each.json, made.value))
  if (due.missing && stray !== undefined) {
    yield broken('what the schema returned', {
      events: [due.made, stray.event, due.proof],
      expected: `${showWire(due.wire)} on ${conn.name}, as the output schema of ${call.handler} made it in step ${call.step}`,
      observed: `it received ${showWire(stray.wire)}`,
    })
  }
}

/** Sends that the output schema refuses, of values that could otherwise be sent. */
function refusedSends(run: Run): { op: OpRun; asynchronous: boolean }[] {
  return run.calls.flatMap((call) =>
    call.ops.flatMap((op) => {
      const value = op.args.value ?? null
      if (op.name !== 'send' || refusal(run, value) !== undefined) return []
      const made = shapeOutput(call.channel, call.handler, value)
      if (made === undefined || 'value' in made || !openAt(run, run.byChannelId.get(call.channelId), op.end)) return []
      return [{ op, asynchronous: made.asynchronous === true }]
    }),
  )
}

function* refused({ op, asynchronous }: { op: OpRun; asynchronous: boolean }) {
  if (op.end === undefined) return
  const finding = {
    events: [op.begin, op.end],
    expected: `a rejection${asynchronous ? ' with a TypeError' : ''} of the send in step ${op.call.step}, whose output schema ${asynchronous ? 'answers with a promise' : 'refuses it'}`,
    observed: ending(op.end),
  }
  if (asynchronous) yield decide('an asynchronous one', refusedWithTypeError(op), finding)
  else yield decide('a refused send', op.end.outcome === 'rejected', finding)
}

/** The issue of the refusing schema, after each call that met it. */
function* logged(run: Run) {
  for (const { conn } of accounts(run)) {
    for (const call of conn.calls) {
      const refuses = (value: unknown): boolean => {
        const made = shapeOutput(call.channel, call.handler, value as never)
        return made !== undefined && 'refused' in made && made.refused === outputIssue
      }
      const met =
        call.ops.find((op) => op.name === 'send' && refuses(op.args.value))?.begin ??
        (call.leave?.outcome === 'ok' && refuses(call.leave.value) ? call.leave : undefined)
      const proof = call.settled && fenceAfter(run, conn, call.settled)
      if (met === undefined || proof === undefined) continue
      const log = logsAfter(run, met).find((each) => textOf(each).includes(outputIssue))
      yield decide('the log has the issue', log !== undefined, {
        events: [met, log, proof],
        expected: `a line in the log with "${outputIssue}", which the output schema said in step ${call.step}`,
        observed: 'none',
      })
    }
  }
}

/** Values that cannot be encoded (SEND-11). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Connection, OpRun, Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { accounts } from './dues.ts'
import { expectedErrors } from './error-replies.ts'
import { hungUpOn } from './hung-up.ts'
import { logsOf } from './logs.ts'
import { openAt } from './marks.ts'
import { ending, refusal, refusedWithTypeError } from './refusals.ts'
import { judgeSilence } from './silence.ts'

/** Sends and publishes of what cannot be encoded, on channels that were not closing. */
function refusedOps(run: Run): { op: OpRun; conn: Connection | undefined }[] {
  return run.calls.flatMap((call) => {
    const conn = run.byChannelId.get(call.channelId)
    if (call.channel === 'shaped') return []
    return call.ops
      .filter((op) => (op.name === 'send' || op.name === 'publish') && refusal(run, op.args.value ?? null) === 'unsendable')
      .filter((op) => op.name === 'publish' || openAt(run, conn, op.end ?? call.settled))
      .map((op) => ({ op, conn }))
  })
}

export const send11 = requirement({
  id: 'SEND-11',
  title:
    'A value that cannot be encoded: returned, an InternalError reply; sent or published, a TypeError and nothing sent, logged if unawaited; the connection stays open',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    returned: {
      promise: 'a returned one is answered with one masked InternalError reply',
      needs: ['trace'],
    },
    'send rejects': {
      promise: 'send rejects with a TypeError',
      needs: ['trace'],
    },
    'publish rejects': {
      promise: 'publish rejects with a TypeError',
      needs: ['trace'],
    },
    'nothing is sent': { promise: 'nothing of it is sent', needs: ['trace'] },
    'left unawaited': {
      promise: 'a refused send or publish that nobody awaits is logged, and is no unhandled rejection',
      needs: ['trace'],
    },
    'the connection stays open': {
      promise: 'the connection goes on',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'one bad value must not cost the connection, nor vanish without a trace',
  },
  *judge(run) {
    for (const expected of expectedErrors(run)) {
      if (expected.because !== 'unsendable') continue
      const seen = expected.surplus ?? expected.receipt ?? expected.instead
      if (expected.proof === undefined) continue
      yield decide('returned', expected.receipt !== undefined && expected.surplus === undefined, {
        events: [expected.call.leave, seen?.event, expected.proof],
        expected: `one reply ${JSON.stringify(expected.json)} to step ${expected.call.step} on ${expected.conn.name}, whose handler returned ${JSON.stringify(expected.call.leave?.value)}`,
        observed: seen === undefined ? 'no error reply' : `it received ${showWire(seen.wire, 300)}`,
      })
    }
    const refused = refusedOps(run)
    for (const { op } of refused) yield* rejects(op)
    yield* hostPublishes(run)
    yield* judgeSilence(run, 'SEND-11', 'nothing is sent', () => true)
    yield* unawaited(run, refused)
    yield* staysOpen(run, refused)
  },
})

function* rejects(op: OpRun) {
  if (op.end === undefined) return
  yield decide(op.name === 'send' ? 'send rejects' : 'publish rejects', refusedWithTypeError(op), {
    events: [op.begin, op.end],
    expected: `a rejection with a TypeError of the ${op.name} of ${JSON.stringify(op.args.value)} in step ${op.call.step}`,
    observed: ending(op.end),
  })
}

function* hostPublishes(run: Run) {
  for (const publish of run.publishes) {
    const { begin, end } = publish
    if (publish.op !== undefined || end?.kind !== 'hosted' || refusal(run, publish.value) !== 'unsendable') continue
    yield decide('publish rejects', end.outcome === 'rejected' && end.error?.typeError === true, {
      events: [begin, end],
      expected: `a rejection with a TypeError of the host's publish of ${JSON.stringify(publish.value)}`,
      observed: ending(end),
    })
  }
}

function* unawaited(run: Run, refused: readonly { op: OpRun; conn: Connection | undefined }[]) {
  const floating = refused.filter(({ op }) => op.args.mode === 'float')
  const [first] = floating
  if (first === undefined) return
  const { op, conn } = first
  const fault = run.of('fault').find((each) => each.message.includes('TypeError'))
  if (fault !== undefined) {
    // A floating call of another kind may have rejected with a TypeError too.
    if (
      !run.calls.some((call) => call.ops.some((each) => each.args.mode === 'float' && !floating.some((own) => own.op === each)))
    ) {
      yield broken('left unawaited', {
        events: [op.begin, fault],
        expected: `no unhandled rejection of the ${op.name} in step ${op.call.step}, which nobody awaits`,
        observed: `${fault.what}: ${fault.message}`,
      })
    }
    return
  }
  const logs = logsOf(run).filter((log) => floating.some((each) => run.before(each.op.begin, log) === 'yes'))
  const proof: HistoryEvent | undefined = conn && op.call.settled && fenceAfter(run, conn, op.call.settled)
  if (!run.complete || proof === undefined) return
  yield decide('left unawaited', logs.length >= floating.length, {
    events: [op.begin, ...logs, proof],
    expected: `a line in the log for each of ${floating.length} refused calls that nobody awaits`,
    observed: `${logs.length} lines`,
  })
}

function* staysOpen(run: Run, refused: readonly { op: OpRun; conn: Connection | undefined }[]) {
  for (const { conn } of accounts(run)) {
    const op = refused.findLast((each) => each.conn === conn)?.op
    const returned = expectedErrors(run).findLast((each) => each.conn === conn && each.because === 'unsendable')?.call
    const hungUp = returned !== undefined && hungUpOn(run, conn) === returned
    const last = hungUp ? returned.leave : (op?.begin ?? returned?.leave)
    if (last === undefined) continue
    const step = (hungUp ? returned : (op?.call ?? returned))?.step
    const threw = conn.calls.some((call) => call.leave?.outcome === 'rejected')
    const proof = fenceAfter(run, conn, last)
    const ended = conn.closed !== undefined && conn.ending === conn.closed && !threw && run.before(last, conn.closed) === 'yes'
    if (proof !== undefined) yield kept('the connection stays open', last, proof)
    else if (hungUp || ended) {
      yield broken('the connection stays open', {
        events: [last, conn.closed],
        expected: `${conn.name} open after step ${step} had a value that cannot be encoded`,
        observed: `it was closed with ${conn.closed?.code}`,
      })
    }
  }
}

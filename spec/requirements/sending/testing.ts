/** Literal acts for the tests of this area. */
import type { Outcome, Wire } from '../../history.ts'
import type { Op, Throwable } from '../../probe/ops.ts'
import type { Literal } from '../../testing/literal.ts'
import type { Json, Tagged } from '../../values.ts'

/** One act of `c0`. */
export interface Act {
  /** With how each ended; ended well where nothing is said, not at all where null. */
  ops?: (Op | [Op, Outcome | null])[]
  /** What the handler returned, or what it threw. */
  returns?: Tagged
  throws?: { error: Throwable; name?: string; message: string }
  /** Null: unrouted. */
  action?: string | null
  state?: string
  /** What the client received, after everything. */
  receives?: (Json | Wire)[]
}

export const ok: Outcome = { outcome: 'ok' }
export const rejected = (name: string): Outcome => ({
  outcome: 'rejected',
  error: { name, message: 'refused', typeError: name === 'TypeError' },
})

/** Writes the whole act down; gives back its step. */
export function act(history: Literal, of: Act): string {
  const action = of.action === undefined ? 'probe' : of.action
  const step = history.message('c0', action === null ? {} : { action })
  const call = history.enter('c0', step, {
    handler: action === null ? 'onMessage' : `action:${action}`,
    state: of.state ?? 'open',
  })
  for (const each of of.ops ?? []) {
    const [op, outcome] = Array.isArray(each) ? each : [each, ok]
    const index = history.begin(call, op)
    if (outcome !== null) history.end(call, index, op.op, outcome, of.state)
  }
  if (of.throws === undefined) {
    if (of.returns !== undefined) history.op(call, { op: 'return', value: of.returns })
    history.leave(call, {
      outcome: 'ok',
      value: of.returns === undefined ? { $: 'undefined' } : of.returns,
    })
  } else {
    const { error, name = 'Error', message } = of.throws
    history.begin(call, { op: 'throw', error, message })
    history.leave(call, {
      outcome: 'rejected',
      error: { name, message, typeError: false },
    })
  }
  for (const received of of.receives ?? []) history.receive('c0', received)
  history.client({ at: 'client', kind: 'ack', conn: 'c0', step })
  return step
}

/** One raw message with what came of it, for literal histories about routing and validation. */
import type { Wire } from '../history.ts'
import type { Op } from '../probe/ops.ts'
import type { Json, Tagged } from '../values.ts'
import type { Literal } from './literal.ts'

/** What came of a message. */
export interface Came {
  /** The handler that ran, and what it was given. */
  handler?: string
  data?: Tagged
  /** It looked, and saw this. */
  looked?: Tagged
  /** What it returned. */
  returned?: Tagged
  /** What the client received. */
  received?: Json[]
  /** Absent: a fence proves that nothing more came. 'open': nothing proves it. A number: the connection was closed with it. */
  over?: 'open' | number
  /** With this the connection was closed after the fence, unasked. */
  later?: number
}

let fences = 0

/** Sends `message`, in which `$id` becomes the step's id; gives back that id. */
export function exchange(history: Literal, conn: string, message: string | { hex: string }, came: Came = {}): string {
  const step = history.nextStep()
  const data: Wire = typeof message === 'string' ? { text: message.replaceAll('$id', step) } : message
  history.client({ at: 'client', kind: 'invoke', conn, step, action: { do: 'text' } })
  history.client({ at: 'client', kind: 'message', conn, step, data })
  if (came.handler !== undefined) {
    const known = typeof message === 'string' && message.includes('$id') && message.trimStart().startsWith('{')
    const call = history.enter(conn, known ? step : undefined, { handler: came.handler, data: withId(came.data ?? null, step) })
    if (came.looked !== undefined) history.op(call, { op: 'look' } as Op, { outcome: 'ok', value: came.looked })
    history.leave(call, { outcome: 'ok', value: came.returned ?? { $: 'undefined' } })
  }
  for (const json of came.received ?? []) history.receive(conn, withId(json, step))
  if (typeof came.over === 'number') history.client({ at: 'client', kind: 'closed', conn, code: came.over, reason: '' })
  else if (came.over !== 'open') fenceBehind(history, conn)
  if (came.later !== undefined) history.client({ at: 'client', kind: 'closed', conn, code: came.later, reason: '' })
  return step
}

/** A fence of the kit's, answered. */
export function fenceBehind(history: Literal, conn: string): void {
  const step = `f${fences++}`
  history.client({ at: 'client', kind: 'message', conn, step, data: { text: JSON.stringify({ action: 'fence', fence: step }) } })
  history.receive(conn, { action: 'fence', fence: step })
  history.client({ at: 'client', kind: 'fenced', conn, step })
}

const withId = <T extends Json>(json: T, step: string): T => JSON.parse(JSON.stringify(json).replaceAll('$id', step)) as T

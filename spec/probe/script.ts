/** Runs a script as the body of a handler: begin and outcome of every operation go to the trace. */
import type { MiddlewareAt, Outcome } from '../history.ts'
import { build, describe, type Json } from '../values.ts'
import type { Env, ProbeHost, ProbeServices } from './environment.ts'
import type { Op } from './ops.ts'
import { mutate, outcomeOf, perform } from './perform.ts'

/** One handler call as the wiring sees it. */
export interface HandlerCall {
  handler: string
  /** The channel it is wired to. */
  wired: string
  services: ProbeServices
  data: unknown
  session: unknown
  conn: string | undefined
  step: string | undefined
  /** Middleware only: which it is and around what, for the trace. */
  middleware?: MiddlewareAt
  /** Middleware only: the rest of the chain. */
  next?: () => Promise<unknown>
}

/** Runs `ops` for a handler call and gives back (or throws) what the handler must. */
export async function runHandler(host: ProbeHost, call: HandlerCall, ops: readonly Op[]): Promise<unknown> {
  const rest = call.next === undefined ? undefined : firstOf(call.next)
  const env: Env = { ...host, ...call, call: host.nextCall(), armed: [], ...(rest === undefined ? {} : { next: rest.next }) }
  const where = {
    at: 'server',
    conn: env.conn,
    step: env.step,
    call: env.call,
    channelId: env.services.channel.channelId,
  } as const
  const state = (): string => env.services.channel.state
  host.emit({
    ...where,
    kind: 'enter',
    handler: call.handler,
    wired: call.wired,
    data: describe(call.data),
    openingData: describe(env.services.channel.openingData),
    state: state(),
    session: describe(call.session),
    service: env.services.event?.id ?? null,
    ...(call.middleware === undefined ? {} : { middleware: call.middleware }),
  })
  const tracked: Promise<void>[] = []
  const leave = (outcome: Outcome): void => {
    host.emit({ ...where, kind: 'leave', handler: call.handler, state: state(), ...outcome })
    // Tracked operations end after the handler has; nothing awaits this but the trace.
    const settle = (): void => {
      host.emit({ ...where, kind: 'settled', handler: call.handler })
      for (const armed of env.armed) void fire(host, call, armed)
    }
    if (tracked.length === 0) settle()
    else void Promise.allSettled(tracked).then(settle)
  }
  try {
    const returned = passOn(await runOps(env, where, ops, tracked), ops, rest)
    leave({ outcome: 'ok', value: returned.tagged })
    // Only once the event loop has turned: until then nobody but the handler can have had the value.
    if (returned.after !== undefined) setImmediate(returned.after)
    return returned.value
  } catch (error) {
    leave(outcomeOf({ error }))
    throw error
  }
}

type Where = { at: 'server'; conn: string | undefined; step: string | undefined; call: number; channelId: string }
interface Returned {
  value: unknown
  tagged: Json
  /** What is done with the value after it was returned. */
  after?: () => void
}

async function runOps(env: Env, where: Where, ops: readonly Op[], tracked: Promise<void>[]): Promise<Returned> {
  let returned: Returned = { value: undefined, tagged: { $: 'undefined' } }
  for (const [index, op] of ops.entries()) {
    env.emit({ ...where, kind: 'begin', op: index, name: op.op, args: op as unknown as Json })
    const end = (outcome: Outcome): void =>
      env.emit({ ...where, kind: 'end', op: index, name: op.op, state: env.services.channel.state, ...outcome })
    if (op.op === 'return') {
      const value = build(op.value ?? null)
      returned = { value, tagged: op.value ?? null }
      if (op.then === 'mutate') returned.after = () => mutate(value)
      if (op.then === 'watch') {
        returned.after = () => end(outcomeOf({ value }))
        continue
      }
    }
    if (op.op === 'throw') {
      if (op.late === true) await new Promise((resolve) => setImmediate(resolve))
      throw env.throwable(op.error, op.message ?? `thrown by ${env.step ?? 'a handler'}`)
    }
    const mode = 'mode' in op ? (op.mode ?? 'await') : 'await'
    if (mode === 'float') perform(env, op)
    else if (mode === 'track') tracked.push(record(env, op, end))
    else await record(env, op, end)
  }
  return returned
}

/** A middleware's rest of the chain, and how its first call ended: a second is tried only to be refused (AUTH-14). */
function firstOf(next: () => Promise<unknown>) {
  let first: { value: unknown } | { error: unknown } | undefined
  return {
    outcome: () => first,
    async next(): Promise<unknown> {
      try {
        const value = await next()
        first ??= { value }
        return value
      } catch (error) {
        first ??= { error }
        throw error
      }
    },
  }
}

/** A middleware that returns nothing of its own passes on what the rest of the chain returned or threw, if it awaited that. */
function passOn(returned: Returned, ops: readonly Op[], rest: ReturnType<typeof firstOf> | undefined): Returned {
  const outcome = rest?.outcome()
  if (outcome === undefined || ops.some((op) => op.op === 'return' || (op.op === 'next' && op.mode === 'track'))) return returned
  if ('error' in outcome) throw outcome.error
  return { value: outcome.value, tagged: describe(outcome.value) }
}

async function record(env: Env, op: Op, end: (outcome: Outcome) => void): Promise<void> {
  try {
    end(outcomeOf({ value: await perform(env, op) }))
  } catch (error) {
    end(outcomeOf({ error }))
  }
}

/** Runs armed operations once their handler has settled; an immediate later, so that the runtime has seen it settle too. */
async function fire(host: ProbeHost, call: HandlerCall, armed: Extract<Op, { op: 'arm' }>): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (armed.gate !== undefined) await host.gates.wait(armed.gate)
  // A rejection is in the trace already; nobody is left to be told of it.
  await runHandler(host, { ...call, handler: 'armed' }, armed.ops).catch(() => undefined)
}

/** Performs the operations of a script inside a handler, recording begin and end of each. */
import type { Outcome } from '../history.ts'
import { build, describe, type Json } from '../values.ts'
import type { Env } from './environment.ts'
import type { Mode, Op, Then, Who } from './ops.ts'
import { customSubscribers } from './subscribers.ts'

/** Performs one operation; what it gives back is recorded as its value. Throws what the operation throws. */
export function perform(env: Env, op: Op): unknown {
  const { channel, eventHub, userSession } = env.services
  const id = (who: Who | undefined): string => (typeof who === 'object' && 'id' in who ? who.id : channel.channelId)
  switch (op.op) {
    case 'look':
      return look(env)
    case 'mutate':
      if (op.what === 'stored') return mutateStored(env)
      return mutate(op.what === 'data' ? env.data : op.what === 'session' ? env.session : channel.openingData)
    case 'send':
      return thenMutate(op, (value) => channel.send(value))
    case 'hold':
      return env.gates.wait(op.gate)
    case 'release':
      return env.gates.open(op.gate)
    case 'turn':
      return turn(op.times)
    case 'arm':
      env.armed.push(op)
      return undefined
    case 'session.set':
      return thenMutate(op, (value) => userSession.set(value))
    case 'session.get':
      return userSession.get()
    case 'session.clear':
      return userSession.clear()
    case 'subscribe':
      return eventHub.subscribe(op.topic, id(op.who))
    case 'unsubscribe':
      return eventHub.unsubscribe(op.topic, id(op.who))
    case 'publish': {
      const exclude = op.exclude === null ? null : id(op.exclude)
      return thenMutate(op, (value) => eventHub.publish(op.topic, exclude, value))
    }
    case 'register':
      return customSubscribers(env).register(op)
    case 'unregister':
      return customSubscribers(env).unregister(op.id)
    case 'close':
      return close(env, op)
    case 'log':
      return env.services.logger.info(op.message)
    case 'poison':
      if (env.services.event !== undefined) env.services.event.poisoned = true
      return undefined
    case 'next':
      return env.next?.()
    case 'return':
    case 'throw':
      return undefined
  }
}

/** Builds the value, makes the call, and where asked changes the value right after the call was made (SEND-06, AUTH-11). */
function thenMutate(op: { value?: Json; mode?: Mode; then?: Then }, call: (value: unknown) => unknown): unknown {
  const value = build(op.value ?? null)
  const result = call(value)
  if (op.then === 'mutate') mutate(value)
  // A floating call must stay the adapter's own promise: a rejection of ours would look like a fault of its.
  return op.then === 'watch' && op.mode !== 'float' ? Promise.resolve(result).then(() => value) : result
}

async function mutateStored(env: Env): Promise<void> {
  mutate(await env.services.userSession.get())
}

/** Leaves a mark on a value, if it is one that can be changed. */
export function mutate(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0xff)
  else if (value instanceof ArrayBuffer) new Uint8Array(value).fill(0xff)
  else if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0xff)
  else if (Array.isArray(value)) {
    for (const nested of value) if (typeof nested === 'object' && nested !== value) mutate(nested)
    value.push('mutated')
  } else if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const nested of Object.values(value)) if (typeof nested === 'object' && nested !== value) mutate(nested)
    Object.assign(value, { mutated: true })
  }
}

/** Closes, and tells the state the channel has the moment the call returns (LIFE-14). */
function close({ services: { channel } }: Env, { mode }: Extract<Op, { op: 'close' }>): unknown {
  const closing = channel.close()
  const state = channel.state
  return mode === 'float' ? closing : Promise.resolve(closing).then(() => ({ state }))
}

async function look(env: Env): Promise<unknown> {
  const { channel, userSession } = env.services
  const stored = await userSession.get()
  return {
    channelId: channel.channelId,
    openingData: channel.openingData,
    state: channel.state,
    session: env.session,
    stored,
    service: env.services.event?.id,
    polluted: 'polluted' in {},
  }
}

async function turn(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Writes down how an operation ended. */
export function outcomeOf(ended: { value: unknown } | { error: unknown }): Outcome {
  if ('value' in ended) return ended.value === undefined ? { outcome: 'ok' } : { outcome: 'ok', value: describe(ended.value) }
  const { error } = ended
  if (!(error instanceof Error)) return { outcome: 'rejected', error: { name: '', message: String(error), typeError: false } }
  return { outcome: 'rejected', error: { name: error.name, message: error.message, typeError: error instanceof TypeError } }
}

/** What of the probe does not wait, or waits: middleware that leaves the rest of the chain alone, a schema at its gate. */
import { expect, test } from 'vitest'
import type { TraceEvent } from '../history.ts'
import type { Emitted, ProbeHost, ProbeServices } from './environment.ts'
import { Gates } from './gates.ts'
import { scriptedMiddleware } from './middleware.ts'
import { openingSchema } from './opening-schema.ts'
import { type ConnectionScript, packScript } from './ops.ts'

function hosted(): { host: ProbeHost; told: Emitted[]; kinds(): TraceEvent['kind'][] } {
  const told: Emitted[] = []
  let calls = 0
  const host: ProbeHost = {
    emit: (event) => told.push(event),
    gates: new Gates(),
    nextCall: () => calls++,
    throwable: (_kind, message) => new Error(message),
    registered: new Map(),
  }
  return { host, told, kinds: () => told.map(({ kind }) => kind) }
}

const fields = (script: Partial<ConnectionScript>) => ({ s: packScript({ conn: 'k1', step: '1.c0', ...script }) })

/** Runs the outer middleware around a message; the rest of the chain waits for the gate `g`, and then gives 'late' or throws. */
function around(middleware: NonNullable<ConnectionScript['middleware']>['outer'], fails = false) {
  const { host, kinds } = hosted()
  const channel = { channelId: 'id', openingData: fields({ middleware: { outer: middleware } }), state: 'open' }
  const run = scriptedMiddleware(host, 'layered', 'outer')
  const rest = async (): Promise<unknown> => {
    await host.gates.wait('g')
    if (fails) throw new Error('from below')
    return 'late'
  }
  return {
    host,
    kinds,
    returned: run({ channel } as unknown as ProbeServices, { kind: 'message', data: { id: '1.0' }, action: 'probe' }, rest),
  }
}

test('middleware that does not await next returns first, and has settled when next has ended', async () => {
  const { host, kinds, returned } = around({ next: 'unawaited', instead: 'instead' })
  expect(await returned).toBe('instead')
  expect(kinds()).toEqual(['enter', 'begin', 'begin', 'end', 'leave'])
  host.gates.open('g')
  await new Promise((resolve) => setImmediate(resolve))
  expect(kinds().slice(5)).toEqual(['end', 'settled'])
})

test('it returns nothing of what next gives, however soon, and does not throw what next throws', async () => {
  for (const fails of [false, true]) {
    const { host, returned } = around({ next: 'unawaited', after: [{ op: 'turn', times: 2 }] }, fails)
    host.gates.open('g')
    expect(await returned).toBeUndefined()
  }
})

test('the schema of opening data tells that it waits, and answers when its gate is open', async () => {
  const { host, told } = hosted()
  const given = fields({ gate: 'g' })
  const answer = openingSchema(host)['~standard'].validate(given)
  expect(told).toEqual([{ at: 'server', kind: 'waits', conn: 'k1', step: '1.c0', gate: 'g' }])
  host.gates.open('g')
  expect(await answer).toEqual({ value: { ...given, checked: true } })
})

test('without a gate it answers at once', () => {
  const { host, told } = hosted()
  expect(openingSchema(host)['~standard'].validate({ a: '1', ...fields({}) })).toEqual({
    value: { a: '1', ...fields({}), checked: true },
  })
  expect(told).toEqual([])
})

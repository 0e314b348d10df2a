import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { EndingLiteral } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { pub10 } from './failing-receivers.ts'

const waits: Op = { op: 'register', id: 'r', topics: ['t'], gate: 'g' }
const quick: Op = { op: 'register', id: 's', topics: ['t'] }
const text = '{"m":"1"}'
const clause = 'others while a receiver waits'

/** When a copy comes: at once, once the kit has waited long and is about to let go, behind the receiver that waited. */
type When = 'at once' | 'after the stall' | 'behind'

/** A publish of the host's to `r`, which waits at its gate, to `s` and to c0; each of these comes where it is told to. */
function given(when: { s: When; c0: When }, stalls: boolean | 'before' = true): unknown {
  const history = new EndingLiteral().connect('c0')
  history.act('c0', [{ op: 'subscribe', topic: 't' }, waits, quick])
  const invoke = { do: 'publish', topic: 't', exclude: null, value: { m: '1' } }
  history.client({ at: 'client', kind: 'invoke', step: 'p', action: invoke })
  const custom = (id: string): void => void history.server({ at: 'server', kind: 'custom', id, data: { text } })
  if (stalls === 'before') history.stall('p')
  custom('r')
  if (when.s === 'at once') custom('s')
  if (when.c0 === 'at once') history.receive('c0', { m: '1' })
  if (stalls === true) history.stall('p')
  if (when.s === 'after the stall') custom('s')
  if (when.c0 === 'after the stall') history.receive('c0', { m: '1' })
  history.gate()
  history.server({ at: 'server', kind: 'passed', id: 'r', gate: 'g' })
  if (when.s === 'behind') custom('s')
  if (when.c0 === 'behind') history.receive('c0', { m: '1' })
  history.client({ at: 'client', kind: 'hosted', step: 'p', outcome: 'ok' })
  return verdicts(pub10, history.run())[clause]
}

test('kept: the others are given it at once', () => {
  expect(given({ s: 'at once', c0: 'at once' })).toEqual(['kept', 'kept'])
  expect(given({ s: 'at once', c0: 'at once' }, false)).toEqual(['kept', 'kept'])
})

test('broken: another receiver, or a client, is given it only when the kit has let the first go on', () => {
  expect(given({ s: 'behind', c0: 'at once' })).toEqual(['broken', 'kept'])
  expect(given({ s: 'at once', c0: 'behind' })).toEqual(['kept', 'broken'])
})

test('what a client is given when the kit has waited long came too late; of a receiver nothing tells whether it was let go on', () => {
  expect(given({ s: 'at once', c0: 'after the stall' })).toEqual(['kept', 'broken'])
  expect(given({ s: 'after the stall', c0: 'at once' })).toEqual(['kept', 'kept'])
})

test('not decided: the system was slow before the receiver was given it, and nothing stalled after', () => {
  expect(given({ s: 'behind', c0: 'behind' }, 'before')).toBeUndefined()
})

test('not decided: it came late, and nobody had waited for it', () => {
  expect(given({ s: 'behind', c0: 'behind' }, false)).toBeUndefined()
})

test('not decided: a client that does not read, or connects still, and a receiver that waits itself', () => {
  const late = (before: (history: EndingLiteral) => void, quickGate?: string): unknown => {
    const history = new EndingLiteral().connect('c1')
    before(history)
    const other: Op = quickGate === undefined ? quick : { ...quick, gate: quickGate }
    history.act('c1', [waits, other])
    const invoke = { do: 'publish', topic: 't', exclude: null, value: { m: '1' } }
    history.client({ at: 'client', kind: 'invoke', step: 'p', action: invoke })
    history.server({ at: 'server', kind: 'custom', id: 'r', data: { text } })
    history.stall('p').gate()
    history.server({ at: 'server', kind: 'passed', id: 'r', gate: 'g' })
    history.server({ at: 'server', kind: 'custom', id: 's', data: { text } })
    history.receive('c0', { m: '1' })
    return verdicts(pub10, history.run())[clause]
  }
  const subscribed = (history: EndingLiteral): void => void history.connect('c0').act('c0', [{ op: 'subscribe', topic: 't' }])
  const paused = (history: EndingLiteral): void => {
    subscribed(history)
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', action: { do: 'pause', client: 0 } })
  }
  const connecting = (history: EndingLiteral): void => {
    const call = history.connect('c0', {}, false).enter('c0', 'c0', { handler: 'onConnect' })
    history.op(call, { op: 'subscribe', topic: 't' })
  }
  expect(late(subscribed)).toEqual(['broken', 'broken'])
  expect(late(subscribed, 'h')).toEqual(['broken'])
  expect(late(paused)).toEqual(['broken'])
  expect(late(connecting)).toEqual(['broken'])
})

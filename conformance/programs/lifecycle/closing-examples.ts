/** A directed program for each clause about ends. */
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'

const main: ClientSpec = { channel: 'main' }

/** One or more clients and what they do one after another. */
const sequence = (clients: ClientSpec[], ...prefix: Step[]): Program => ({ clients, prefix, phases: [] })
const act = (client: number, ...ops: Op[]): Step => ({ do: 'act', client, ops })
const goOn = (client: number, ...ops: Op[]): Step => ({ do: 'act', client, ops, wait: false })
const gate: Step = { do: 'open gate', gate: 'g' }
const hold: Op = { op: 'hold', gate: 'g' }

export const closingExamples: Readonly<Record<string, Program>> = {
  'LIFE-10 client close': sequence([main], { do: 'close', client: 0 }),
  'LIFE-10 socket cut': sequence([main], { do: 'vanish', client: 0 }),
  'LIFE-10 channel.close()': sequence([main], act(0, { op: 'close' })),
  'LIFE-10 protocol error': sequence([main], { do: 'violate', client: 0, how: 'reserved bit' }),
  'LIFE-10 not twice': sequence([main, main], goOn(0, { op: 'close' }, hold), act(1), gate),
  'LIFE-11 after every handler': sequence([main], goOn(0, hold), { do: 'close', client: 0 }, gate),
  'LIFE-11 no handler after it': sequence([main], goOn(0, hold), goOn(0), { do: 'close', client: 0 }, gate),
  'LIFE-12 opening data': sequence([{ channel: 'main', query: 'room=x' }], { do: 'close', client: 0 }),
  'LIFE-12 channel id': sequence([{ channel: 'open' }], { do: 'close', client: 0 }),
  'LIFE-12 channel id wins': sequence([{ channel: 'main', query: 'channelId=mine' }], { do: 'close', client: 0 }),
  'LIFE-13 clean-up completes': sequence(
    [{ channel: 'main', connect: [{ op: 'subscribe', topic: 't' }], disconnect: [{ op: 'throw', error: 'error' }] }],
    { do: 'close', client: 0 },
  ),
  'LIFE-14 idempotent': sequence([main], act(0, { op: 'close' }, { op: 'close' })),
  'LIFE-14 waits for no handler': sequence([main], act(0, { op: 'close' }, { op: 'turn', times: 3 })),
  'LIFE-14 state': sequence([main], act(0, { op: 'close' })),
  'LIFE-14 sent before': sequence([main], act(0, { op: 'send' }, { op: 'send', mode: 'track' }, { op: 'close' })),
  'LIFE-14 returned value': sequence([main], act(0, { op: 'close' }, { op: 'return' })),
  'LIFE-14 socket closes': sequence([main], act(0, { op: 'close', mode: 'float' })),
  'LIFE-14 socket closes: of a channel without onConnect': sequence([{ channel: 'open' }], act(0, { op: 'close' })),
  'LIFE-14 code 1000': sequence([main], act(0, { op: 'close' })),
  'LIFE-14 onConnect’s output': sequence([{ channel: 'main', connect: [{ op: 'send' }, { op: 'close' }] }]),
  'LIFE-14 onDisconnect follows': sequence([{ channel: 'main', connect: [{ op: 'close' }, { op: 'return' }] }]),
  'LIFE-14 queued messages': sequence([main, main], goOn(0, hold, { op: 'close' }), goOn(0), act(1), gate),
}

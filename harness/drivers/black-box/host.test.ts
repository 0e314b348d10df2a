/** The host of a server elsewhere, against a control interface in this process: what it is told, and what goes wrong. */
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Host, Hosted } from '../../../conformance/host.ts'
import type { TraceEvent } from '../../../spec/history.ts'
import { hostAtUrl } from './host.ts'
import { type Answer, description, type TinyHost, tinyHost } from './testing/tiny-host.ts'

const opened: { tiny: TinyHost; host?: Host }[] = []
afterEach(async () => {
  for (const { tiny, host } of opened.splice(0)) {
    await host?.end()
    await tiny.die()
  }
})

/** A control interface, its host, and what it is told, once launched. */
async function launched(instead?: Answer, patience?: number) {
  const tiny = await tinyHost(instead)
  const kept: (typeof opened)[number] = { tiny }
  opened.push(kept)
  const host = await hostAtUrl(tiny.url, { patience })
  kept.host = host
  const told: [string, TraceEvent][] = []
  let wake = (): void => {}
  const hosted = await host.launch({}, (process, event) => {
    told.push([process, event])
    wake()
  })
  const until = async (events: number): Promise<void> => {
    while (told.length < events)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  return { tiny, host, hosted: hosted as Hosted, told, until }
}

/** Answers requests for `path` alone. */
const at =
  (path: string, answer: (response: Parameters<Answer>[1], body: string) => void): Answer =>
  (request, response, body) => {
    if (!request.url?.startsWith(path)) return false
    answer(response, body)
    return true
  }

const settled = { kind: 'settled', call: 1, handler: 'onConnect', channelId: 'x' }

test('what it offers and where', async () => {
  const { host, hosted } = await launched()
  expect(host).toMatchObject({ name: 'tiny', capabilities: ['stateful', 'ordered'] })
  expect(host.startedElsewhere?.channels).toEqual(new Set(['main', 'open']))
  expect(hosted.observes).toEqual(new Set(['trace', 'hub', 'residue', 'idle']))
  expect(hosted.url('main', '/other')).toBe('ws://127.0.0.1:1/other')
  // An address that does not end with the route is the channel's own, whatever path a program would like.
  expect(hosted.url('open', '/other')).toBe('ws://127.0.0.1:1/elsewhere')
  expect((await hostAtUrl(opened[0]?.tiny.url ?? '', { capabilities: [] })).capabilities).toEqual([])
})

test('events are told as they come, once each, by the process they name', async () => {
  const { tiny, hosted, told, until } = await launched()
  tiny.trace(settled)
  tiny.trace({ ...settled, process: 'second' })
  await until(2)
  tiny.trace(settled)
  await hosted.flush?.()
  expect(told.map(([process, { seq }]) => [process, seq])).toEqual([
    ['host', 1],
    ['second', 2],
    ['host', 3],
  ])
})

test('a flush tells what was traced though the waiting request has not been answered', async () => {
  // The first request for the trace is left open for good.
  let first = true
  const { tiny, hosted, told } = await launched((request) => {
    if (!first || request.url?.startsWith('/conformance/trace') !== true) return false
    first = false
    return true
  })
  tiny.trace(settled)
  await hosted.flush?.()
  expect(told).toHaveLength(1)
})

test('what was traced before the launch is not told, and its number is known', async () => {
  const tiny = await tinyHost()
  opened.push({ tiny })
  tiny.trace(settled)
  const host = await hostAtUrl(tiny.url)
  const told: TraceEvent[] = []
  const hosted = await host.launch({}, (_process, event) => told.push(event))
  tiny.trace(settled)
  await hosted.flush?.()
  await host.end()
  expect(told.map(({ seq }) => seq)).toEqual([2])
  expect(hosted.tracedBefore).toBe(1)
})

test('a publish, the residue and idleness are told behind the events they come after', async () => {
  const { tiny, hosted, told } = await launched(
    at('/conformance/publish', (response, body) => {
      tiny.trace(settled)
      response.end(JSON.stringify(body.includes('"bad"') ? rejected : { outcome: 'ok' }))
    }),
  )
  const rejected = { outcome: 'rejected', error: { name: 'TypeError', message: 'no', typeError: true } }
  await hosted.publish?.('t', null, { m: 1 })
  expect(told).toHaveLength(1)
  await expect(hosted.publish?.('bad', 'x', 1)).rejects.toMatchObject({ name: 'TypeError', message: 'no' })
  expect(await hosted.residue?.()).toEqual({ channels: ['a'], subscriptions: [['t', 'a']] })
  await hosted.idle?.()
  expect(tiny.asked.filter((each) => each.startsWith('POST'))).toHaveLength(3)
})

test('gates are opened by their names, whatever is in them', async () => {
  const { tiny, hosted } = await launched()
  hosted.openGate('7:a/b ?')
  await hosted.residue?.()
  expect(tiny.asked).toContain('POST /conformance/gates/7%3Aa%2Fb%20%3F')
})

test('it is not stopped, only listened to no more', async () => {
  const { tiny, hosted, told } = await launched()
  await hosted.stop()
  tiny.trace(settled)
  await hosted.flush?.()
  expect(told).toEqual([])
})

test('nothing that listens, and a variant', async () => {
  const { tiny, host } = await launched()
  await expect(host.launch({ variant: 'twice' }, () => {})).rejects.toThrow('cannot be started with another wiring')
  await tiny.die()
  await expect(hostAtUrl(tiny.url)).rejects.toThrow(
    new RegExp(`^no answer to GET ${tiny.url}/conformance: .+; expected one with status 200$`),
  )
})

test.each([
  ['nonsense', 'hello', /was answered with "hello": expected JSON/],
  ['no object', '3', /was answered with "3": expected an object/],
  ['another version', { conformance: 2 }, /the conformance "2": expected 1/],
  ['no name', { name: 7 }, /the name "7": expected a name/],
  ['an unknown capability', { capabilities: ['flying'] }, /capabilities "\[\\"flying\\"\]": expected names of capabilities/],
  ['no main', { channels: { open: 'ws://x/open' } }, /expected main among them/],
  ['no address', { channels: { main: 'http://x/main' } }, /expected a WebSocket address without a query for main/],
  ['an unknown channel', { channels: { nave: 'ws://x/nave' } }, /expected no nave, which the probe does not have/],
  ['an unknown view', { observes: ['all'] }, /expected a list of hub, residue, idle/],
  ['no number', { trace: 'many' }, /the trace "\\"many\\"": expected the number of the last event/],
])('a description with %s', async (_what, given, message) => {
  const text = typeof given === 'string' ? given : JSON.stringify({ ...description, ...given })
  const tiny = await tinyHost(at('/conformance', (response) => void response.end(text)))
  opened.push({ tiny })
  await expect(hostAtUrl(tiny.url)).rejects.toThrow(message)
})

test.each([
  ['another status', 503, 'busy', /trace\?after=0 was answered with status 503 and "busy": expected 200/],
  ['no JSON', 200, 'seq 1', /the line "seq 1", and it is no JSON: expected a trace event/],
  ['a gap', 200, { seq: 3, at: 'server', ...settled }, /the event 3: expected 1, the next number/],
  ['an unknown kind', 200, { seq: 1, at: 'server', kind: 'party' }, /its kind is none of enter, begin/],
  ['a field missing', 200, { seq: 1, at: 'server', kind: 'settled', call: 1 }, /and it has no handler/],
  ['a field of another kind', 200, { seq: 1, at: 'server', ...settled, call: 'x' }, /its call is not of the kind integer/],
])('a trace with %s ends the host', async (_what, status, line, message) => {
  const text = typeof line === 'string' ? line : JSON.stringify(line)
  const { host } = await launched(at('/conformance/trace', (response) => void response.writeHead(status).end(text)))
  await expect(host.died).rejects.toThrow(message)
})

test.each([
  ['publish', /a request was answered with "\[\]": expected {"outcome":"ok"} or "rejected" with its error/],
  ['residue', /GET \/conformance\/residue was answered with "\[\]": expected channels and subscriptions/],
])('nonsense in answer to %s is told to whoever asked, and ends the host', async (path, message) => {
  const { host, hosted } = await launched(at(`/conformance/${path}`, (response) => void response.end('[]')))
  await expect(path === 'publish' ? hosted.publish?.('t', null, 1) : hosted.residue?.()).rejects.toThrow(message)
  await expect(host.died).rejects.toThrow(message)
})

test('a gate that is refused ends the host', async () => {
  const { host, hosted } = await launched(at('/conformance/gates', (response) => void response.writeHead(404).end('none')))
  hosted.openGate('g')
  await expect(host.died).rejects.toThrow(/POST .*\/gates\/g was answered with status 404 and "none": expected 204/)
})

test('connections that programs leave open are cut with the host', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const { host, hosted } = await launched()
  const heard = { open: () => {}, refused: () => {}, receive: () => {} }
  const gone = new Promise<void>((resolve) => {
    hosted.dial?.(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, [], { ...heard, closed: () => resolve() })
  })
  await new Promise((resolve) => server.once('connection', resolve))
  await host.end()
  await gone
  server.close()
})

test('a host that dies is told of, with what it was asked', async () => {
  const { tiny, host } = await launched()
  await tiny.die()
  await expect(host.died).rejects.toThrow(/^no answer to GET .*\/conformance\/trace\?after=0: .*; expected one with status 200$/)
})

test('a trace that is never answered is given up', async () => {
  const { host } = await launched(
    at('/conformance/trace', () => {}),
    50,
  )
  await expect(host.died).rejects.toThrow(/no answer to GET .*trace\?after=0 within 0.05 s: expected one with status 200/)
})

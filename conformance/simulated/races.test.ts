import { expect, test } from 'vitest'
import type { HistoryEvent, ServerEventOf } from '../../spec/history.ts'
import type { PlatformEvent } from '../../spec/platform.ts'
import { countRaces, type Race } from './races.ts'

/** A history of these events, in this order. */
function history(...events: object[]): HistoryEvent[] {
  return events.map((event, seq) => ({ ...event, seq, process: 'host', at: 'server' }) as HistoryEvent)
}

const invoked = (invocation: number, event: PlatformEvent, channelId = 'c') => ({ kind: 'invoked', invocation, event, channelId })
const request = (invocation: number | undefined, of: ServerEventOf<'request'>['request'], about = 'c') => ({
  kind: 'request',
  request: of,
  about,
  ...(invocation === undefined ? {} : { invocation }),
})
const post = (of: number, invocation: number | undefined, text?: string, channelId = 'c') => ({
  kind: 'post',
  post: of,
  channelId,
  endpoint: 'e',
  ...(text === undefined ? {} : { data: { text } }),
  ...(invocation === undefined ? {} : { invocation }),
})
const posted = (of: number, status: number, channelId = 'c') => ({
  kind: 'posted',
  post: of,
  channelId,
  status,
  delivered: status < 300,
})

const hit = (...events: object[]): Partial<Record<Race, number>> =>
  Object.fromEntries(Object.entries(countRaces(history(...events))).filter(([, count]) => count > 0))

const entering = [request(1, 'topics.intend'), request(1, 'topics.enter')]
const looking = request(1, 'channels.find')
const closing = [post(1, 2), posted(1, 204), request(2, 'channels.close'), request(2, 'topics.intents')]

test('a subscribe races with a close that asks while it is under way', () => {
  expect(hit(invoked(1, 'message'), invoked(2, 'message'), ...entering, ...closing, looking)).toEqual({ 'subscribe/close': 1 })
  expect(hit(...entering.slice(0, 1), ...closing, ...entering.slice(1), looking)).toEqual({ 'subscribe/close': 1 })
  expect(hit(...closing.slice(0, 3), ...entering, looking, ...closing.slice(3))).toEqual({ 'subscribe/close': 1 })
})

test('one after the other is no race, and neither are two channels', () => {
  expect(hit(...entering, looking, ...closing)).toEqual({})
  expect(hit(...closing, ...entering, looking)).toEqual({})
  expect(hit(request(1, 'topics.intend', 'd'), ...closing, request(1, 'channels.find', 'd'))).toEqual({})
})

test('an invocation does not race with itself', () => {
  expect(hit(request(2, 'topics.intend'), ...closing, request(2, 'channels.find'))).toEqual({})
})

test('a close races with a post that finds its channel gone', () => {
  const gone = [post(2, 3, 'x'), posted(2, 410)]
  expect(hit(...closing.slice(0, 2), ...gone, request(2, 'channels.close'), request(3, 'channels.find'))).toEqual({
    'close/gone': 1,
  })
  // The post was answered when all was over, and nothing was asked afterwards.
  expect(hit(...closing, ...gone, request(3, 'channels.find'))).toEqual({})
  // A post that arrived finds nobody gone.
  expect(hit(closing[0] as object, post(2, 3, 'x'), posted(2, 200), ...closing.slice(1), request(3, 'channels.find'))).toEqual({})
})

test('a connect races with the disconnect that asks between its requests', () => {
  const connecting = [request(1, 'channels.schedule'), request(1, 'channels.add'), request(1, 'channels.change')]
  const leaving = [request(2, 'channels.find'), request(2, 'channels.change')]
  const both = [invoked(1, 'connect'), invoked(2, 'disconnect')]
  expect(hit(...both, ...connecting.slice(0, 2), ...leaving, ...connecting.slice(2))).toEqual({ 'connect/disconnect': 1 })
  expect(hit(...both, ...connecting, ...leaving)).toEqual({})
})

test('a delivery races with a message that asks while it posts', () => {
  const both = [invoked(1, 'deliver'), invoked(2, 'message')]
  const delivery = [request(1, 'channels.change'), post(1, 1, 'x'), posted(1, 200), request(1, 'channels.change')]
  const message = [request(2, 'channels.find'), request(2, 'channels.find')]
  expect(hit(...both, ...delivery.slice(0, 3), ...message, ...delivery.slice(3))).toEqual({ 'deliver/message': 1 })
  expect(hit(...both, ...delivery, ...message)).toEqual({})
})

test('a publish races with the removal of one it has listed', () => {
  const removing = [request(2, 'channels.close'), request(2, 'topics.intents'), request(2, 'topics.leave')]
  const listed = request(1, 'topics.subscribers', 't')
  expect(hit(invoked(1, 'message', 'd'), listed, ...removing, post(1, 1, 'x'), posted(1, 410))).toMatchObject({
    'publish/remove': 1,
  })
  // The host's publishes have no invocation.
  expect(hit(request(undefined, 'topics.subscribers', 't'), ...removing, post(1, undefined, 'x'))).toMatchObject({
    'publish/remove': 1,
  })
  expect(hit(listed, post(1, 1, 'x'), ...removing)).toEqual({})
  // It was not posted to: it was not listed.
  expect(hit(listed, ...removing, post(1, 1, 'x', 'd'))).toEqual({})
})

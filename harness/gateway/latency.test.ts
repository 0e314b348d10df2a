import { expect, test } from 'vitest'
import { slow, turns } from './latency.ts'
import { World } from './testing/world.ts'

test('messages that are late are overtaken by the next of their connection', async () => {
  const bodies: unknown[] = []
  const world = new World(async ({ payload }) => {
    if ('body' in payload) bodies.push(payload.body)
    return undefined
  })
  await world.platform.command({ do: 'faults', conn: 'c0', faults: { messages: 'overtaken' } })
  const { client } = await world.connect()
  for (const text of ['first', 'second', 'third']) world.platform.receive(client, text)
  await world.platform.idle()
  expect(bodies.filter((body) => body !== undefined && body !== null)).toEqual(['second', 'first', 'third'])
})

test('a slow post is answered as others are, later than those that begin behind it', async () => {
  const world = new World()
  await world.platform.command({ do: 'faults', conn: 'c0', faults: { posts: ['slow'] } })
  await world.connect()
  const { endpoint, connectionId } = world.platform.addressOf(world.channelOf('c0')) ?? { endpoint: '', connectionId: '' }
  const first = world.platform.management.begin(connectionId, endpoint, 'x')
  expect(first.turns).toBe(slow)
  expect(first.answer()).toBe(200)
  expect(world.platform.management.begin(connectionId, endpoint, 'y').turns).toBeLessThan(slow)
})

test('turns pass one after another', async () => {
  const order: number[] = []
  await Promise.all([turns(3).then(() => order.push(3)), turns(1).then(() => order.push(1))])
  expect(order).toEqual([1, 3])
})

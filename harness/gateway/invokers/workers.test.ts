import { afterEach, expect, it } from 'vitest'
import type { TraceEvent } from '../../../spec/history.ts'
import { SteppedClock } from '../clock.ts'
import type { Doing } from '../testing/worker-module.ts'
import { FakeClient, World } from '../testing/world.ts'
import { Workers, type WorkersOptions } from './workers.ts'

const module = new URL('../testing/worker-module.ts', import.meta.url).href

const running: Workers[] = []
afterEach(async () => {
  for (const workers of running.splice(0)) await workers.stop()
})

interface Lot {
  workers: Workers
  world: World
  client: FakeClient
  /** What the probes of the workers logged, each with its worker's name. */
  logged: [worker: string, message: string, details: unknown][]
  gates: string[]
  send(...doings: Doing[]): void
}

async function start(options: Partial<WorkersOptions> = {}): Promise<Lot> {
  const logged: Lot['logged'] = []
  const gates: string[] = []
  const clock = new SteppedClock()
  let world!: World
  const workers = await Workers.start({
    module,
    count: 2,
    seed: 1,
    capabilities: [],
    clock,
    relay: (name: string, event: TraceEvent) => {
      if (event.kind === 'log') logged.push([name, event.message, event.details])
    },
    gate: (name) => gates.push(name),
    defer: (channelId) => world.platform.defer(channelId),
    ...options,
  })
  running.push(workers)
  world = new World(undefined, {
    invoker: workers,
    clock: {
      now: () => clock.now(),
      advance: (milliseconds) => {
        clock.advance(milliseconds)
        return workers.advance(milliseconds)
      },
    },
  })
  const client = new FakeClient()
  await world.connect('c0', '/a', client)
  const send = (...doings: Doing[]): void => world.platform.receive(client, JSON.stringify(doings))
  return { workers, world, client, logged, gates, send }
}

const messages = ({ logged }: Lot): string[] => logged.map(([, message]) => message)

it("each event goes to a worker of the seed's choice, and is told with its name", async () => {
  const choices = await Promise.all(
    [1, 1, 2].map(async (seed) => {
      const lot = await start({ seed, settings: { a: 1 } })
      for (let index = 0; index < 10; index++) lot.send()
      await lot.world.platform.idle()
      const invoked = lot.world.trace.flatMap((event) => (event.kind === 'invoked' ? [event.worker] : []))
      expect(new Set(invoked)).toEqual(new Set(['worker1', 'worker2']))
      const handled = lot.logged.filter(([, message]) => message === 'message')
      expect(handled.map(([name]) => name).toSorted()).toEqual(invoked.slice(1).toSorted())
      expect(handled[0]?.[2]).toEqual({ clock: 0, settings: { a: 1 } })
      return invoked.join()
    }),
  )
  expect(choices[0]).toBe(choices[1])
  expect(choices[0]).not.toBe(choices[2])
})

it('gates reach across workers, and those of later', async () => {
  const lot = await start()
  for (let index = 0; index < 6; index++) lot.send({ hold: 'a' })
  lot.send({ open: 'a' })
  await lot.world.platform.idle()
  expect(lot.gates).toEqual(['a'])
  lot.workers.openGate('b')
  const before = lot.workers.names
  for (const name of before) lot.workers.kill(name)
  for (let index = 0; index < 4; index++) lot.send({ hold: 'a' }, { hold: 'b' })
  await lot.world.platform.idle()
  expect(lot.world.events.filter((event) => event === '-message')).toHaveLength(11)
  expect(lot.workers.names.some((name) => before.includes(name))).toBe(false)
})

it('a worker killed in the middle of invocations ends them all, is replaced, and its trace is whole until then', async () => {
  const lot = await start()
  for (let index = 0; index < 8; index++) lot.send({ requests: 3 }, { hold: 'never' })
  const all = new Promise<void>((resolve) => {
    const look = (): void => {
      if (messages(lot).filter((message) => message === 'request 3').length === 8) resolve()
      else setImmediate(look)
    }
    look()
  })
  await all
  const [victim = ''] = lot.workers.names
  lot.workers.kill(victim)
  lot.workers.openGate('never')
  await lot.world.platform.idle()
  const given = lot.world.trace.filter(
    (event) => event.kind === 'invoked' && event.event === 'message' && event.worker === victim,
  )
  expect(given.length).toBeGreaterThan(0)
  expect(lot.world.events.filter((event) => event === '-message killed')).toHaveLength(given.length)
  expect(lot.client.seen.slice(1).map((text) => JSON.parse(text).message)).toEqual(given.map(() => 'Internal server error'))
  expect(lot.workers.kills).toBe(1)
})

it('an invocation is killed before or after its nth request, and deferred work of its comes once more', async () => {
  for (const when of ['before', 'after'] as const) {
    const lot = await start({ count: 1 })
    await lot.world.platform.command({ do: 'faults', conn: 'c1', faults: { kill: { event: 'message', request: 2, when } } })
    const { client } = await lot.world.connect('c1')
    lot.logged.length = 0
    lot.world.platform.receive(client, JSON.stringify([{ defer: true }, { requests: 3 }] satisfies Doing[]))
    await lot.world.platform.idle()
    expect(messages(lot).filter((message) => message.startsWith('request'))).toEqual(
      when === 'before' ? ['request 1'] : ['request 1', 'request 2'],
    )
    expect(lot.world.events).toContain('-message killed')
    expect(lot.world.events.filter((event) => event === '-deliver')).toHaveLength(1)
    expect(client.seen[1]).toContain('Internal server error')
  }
})

it("a connect is overtaken in a worker as in the platform's own process", async () => {
  const lot = await start()
  const { platform } = lot.world
  const after = new Set<number>()
  for (let step = 0; step < 6; step++) {
    lot.logged.length = 0
    await platform.command({ do: 'faults', conn: `d${step}`, faults: { disconnect: 'overtaking' } })
    expect((await lot.world.connect(`d${step}`)).status).toBe(0)
    await platform.idle()
    const order = messages(lot)
    expect(order).toHaveLength(5)
    after.add(order.indexOf('disconnect'))
  }
  expect([...after].every((index) => index >= 2 && index <= 4)).toBe(true)
  expect(after.size).toBeGreaterThan(1)
})

it('the clock, questions and announcements reach workers, later ones the clock too', async () => {
  const heard: unknown[] = []
  const lot = await start({
    heard: (report) => heard.push(report),
    answer: async (question) => (question === 'bad' ? Promise.reject(new Error('no')) : [question]),
  })
  lot.send({ wait: 3_600_000 })
  lot.send({ ask: 1 }, { ask: 'bad' }, { report: 'x' })
  await lot.world.platform.command({ do: 'advance', milliseconds: 3_600_000 })
  lot.workers.tell({ hello: 1 })
  // Answered behind what was told before.
  await lot.workers.advance(0)
  await lot.world.platform.idle()
  expect(lot.logged.filter(([, message]) => message === 'answer').map(([, , details]) => details)).toEqual([[1], 'Error: no'])
  expect(heard).toEqual(['x'])
  for (const name of lot.workers.names) lot.workers.kill(name)
  await lot.world.connect('c1')
  await lot.world.platform.idle()
  expect(lot.logged.filter(([, message]) => message === 'told')).toHaveLength(2)
  expect(lot.logged.findLast(([, message]) => message === 'connect')?.[2]).toMatchObject({ clock: 3_600 })
})

it('handlers that reject have failed, and modules that do not load are told of', async () => {
  const lot = await start({ count: 1 })
  lot.send({ reject: 'why not' })
  await lot.world.platform.idle()
  expect(lot.world.events.at(-1)).toBe('-message failed')
  await expect(start({ settings: 'broken' })).rejects.toThrow('TypeError: broken on purpose')
})

it('chance kills no worker that is busy with many, and what comes after a doomed invocation goes elsewhere', async () => {
  const lot = await start({ killEvery: 3, count: 2 })
  for (let index = 0; index < 200; index++) lot.send({ requests: 3 }, { hold: 'all' })
  lot.workers.openGate('all')
  await lot.world.platform.idle()
  const killed = lot.world.events.filter((event) => event === '-message killed').length
  expect(lot.workers.kills).toBeGreaterThan(0)
  expect(killed).toBeLessThan(40)
})

it('about every Nth invocation kills a worker, the same ones for a seed', async () => {
  const lot = await start({ killEvery: 5, count: 3 })
  for (let index = 0; index < 60; index++) {
    lot.send({ requests: 4 })
    await lot.world.platform.idle()
  }
  const killed = lot.world.events.filter((event) => event === '-message killed').length
  expect(lot.workers.kills).toBeGreaterThan(4)
  expect(lot.workers.kills).toBeLessThan(25)
  expect(killed).toBeGreaterThan(0)
  expect(killed).toBeLessThan(lot.workers.kills)
})

/** Hubs that give a publish to the wrong receivers, in the wrong order, or too often. */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'publishing', base: 'ws' } as const
const loop = 'for (const [id, connection] of connections) if (id !== excludeId) connection.deliver(frame)'
const hub = (replace: string): Edit => ({ file: 'adapters/ws/hub.ts', find: loop, replace })

export const deliveryMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'delivers-twice',
    expected: 'PUB-01',
    also: {
      'PUB-05': 'every second copy is a message received twice',
      'SUB-03': 'who subscribed twice is given two copies like everyone',
      'PUB-12': 'so is each of a thousand',
    },
    standsFor: 'a transport with topics of its own, and a loop over the subscribers beside it',
    edits: [
      hub(
        'for (const [id, connection] of connections) if (id !== excludeId) for (let copy = excludeId === null ? 2 : 1; copy > 0; copy--) connection.deliver(frame)',
      ),
    ],
  },
  {
    ...common,
    name: 'excludes-nobody',
    expected: 'PUB-02',
    also: {},
    standsFor: 'an exclusion that is accepted as an argument and never looked at',
    edits: [hub('for (const [, connection] of connections) connection.deliver(frame)')],
  },
  {
    ...common,
    name: 'excludes-everybody-for-a-stranger',
    expected: 'PUB-03',
    also: {
      'PUB-10': 'the excluded one may be the one that is gone',
      'SUB-09': 'a disconnect handler excludes its own channel, which is closed',
      'SUB-11': 'a publish that excludes a registered receiver reaches no channel',
    },
    standsFor: "broadcasting through the excluded client's socket, which has to be subscribed itself",
    edits: [hub(`if (excludeId === null || connections.has(excludeId)) ${loop}`)],
  },
  {
    ...common,
    name: 'keeps-messages-for-the-first-subscriber',
    expected: 'PUB-04',
    also: {
      'SUB-02': 'who has unsubscribed and subscribes again is given what came between',
      'SEND-02': 'topics that are the same in every program bring the messages of an earlier one',
      'SEND-07': 'what was kept comes later than what was published after it',
      'PUB-07': 'and later than what the same handler has sent since',
    },
    standsFor: 'a queue behind each topic, as some brokers have it, taken for granted',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '      this.#transport.entered?.(topic, member.socket)',
        replace:
          '      const kept = this.kept.get(topic)\n      this.kept.delete(topic)\n      if (kept !== undefined) this.#transport.deliver(topic, kept, new Map([[id, member.socket]]), null)',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry === undefined) return\n    if (entry.sockets.size > 0)',
        replace:
          '    if (entry === undefined) {\n      this.kept.set(topic, encoded)\n      return\n    }\n    if (entry.sockets.size > 0)',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '  readonly #logger: Logger',
        replace: '  readonly #logger: Logger\n  readonly kept = new Map()',
      },
    ],
  },
  {
    ...common,
    name: 'greets-with-a-message',
    expected: 'PUB-05',
    also: {
      'SEND-02': 'an onConnect that returned nothing seems to have sent something',
      'SEND-13': 'nor is there anything else it could answer to where an output schema refused a value',
    },
    standsFor: "a library's own hello message that reaches the application's client",
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: '    this.channel.open()\n',
        replace: '    this.channel.open()\n    this.send(\'{"type":"hello"}\')\n',
      },
    ],
  },
  {
    ...common,
    name: 'overtakes-itself',
    expected: 'PUB-06',
    also: {
      'PUB-07': 'a send overtakes the publish before it too',
      'SEND-07': 'that is the same order across the hub',
    },
    standsFor: 'publishes spread over two workers, each of which keeps an order of its own',
    edits: [
      {
        file: 'adapters/ws/hub.ts',
        find: loop,
        replace: `const later = [...connections]\n        const all = () => { for (const [id, connection] of later) if (id !== excludeId) connection.deliver(frame) }\n        globalThis.handedOn = !globalThis.handedOn\n        if (globalThis.handedOn) setImmediate(all)\n        else all()`,
      },
    ],
  },
  {
    ...common,
    name: 'publishes-a-turn-later',
    expected: 'PUB-07',
    also: { 'SEND-07': 'that is the same order across the hub' },
    standsFor: 'a hub that gathers the publishes of a turn before it writes them',
    edits: [
      hub(
        'const later = [...connections]\n        process.nextTick(() => { for (const [id, connection] of later) if (id !== excludeId) connection.deliver(frame) })',
      ),
    ],
  },
  {
    ...common,
    name: 'stops-after-512-receivers',
    expected: 'PUB-12',
    also: {},
    standsFor: 'a page of subscribers read from a store, and no second page',
    edits: [
      hub(
        'let left = 512\n        for (const [id, connection] of connections) if (id !== excludeId && left-- > 0) connection.deliver(frame)',
      ),
    ],
  },
  {
    ...common,
    name: 'keeps-topics-per-route',
    expected: 'PUB-13',
    also: {
      'PUB-08': 'what the channel with output schemas publishes reaches no other',
      'SUB-01': 'a subscription holds whoever publishes',
      'PUB-12': 'the crowd came by another route than who publishes to it',
    },
    standsFor: 'a hub for each route, where the application sees one',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'services.eventHub = new HubFacade(this.#port.hub, this)',
        replace:
          'const { hub, channel } = this.#port\n    services.eventHub = new HubFacade({ ...hub, publish: (...of) => { globalThis.fromRoute = channel.name; try { return hub.publish(...of) } finally { globalThis.fromRoute = undefined } } }, this)',
      },
      hub(
        'const route = globalThis.fromRoute\n        for (const [id, connection] of connections) if (id !== excludeId && (route ?? connection.channel.channel.name) === connection.channel.channel.name) connection.deliver(frame)',
      ),
    ],
  },
  {
    ...common,
    name: 'stops-at-the-excluded-one',
    expected: 'PUB-02',
    also: { 'PUB-08': 'a payload for all but its publisher arrives nowhere' },
    standsFor: 'a break where a continue was meant: whoever stands behind the excluded subscriber is given nothing',
    edits: [
      hub(
        'for (const [id, connection] of connections) {\n          if (id === excludeId) break\n          connection.deliver(frame)\n        }',
      ),
    ],
  },
  {
    ...common,
    name: 'writes-what-it-has-gathered-last-first',
    expected: 'PUB-06',
    also: { 'SEND-07': 'publishes of one handler arrive the other way round, awaited or not' },
    standsFor: 'a buffer of publishes for each socket that is emptied with pop, before a reply or when nothing else comes',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: '    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)\n',
        replace:
          '    this.gathered ??= []\n    if (this.gathered.push(frame) === 1) setTimeout(() => this.flush(), 40)\n  }\n\n  flush(): void {\n    for (let frame = this.gathered?.pop(); frame !== undefined; frame = this.gathered.pop()) if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)\n',
      },
      {
        file: 'adapters/ws/connection.ts',
        find: '    writeFrame(this.#stream, encoded)\n',
        replace: '    this.flush()\n    writeFrame(this.#stream, encoded)\n',
      },
      {
        file: 'adapters/ws/connection.ts',
        find: '    this.#socket.close(code)\n',
        replace: '    this.flush()\n    this.#socket.close(code)\n',
      },
    ],
  },
  {
    ...common,
    name: 'pages-that-overlap',
    expected: 'PUB-12',
    also: {},
    standsFor: 'a second page of subscribers that begins with the last one of the first',
    edits: [
      hub(
        'const all = [...connections]\n        for (let from = 0; from < all.length; from += 511) for (const [id, connection] of all.slice(from, from + 512)) if (id !== excludeId) connection.deliver(frame)',
      ),
    ],
  },
]

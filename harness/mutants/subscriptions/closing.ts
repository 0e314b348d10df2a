/** Channels that leave something behind, or go on after their end. */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'subscriptions', base: 'ws' } as const
const localHub = (find: string, replace: string): Edit => ({ file: 'adapters/runtime/local-hub.ts', find, replace })
const channel = (find: string, replace: string): Edit => ({ file: 'adapters/runtime/local-channel.ts', find, replace })
const told = '    this.#host.hub.onChannelClosed(this.channelId)\n'
const ended = '    this.ended = true\n'

export const closingMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'forgets-channels-that-close-themselves',
    expected: 'SUB-06',
    also: {
      'SUB-07': 'what is subscribed as it closes stays as well',
      'LIFE-09': 'so does what a connection that was refused had subscribed',
      'LIFE-19': 'or one whose client had left',
    },
    standsFor: 'a clean-up that hangs on the close event of the client alone: neither its errors nor a close() lead there',
    edits: [
      channel(told, `    if (code === undefined && this.failing !== true) this.#host.hub.onChannelClosed(this.channelId)\n`),
      {
        file: 'adapters/ws/connection.ts',
        find: 'function onError(this: WebSocket): void {\n',
        replace:
          'function onError(this: WebSocket): void {\n  const failing = connectionOf(this)\n  if (failing !== undefined) failing.channel.failing = true\n',
      },
    ],
  },
  {
    ...common,
    name: 'subscribes-ghosts',
    expected: 'SUB-07',
    also: {
      'SUB-10': 'an id nobody has is taken in the same way',
      'LIFE-09': 'so is a connection that was refused',
      'LIFE-19': 'and one whose client had left',
    },
    standsFor: 'an entry made for whatever id a subscribe names',
    edits: [
      localHub(
        '    const member = this.#members.get(id)\n    // Nobody of that id',
        '    if (!this.#members.has(id)) this.#members.set(id, { id, topics: undefined, receive: () => {} })\n    const member = this.#members.get(id)\n    // Nobody of that id',
      ),
    ],
  },
  {
    ...common,
    name: 'inherits-subscriptions',
    expected: 'SUB-08',
    also: {
      'PUB-04': 'whoever connects next may be another client',
      'SUB-02': 'what the new channel unsubscribed may come with the next one',
      'SUB-05': 'topics that are the same in every program are inherited by the next one',
    },
    standsFor: 'a session resumed for whoever comes next from the same address',
    edits: [
      localHub(
        '    this.#members.set(channelId, { id: channelId, topics: undefined, socket })\n',
        '    this.#members.set(channelId, { id: channelId, topics: undefined, socket })\n    for (const topic of this.left ?? []) this.#subscribe(topic, channelId)\n',
      ),
      localHub(
        '    if (member !== undefined) this.#remove(member)\n',
        '    this.left = [...(member?.topics ?? [])]\n    if (member !== undefined) this.#remove(member)\n',
      ),
    ],
  },
  {
    ...common,
    name: 'silences-onDisconnect',
    expected: 'SUB-09',
    also: {},
    standsFor: 'a hub that drops what a closed channel publishes',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'services.eventHub = new HubFacade(this.#port.hub, this)',
        replace:
          "const { hub } = this.#port\n    services.eventHub = new HubFacade(this.#kind === 'disconnect' ? { ...hub, publish: () => undefined } : hub, this)",
      },
    ],
  },
  {
    ...common,
    name: 'publishes-to-closed-channels',
    expected: 'SUB-12',
    also: { 'SUB-09': 'what onDisconnect publishes reaches its own channel' },
    standsFor: 'subscriptions that end with onDisconnect, on a socket that ends a turn later',
    edits: [
      channel(told, ''),
      channel(ended, `${ended}${told}`),
      {
        file: 'adapters/ws/connection.ts',
        find: '    this.#socket.close(code)\n',
        replace: '    setImmediate(() => this.#socket.close(code))\n',
      },
    ],
  },
  {
    ...common,
    name: 'throws-for-whoever-has-left',
    expected: 'SUB-07',
    also: { 'LIFE-17': 'left unawaited, it is an error that nobody handles' },
    standsFor: 'an error of its own for an id that is not there, in an async function that nobody need await',
    edits: [
      localHub(
        'if (member === undefined || member.topics?.has(topic)) return',
        "if (member === undefined) throw new Error('no such subscriber')\n    if (member.topics?.has(topic)) return",
      ),
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "return this.#refuse('subscribe', error)",
        replace: 'return Promise.reject(error)',
      },
    ],
  },
  {
    ...common,
    name: 'hands-out-freed-ids',
    expected: 'SUB-08',
    also: {
      'LIFE-03': 'an id belongs to one connection for good',
      'LIFE-05': 'the channel of that id was closed, and is open again',
      'LIFE-24': 'and has its events a second time',
      'SUB-01': 'what it had subscribed to before is not delivered any more',
      'PUB-09': 'also where the host publishes',
    },
    standsFor: 'a pool of ids: what a channel gives back the next one is given',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: 'channelId: hub.freed.pop() ?? randomUUID(),',
      },
      localHub('  readonly #logger: Logger', '  readonly #logger: Logger\n  readonly freed = []'),
      channel(ended, `${ended}    this.#host.hub.freed.push(this.channelId)\n`),
    ],
  },
]

/** Hubs that refuse or damage what is published. */
import type { Mutant } from '../mutant.ts'

const common = { area: 'publishing', base: 'ws' } as const

export const publisherMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'drops-falsy-payloads',
    expected: 'PUB-08',
    also: {
      'SEND-04': 'a publish of undefined resolves, as it does for every falsy value',
      'SEND-05': 'publishing 0 encodes unlike sending it',
    },
    standsFor: "the test for a result that the runtime page's own sample makes",
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "      return this.#settle('publish',",
        replace: "      if (!payload) return done\n      return this.#settle('publish',",
      },
    ],
  },
  {
    ...common,
    name: 'wakes-with-the-first-connection',
    expected: 'PUB-09',
    also: {
      'PUB-11': 'with nobody connected, nobody is subscribed either',
      'PUB-03': 'an exclusion does not make it work',
      'SUB-05': 'nor does the topic',
    },
    standsFor: 'a hub that exists only once the server has seen a connection',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry === undefined) return\n    if (entry.sockets.size > 0)',
        replace:
          "    if (this.#members.size === 0) throw new Error('the hub has not been started')\n    if (entry === undefined) return\n    if (entry.sockets.size > 0)",
      },
    ],
  },
  {
    ...common,
    name: 'stumbles-over-a-closed-socket',
    expected: 'PUB-10',
    also: {
      'SUB-09': 'what onDisconnect publishes meets its own closed socket',
      'SUB-11': 'a receiver of the application stands behind the sockets',
    },
    standsFor: 'a loop over sockets without a look at their state, and a clean-up that comes after onDisconnect',
    edits: [
      { file: 'adapters/runtime/local-channel.ts', find: '    this.#host.hub.onChannelClosed(this.channelId)\n', replace: '' },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    this.ended = true\n',
        replace: '    this.ended = true\n    this.#host.hub.onChannelClosed(this.channelId)\n',
      },
      {
        file: 'adapters/ws/connection.ts',
        find: '    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)',
        replace:
          "    if (this.#socket.readyState !== WebSocket.OPEN) throw new Error('the socket is not open')\n    this.#stream.write(frame)",
      },
    ],
  },
  {
    ...common,
    name: 'refuses-to-publish-to-nobody',
    expected: 'PUB-11',
    also: {
      'PUB-09': "the host's publishes to nobody reject too",
      'PUB-03': 'so do those that exclude somebody',
      'SUB-05': 'so do those to topics of every other kind',
    },
    standsFor: 'a topic that is looked up and taken for an error where it is missing',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry === undefined) return\n    if (entry.sockets.size > 0)',
        replace: "    if (entry === undefined) throw new Error('no such topic')\n    if (entry.sockets.size > 0)",
      },
    ],
  },
  {
    ...common,
    name: 'takes-the-count-for-an-error',
    expected: 'PUB-01',
    also: {
      'PUB-03': 'a publish that excludes a stranger has receivers as well',
      'PUB-09': 'so has one of the host',
      'PUB-10': 'and one that meets somebody who is going',
      'LIFE-21': 'and one that is made when its handler has settled',
      'SUB-11': 'who stands beside a receiver that throws is counted too',
    },
    standsFor: 'the number of receivers that a broker answers with, taken for a code that is not zero',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry.receivers.size > 0) return this.#receive([...entry.receivers], excludeId, encoded)\n',
        replace:
          "    const received = entry.receivers.size > 0 ? this.#receive([...entry.receivers], excludeId, encoded) : undefined\n    if (entry.sockets.size > 0) throw new Error('the publish failed with ' + entry.sockets.size)\n    return received\n",
      },
    ],
  },
  {
    ...common,
    name: 'opens-topics-with-a-subscribe',
    expected: 'PUB-09',
    also: {
      'PUB-03': 'who excludes itself need not have subscribed',
      'PUB-08': 'a route that only publishes has opened no topic',
      'PUB-12': 'nor has who publishes to a crowd',
      'PUB-13': 'or through another route',
      'SUB-01': 'a subscription holds whoever publishes',
      'SUB-11': 'a receiver that another handler has registered is given nothing either',
    },
    standsFor: "a broker's topics that each connection opens as it subscribes, where a publish finds none that it has not opened",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'services.eventHub = new HubFacade(this.#port.hub, this)',
        replace:
          'const { hub } = this.#port\n    const opened = (this.#port.opened ??= new Set())\n    const subscribe = (topic, id) => (opened.add(topic), hub.subscribe(topic, id))\n    const publish = (topic, ...of) => (opened.has(topic) ? hub.publish(topic, ...of) : undefined)\n    services.eventHub = new HubFacade({ ...hub, subscribe, publish }, this)',
      },
    ],
  },
  {
    ...common,
    name: 'queues-the-payload-itself',
    expected: 'PUB-08',
    also: {
      'PUB-07': 'what the queue holds is overtaken by what the handler sends meanwhile',
      'SEND-07': 'that is the same order across the hub',
      'SEND-06': 'and what is done to the value meanwhile shows',
    },
    standsFor: 'a queue of the objects that were published, each encoded in its turn and then marked as done',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "      return this.#settle('publish', this.#port.publish(topic, excludeId ?? null, encode(payload)), done)\n",
        replace:
          "      encode(payload)\n      const later = () => {\n        const published = this.#port.publish(topic, excludeId ?? null, encode(payload))\n        if (payload?.constructor === Object && Object.isExtensible(payload)) payload.published = true\n        return published\n      }\n      return this.#settle('publish', new Promise((resolve) => process.nextTick(resolve)).then(later), done)\n",
      },
    ],
  },
  {
    ...common,
    name: 'gives-up-at-a-closed-socket',
    expected: 'PUB-10',
    also: {
      'SUB-09': 'what onDisconnect publishes meets its own closed socket',
      'SUB-01': 'who stands behind it is subscribed, and given nothing',
      'PUB-01': 'by a publish of another handler',
      'PUB-09': 'or of the host',
    },
    standsFor: 'a loop that is left at the first socket that is not open, and a clean-up that comes after onDisconnect',
    edits: [
      { file: 'adapters/runtime/local-channel.ts', find: '    this.#host.hub.onChannelClosed(this.channelId)\n', replace: '' },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    this.ended = true\n',
        replace: '    this.ended = true\n    this.#host.hub.onChannelClosed(this.channelId)\n',
      },
      {
        file: 'adapters/ws/connection.ts',
        find: '    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)\n',
        replace:
          '    if (this.#socket.readyState !== WebSocket.OPEN) return false\n    this.#stream.write(frame)\n    return true\n',
      },
      {
        file: 'adapters/ws/hub.ts',
        find: 'if (id !== excludeId) connection.deliver(frame)',
        replace: 'if (id !== excludeId && !connection.deliver(frame)) break',
      },
    ],
  },
  {
    ...common,
    name: 'waits-for-one-receiver-after-another',
    expected: 'PUB-10',
    also: {},
    standsFor: 'an await within the loop over the receivers',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '  #receive(receivers: [string, Receive][], excludeId',
        replace: '  async #receive(receivers: [string, Receive][], excludeId',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (isPromise(received)) pending.push(received.catch((error: unknown) => this.#failed(id, error)))',
        replace: 'if (isPromise(received)) await received.catch((error: unknown) => this.#failed(id, error))',
      },
    ],
  },
]

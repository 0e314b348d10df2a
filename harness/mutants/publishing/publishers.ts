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
]

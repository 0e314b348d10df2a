/** Hubs that take a subscription, its end, its topic or its subscriber for something else. */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'subscriptions', base: 'ws' } as const
const localHub = (find: string, replace: string): Edit => ({ file: 'adapters/runtime/local-hub.ts', find, replace })
const facade = (find: string, replace: string): Edit => ({ file: 'adapters/runtime/hub-facade.ts', find, replace })
const leave = 'if (member?.topics?.delete(topic)) this.#leave(topic, member)'

export const subscribingMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'subscribes-a-turn-later',
    expected: 'SUB-01',
    also: {
      'PUB-01': 'a publish of the same handler is the first that is missed',
      'PUB-09': 'so is one of the host that falls into that turn',
      'SUB-10': 'another that was subscribed is missed like oneself',
      'SUB-04': 'and each of several topics',
      'SUB-02': 'an unsubscribe is as late',
      'SUB-03': 'and so is a second subscribe',
    },
    standsFor: 'a subscription that has resolved before whoever delivers knows of it',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '      subscribe: (topic, id) => this.#subscribe(topic, id),',
        replace: '      subscribe: (topic, id) => void setImmediate(() => this.#subscribe(topic, id)),',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '      unsubscribe: (topic, id) => this.#unsubscribe(topic, id),',
        replace: '      unsubscribe: (topic, id) => void setImmediate(() => this.#unsubscribe(topic, id)),',
      },
    ],
  },
  {
    ...common,
    name: 'never-unsubscribes',
    expected: 'SUB-02',
    also: {
      'SUB-03': 'no number of unsubscribes ends a subscription',
      'SUB-10': 'nobody can unsubscribe another either',
      'SUB-11': 'nor a registered receiver',
    },
    standsFor: 'an unsubscribe that deletes by another key than subscribe has added',
    edits: [localHub(leave, 'void member')],
  },
  {
    ...common,
    name: 'counts-subscriptions',
    expected: 'SUB-03',
    also: {
      'SUB-10': 'another may have subscribed the channel as well',
      'SUB-11': 'a registered receiver is subscribed when it is registered',
    },
    standsFor: 'reference counts in place of a set',
    edits: [
      localHub(
        'if (member === undefined || member.topics?.has(topic)) return',
        'if (member === undefined) return\n    if (member.topics?.has(topic)) {\n      member.again ??= new Map()\n      member.again.set(topic, (member.again.get(topic) ?? 0) + 1)\n      return\n    }',
      ),
      localHub(
        leave,
        `const again = member?.again?.get(topic) ?? 0\n    if (again > 0) member.again.set(topic, again - 1)\n    else ${leave}`,
      ),
    ],
  },
  {
    ...common,
    name: 'refuses-a-needless-unsubscribe',
    expected: 'SUB-04',
    also: { 'SUB-09': 'a disconnect handler unsubscribes what is ended already', 'SUB-05': 'so it is with topics of every kind' },
    standsFor: 'an unsubscribe that insists on finding what it removes',
    edits: [localHub(leave, `if (!member?.topics?.has(topic)) throw new Error('not subscribed')\n    ${leave}`)],
  },
  {
    ...common,
    name: 'normalises-topics',
    expected: 'SUB-05',
    also: {},
    standsFor: 'names brought to one normal form, as file systems and stores do',
    edits: [
      localHub(
        'subscribe: (topic, id) => this.#subscribe(topic, id),',
        'subscribe: (topic, id) => this.#subscribe(topic.normalize(), id),',
      ),
      localHub(
        'publish: (topic, excludeId, encoded) => this.#publish(topic, excludeId, encoded)',
        'publish: (topic, excludeId, encoded) => this.#publish(topic.normalize(), excludeId, encoded)',
      ),
    ],
  },
  {
    ...common,
    name: 'has-wildcards',
    expected: 'SUB-05',
    also: {
      'PUB-04': 'who subscribed to the wildcard alone is given what is published to the topic',
      'PUB-05': 'who subscribed to the wildcard and to the topic has two copies',
    },
    standsFor: "topics handed to a broker, whose wildcards the application's users then have",
    edits: [
      localHub(
        '    const entry = this.#topics.get(topic)\n    if (entry === undefined) return\n    if (entry.sockets.size > 0)',
        "    const all = topic === '#' ? undefined : this.#topics.get('#')\n    if (all !== undefined) this.#transport.deliver(topic, encoded, all.sockets, excludeId)\n    const entry = this.#topics.get(topic)\n    if (entry === undefined) return\n    if (entry.sockets.size > 0)",
      ),
    ],
  },
  {
    ...common,
    name: 'cuts-long-topics',
    expected: 'SUB-05',
    also: {},
    standsFor: 'a column of 256 bytes that cuts what is longer',
    edits: [
      facade(
        '  if (topic.length * 3 > maxTopicBytes && Buffer.byteLength(topic) > maxTopicBytes) {',
        '  if (topic.length > 1_000_000) {',
      ),
      localHub(
        'subscribe: (topic, id) => this.#subscribe(topic, id),',
        'subscribe: (topic, id) => this.#subscribe(topic.slice(0, 256), id),',
      ),
    ],
  },
  {
    ...common,
    name: 'subscribes-only-oneself',
    expected: 'SUB-10',
    also: {
      'PUB-04': 'who meant to subscribe another is subscribed in its place',
      'SUB-11': 'a registered receiver cannot be subscribed by its id',
    },
    standsFor: 'a hub bound to the channel of the handler, its second argument for show',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'services.eventHub = new HubFacade(this.#port.hub, this)',
        replace:
          'const { hub, channelId } = this.#port\n    services.eventHub = new HubFacade({ ...hub, subscribe: (topic) => hub.subscribe(topic, channelId) }, this)',
      },
    ],
  },
  {
    ...common,
    name: 'gives-an-id-twice',
    expected: 'SUB-11',
    also: {},
    standsFor: 'a map of receivers in which the last one to come wins',
    edits: [localHub("    if (this.#members.has(id)) throw new Error('the subscriber id is in use')\n", '')],
  },
  {
    ...common,
    name: 'a-throwing-receiver-ends-the-publish',
    expected: 'SUB-11',
    also: {},
    standsFor: "the application's code called with nothing around it",
    edits: [
      localHub(
        '      } catch (error) {\n        this.#failed(id, error)\n      }',
        '      } catch (error) {\n        throw error\n      }',
      ),
    ],
  },
  {
    ...common,
    name: 'takes-no-subscriptions-of-onConnect',
    expected: 'SUB-01',
    also: { 'PUB-09': 'what the host publishes is missed like any other publish' },
    standsFor: 'a channel that joins the hub when it has connected, and is a stranger to it until then',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'services.eventHub = new HubFacade(this.#port.hub, this)',
        replace:
          "const { hub, channelId } = this.#port\n    const stranger = { ...hub, subscribe: (topic, id) => (id === channelId ? undefined : hub.subscribe(topic, id)) }\n    services.eventHub = new HubFacade(this.#kind === 'connect' ? stranger : hub, this)",
      },
    ],
  },
  {
    ...common,
    name: 'removes-whoever-is-at-minus-one',
    expected: 'SUB-04',
    also: {
      'SUB-01': 'the last subscriber is given nothing more, though it has unsubscribed nothing',
      'PUB-09': 'nor is it given what the host publishes',
    },
    standsFor: 'subscribers in an array, from which splice takes the last one where indexOf finds none',
    edits: [
      localHub(
        leave,
        'const sockets = this.#topics.get(topic)?.sockets\n    if (member !== undefined && sockets !== undefined && !sockets.has(id)) sockets.delete([...sockets.keys()].at(-1))\n    if (member?.topics?.delete(topic)) this.#leave(topic, member)',
      ),
    ],
  },
  {
    ...common,
    name: 'asks-for-a-topic-that-is-not-empty',
    expected: 'SUB-05',
    also: {},
    standsFor: 'the test for a name that is there, in place of one for what a topic may be',
    edits: [facade("typeof topic !== 'string' || !isWellFormed(topic)", "typeof topic !== 'string' || topic === ''")],
  },
]

/** Stores that lose, repairs that are left out, and work that outlasts its invocation (STATELESS-11 to STATELESS-14, SEND-08, SEND-09). */
import type { Edit, Mutant } from '../mutant.ts'
import { defect, inClaim } from './edits.ts'

const common = { area: 'stateless', base: 'memory-serverless' } as const
const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace })
const requests = 'harness/serverless/requests.ts'
const hub = 'adapters/memory-serverless/event-hub-store.ts'

export const workMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'reads-one-page',
    expected: 'STATELESS-11',
    also: {
      'PUB-12': 'the subscribers of the other pages are given nothing',
      'STORE-08': 'it is the store that ends its list with the first page',
    },
    standsFor: 'a query whose last evaluated key nobody looks at',
    edits: [edit(hub, 'after = page.length < size ? undefined : page.at(-1)?.channelId', 'after = undefined')],
  },
  {
    ...common,
    name: 'clears-one-batch',
    expected: 'STATELESS-11',
    also: {
      'SUB-12': 'a later publish finds one of the other subscriptions',
      'SUB-06': 'they are what is left of a closed channel',
    },
    standsFor: 'a batch that takes twenty-five items, and no second one',
    edits: [
      edit(
        hub,
        'const all = [...new Set([...found, ...topics])]',
        'const all = [...new Set([...found, ...topics])].slice(0, 25)',
      ),
    ],
  },
  {
    ...common,
    name: 'fails-when-the-store-is-busy',
    expected: 'STATELESS-11',
    also: {},
    standsFor: 'a client of a store that was told to try only once',
    edits: [
      edit(
        requests,
        'else await new Promise((resolve) => setImmediate(resolve))',
        "else if (fault === 'throttled' && name === 'channels.schedule') throw new Error('throttled')\n        else await new Promise((resolve) => setImmediate(resolve))",
      ),
    ],
  },
  {
    ...common,
    name: 'forgets-what-a-batch-left-over',
    expected: 'STATELESS-11',
    also: {
      'SUB-06': 'a subscription half written is not found when its channel closes',
      'SUB-07': 'nor one that was written while it closed',
      'SUB-12': 'and is tried by the next publish',
    },
    standsFor: 'a batch write whose unprocessed items nobody looks at',
    edits: [
      edit(
        requests,
        "if (fault === 'answer lost') await make()",
        "if (fault === 'partial' && name === 'topics.intend') return undefined as never\n        if (fault === 'answer lost') await make()",
      ),
    ],
  },
  defect({
    name: 'claim-without-a-token',
    expected: 'STATELESS-11',
    standsFor: "a refused claim taken for somebody else's, so that nobody delivers",
    edits: [
      inClaim(
        "return found !== undefined && found.state !== 'closed' && found.claim?.by === by ? [found, found.claim] : undefined",
        'return found === undefined ? undefined : undefined',
      ),
    ],
  }),
  {
    ...common,
    name: 'publish-does-not-repair',
    expected: 'STATELESS-12',
    also: { 'STATELESS-09': 'what a dead remover has left is met again and again until the sweep' },
    standsFor: 'a publish that finds a channel closed and leaves the rest to whoever closed it',
    edits: [
      edit(
        'adapters/serverless/topics.ts',
        '      // Left by an invocation that crashed: repaired by the one publish that meets it (STATELESS-12).\n      await topics.withdraw(topic, channelId)\n',
        '',
      ),
    ],
  },
  {
    ...common,
    name: 'gone-deletes-a-live-subscription',
    expected: 'STATELESS-12',
    also: {
      'LIFE-10': 'no onDisconnect runs for who is found gone where no disconnect comes',
      'STATELESS-06': 'and no channel is removed for one',
      'STATELESS-01': 'a publish does not reach who has subscribed',
    },
    standsFor: 'a subscription deleted for every 410, without a look at the channel',
    edits: [
      edit(
        'adapters/serverless/topics.ts',
        'await this.#gone(topic, subscriber, text, aged)',
        'await this.#host.ports.topics.withdraw(topic, subscriber.channelId)',
      ),
    ],
  },
  {
    ...common,
    name: 'answers-before-onDisconnect',
    expected: 'STATELESS-13',
    also: { 'SEND-08': 'what onDisconnect leaves unawaited is not waited for either' },
    standsFor: 'a disconnect that is answered at once and handled behind',
    edits: [
      edit(
        'adapters/serverless/removal.ts',
        '  if (removed !== undefined) await conclude(host, removed)\n',
        '  if (removed !== undefined) void conclude(host, removed)\n',
      ),
    ],
  },
  {
    ...common,
    name: 'does-not-wait-for-the-unawaited',
    area: 'sending',
    expected: 'SEND-08',
    also: {
      'STATELESS-13': 'what a handler leaves unawaited is done after its invocation has returned',
      'STATELESS-06': 'so that a channel found gone is not removed in time',
      'LIFE-10': 'and its onDisconnect comes late or never',
    },
    standsFor: "an invocation that ends with its handler's promise, as a function of the platform does",
    edits: [
      edit(
        'adapters/runtime/invocation.ts',
        'if (this.#pending > 0) await new Promise<void>((resolve) => (this.#settled = resolve))',
        '',
      ),
    ],
  },
  {
    ...common,
    name: 'a-gone-send-resolves',
    area: 'sending',
    expected: 'SEND-09',
    also: {},
    standsFor: 'a 410 that removes the channel and is then forgotten',
    edits: [
      edit(
        'adapters/serverless/open-channel.ts',
        '    await this.#remove()\n    throw new ChannelClosedError()\n',
        '    await this.#remove()\n',
      ),
    ],
  },
  {
    ...common,
    name: 'answers-with-a-body',
    expected: 'STATELESS-14',
    also: {},
    standsFor: 'a handler of the platform that returns what the web framework before it did',
    edits: [
      edit(
        'harness/serverless/handle.ts',
        "  return { outcome: 'ok', status: 200 }",
        "  return { outcome: 'ok', status: 200, body: '{}' }",
      ),
    ],
  },
  {
    ...common,
    name: 'fails-with-its-handler',
    expected: 'STATELESS-14',
    also: {
      'SEND-10': 'the platform adds an error of its own',
      'PUB-05': 'which answers to nothing',
      'SEND-02': 'not even to a handler that returned nothing',
    },
    standsFor: 'an error that is told to the client and thrown on to the platform',
    edits: [
      edit(
        'adapters/serverless/message.ts',
        '  await dispatchMessage(event, body)\n  await event.conclude()\n  await event.settle()\n',
        "  const succeeded = await dispatchMessage(event, body)\n  await event.conclude()\n  await event.settle()\n  if (succeeded === false) throw new Error('handler failed')\n",
      ),
    ],
  },
  {
    ...common,
    name: 'subscribes-when-it-is-awaited',
    expected: 'STATELESS-13',
    also: {},
    standsFor: 'a query builder returned as it is: it looks like a promise, and does nothing until somebody awaits it',
    edits: [
      edit(
        'adapters/runtime/hub-facade.ts',
        "return this.#settle('subscribe', this.#port.subscribe(topic, subscriberId), done)",
        "return onceAwaited(() => this.#settle('subscribe', this.#port.subscribe(topic, subscriberId), done))",
      ),
      edit(
        'adapters/runtime/hub-facade.ts',
        "return this.#settle('unsubscribe', this.#port.unsubscribe(topic, subscriberId), done)",
        "return onceAwaited(() => this.#settle('unsubscribe', this.#port.unsubscribe(topic, subscriberId), done))",
      ),
      edit(
        'adapters/runtime/hub-facade.ts',
        'function checkTopic(',
        'function onceAwaited(run) {\n  let running\n  return { then: (...settled) => (running ??= run()).then(...settled) }\n}\n\nfunction checkTopic(',
      ),
    ],
  },
]

/** Adapters that mistake the platform: its limit, its prices, its order of events, its endpoints (STATELESS-15 to STATELESS-18). */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'stateless', base: 'memory-serverless' } as const
const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace })
const removal = 'adapters/serverless/removal.ts'
const connect = 'adapters/serverless/connect.ts'
const hub = 'adapters/memory-serverless/event-hub-store.ts'
const topics = 'adapters/serverless/topics.ts'

export const platformMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'counts-characters',
    expected: 'STATELESS-15',
    also: {},
    standsFor: "a limit in bytes compared with a string's length, and a refusal that is only logged",
    edits: [
      edit(
        'adapters/serverless/event-channel.ts',
        'return encoded.length * 3 > maxPostBytes && Buffer.byteLength(encoded) > maxPostBytes ? undefined : encoded',
        'return encoded.length > maxPostBytes ? undefined : encoded',
      ),
      edit(
        'adapters/serverless/open-channel.ts',
        "    if (answer === 'too large') throw new PayloadTooLargeError('the message is larger than the platform carries')\n",
        '',
      ),
    ],
  },
  {
    ...common,
    name: 'publish-rejects-what-is-too-large',
    expected: 'STATELESS-15',
    also: { 'PUB-11': 'also where nobody is subscribed' },
    standsFor: 'one check for everything that is sent',
    edits: [
      edit(
        topics,
        '    const { topics, clock } = this.#host.ports\n    const posts',
        "    if (encoded.length > 128 * 1024) throw new Error('too large')\n    const { topics, clock } = this.#host.ports\n    const posts",
      ),
    ],
  },
  {
    ...common,
    name: 'takes-the-frame-for-the-limit',
    expected: 'STATELESS-15',
    also: { 'SEND-12': 'a text of 64 KiB does not arrive' },
    standsFor: "the platform's limit on frames, 32 KB, taken for its limit on messages",
    edits: [
      edit('adapters/serverless/times.ts', 'export const maxPostBytes = 128 * 1024', 'export const maxPostBytes = 32 * 1024'),
    ],
  },
  {
    ...common,
    name: 'scans-for-subscribers',
    expected: 'STATELESS-16',
    also: {},
    standsFor: 'a table without a key for topics',
    edits: [
      edit(
        hub,
        "await this.#request('query', 'subscribers', topic",
        "await this.#request('scan' as 'query', 'subscribers', topic",
      ),
    ],
  },
  {
    ...common,
    name: 'refreshes-every-subscription',
    expected: 'STATELESS-16',
    also: {},
    standsFor: 'putting off the expiry of everything a channel has, with every message',
    edits: [
      edit(
        hub,
        '  async *subscribers(topic: string)',
        "  async refresh(channelId: string): Promise<void> {\n    for (const topic of [...(this.#intents.get(channelId) ?? [])]) await this.#request('write', 'refresh', channelId, 1, () => void topic)\n  }\n\n  async *subscribers(topic: string)",
      ),
      edit(
        'adapters/serverless/message.ts',
        '  await dispatchMessage(event, body)\n',
        '  await (host.ports.topics as unknown as { refresh(id: string): Promise<void> }).refresh(channelId)\n  await dispatchMessage(event, body)\n',
      ),
    ],
  },
  {
    ...common,
    name: 'reads-sixty-four-shards',
    expected: 'STATELESS-16',
    also: {},
    standsFor: 'a topic spread so widely that every publish pays for the largest',
    edits: [
      edit(
        hub,
        '    const size = this.#settings.page ?? 100\n',
        "    const size = this.#settings.page ?? 100\n    for (let shard = 1; shard < 64; shard++) await this.#request('query', 'subscribers', topic, 1, () => undefined)\n",
      ),
    ],
  },
  {
    ...common,
    name: 'posts-to-all-at-once',
    expected: 'STATELESS-16',
    also: {},
    standsFor: 'a Promise.all over the subscribers',
    edits: [edit('adapters/serverless/outbox.ts', 'const atOnce = 50', 'const atOnce = 5_000')],
  },
  {
    ...common,
    name: 'posts-without-waiting-for-the-last',
    expected: 'STATELESS-16',
    also: {
      'SEND-07': 'what is under way at once may overtake',
      'PUB-07': 'a send the publish before it too',
      'STATELESS-07': 'and the next post one that is being repeated',
    },
    standsFor: 'sends that nobody queues, since nobody awaits them either',
    edits: [edit('adapters/serverless/outbox.ts', 'before === undefined ? run() : before.then(run)', 'run()')],
  },
  {
    ...common,
    name: 'sweeps-by-looking-at-everyone',
    expected: 'STATELESS-16',
    also: { 'STORE-10': 'the list of what has expired is made by reading what lives' },
    standsFor: 'a sweep that reads each channel to find out whether it has expired',
    edits: [
      edit('adapters/memory-serverless/channel-store.ts', '      if (bucket * hour >= now) return\n', ''),
      edit(
        'adapters/memory-serverless/channel-store.ts',
        '[...(this.#rows.get(bucket)?.values() ?? [])].filter(({ expires }) => expires < now),',
        '[...(this.#rows.get(bucket)?.values() ?? [])],',
      ),
      edit(
        'adapters/serverless/sweep.ts',
        '  if (found !== undefined) {\n',
        '  if (found !== undefined && row.expires >= host.ports.clock.now()) return\n  if (found !== undefined) {\n',
      ),
    ],
  },
  {
    ...common,
    name: 'forgets-an-early-disconnect',
    expected: 'STATELESS-17',
    also: {},
    standsFor: 'a disconnect for which there is no record, and so nothing to do',
    edits: [edit(removal, '      if (disconnect === undefined) return undefined\n', '      return undefined\n')],
  },
  {
    ...common,
    name: 'ignores-a-disconnect-while-connecting',
    expected: 'STATELESS-17',
    also: { 'LIFE-10': 'no onDisconnect ever comes for it' },
    standsFor: 'a disconnect that only counts for channels that are connected',
    edits: [
      edit(
        removal,
        "} else if (found.state === 'connecting' && disconnect !== undefined) {",
        "} else if (found.state === 'closed' && disconnect !== undefined) {",
      ),
    ],
  },
  {
    ...common,
    name: 'disconnect-removes-the-connecting',
    expected: 'STATELESS-17',
    also: {
      'LIFE-10': 'onDisconnect runs for a connection whose onConnect may still fail',
      'LIFE-09': 'or has failed',
      'STATELESS-05': 'and once more behind the connect that came twice',
      'STATELESS-03': 'or twice, where the disconnect is repeated',
    },
    standsFor: 'one removal for whatever is found, whatever state it is in',
    edits: [
      edit(
        removal,
        '} else if (isSettled(found) || isAged(found, clock.now())) {',
        '} else if (disconnect !== undefined || isSettled(found) || isAged(found, clock.now())) {',
      ),
      edit(
        removal,
        'return { record, runs: isSettled(record) }',
        'return { record, runs: isSettled(record) || disconnect !== undefined }',
      ),
    ],
  },
  {
    ...common,
    name: 'connect-completes-whatever-came',
    expected: 'STATELESS-17',
    also: { 'LIFE-10': 'no onDisconnect ever comes for it' },
    standsFor: 'a connect that writes its state without a look at what it was',
    edits: [edit(connect, "{ states: ['connecting'] }, change)", "{ states: ['connecting', 'closing'] }, change)")],
  },
  {
    ...common,
    name: 'overtaken-connect-runs-no-onDisconnect',
    expected: 'STATELESS-17',
    also: { 'LIFE-10': 'a connection whose onConnect succeeded has no onDisconnect' },
    standsFor: 'a connect that is refused at its end, as if onConnect had failed',
    edits: [
      edit(
        connect,
        '  if (succeeded !== undefined) await host.runDisconnect({ ...record, session: succeeded.session?.value })\n',
        '',
      ),
    ],
  },
  {
    ...common,
    name: 'posts-to-the-endpoint-of-its-own-event',
    expected: 'STATELESS-18',
    also: {
      'LIFE-10': 'subscribers of other routes, which are other APIs, are removed though nothing has ended them',
      'PUB-04': 'who has the same connection id in the other API is given it instead',
      'STATELESS-01': 'and they are given nothing',
      'STATELESS-11': 'what was removed runs no handler, whatever is repeated for it',
    },
    standsFor:
      "one client for the management interface, made from the event's own request, or else for whoever is posted to first",
    edits: [
      edit(
        topics,
        "if ((await post(this.#host, subscriber, text)) === 'gone') await this.#gone(topic, subscriber, text, aged)",
        "const at = { ...subscriber, endpoint: own?.record.endpoint ?? (this.client ??= subscriber.endpoint) }\n    if ((await post(this.#host, at, text)) === 'gone') await this.#gone(topic, at, text, aged)",
      ),
      edit(topics, '    if (found.endpoint !== subscriber.endpoint) return\n', ''),
    ],
  },
]

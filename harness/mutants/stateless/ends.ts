import type { Mutant } from '../mutant.ts'
import {
  defect,
  inClaim,
  inConnect,
  inMessage,
  inOutbox,
  inPost,
  inRecords,
  inRemoval,
  inSweep,
  inTimes,
  inTopics,
} from './edits.ts'

const lost = { 'LIFE-10': 'its onDisconnect is what a lost disconnect leaves to others' }

/** Defects in what is made of answers, of lost disconnects and of crashes (STATELESS-06 to -09). */
export const endMutants: readonly Mutant[] = [
  defect({
    name: 'message-does-not-record-open',
    expected: 'STATELESS-06',
    also: { ...lost, 'STATELESS-12': 'a connection that is gone is tried by every publish' },
    standsFor: 'a write saved: nobody knows then that a 410 can be believed',
    edits: [inMessage("    } else if (found.state === 'connected') {", "    } else if ((found.state as string) === 'never') {")],
  }),
  defect({
    name: 'gone-only-drops-the-subscription',
    expected: 'STATELESS-06',
    also: { ...lost, 'STATELESS-12': 'where the 410 was early, the subscription was a live one' },
    standsFor: 'the sample of many tutorials: on a 410 delete the row of that connection, and no more',
    edits: [
      inTopics(
        '    const removed = await close(this.#host, channelId, { known: found, topic })\n    if (removed !== undefined) this.#later(conclude(this.#host, removed))',
        '    await topics.withdraw(topic, channelId)',
      ),
    ],
  }),
  defect({
    name: 'repeats-what-may-have-arrived',
    expected: 'STATELESS-07',
    also: { 'PUB-05': 'what had been delivered arrives twice' },
    standsFor: 'retries on every 5xx, as HTTP clients have them switched on',
    edits: [inPost("['throttled'], until", "['throttled', 'unknown'], until")],
  }),
  defect({
    name: 'gives-up-when-throttled',
    expected: 'STATELESS-07',
    also: { 'STATELESS-13': 'what was to be delivered is not, when its invocation returns' },
    standsFor: 'a 429 taken for an error like any other',
    edits: [inTimes('most: 800, times: 6 }', 'most: 800, times: 1 }')],
  }),
  defect({
    name: 'drops-without-a-word',
    expected: 'STATELESS-07',
    also: { 'STATELESS-15': 'a publish that is too large is not logged either' },
    standsFor: 'answers of the platform that nobody looks at',
    edits: [
      inPost(
        "  if (answer !== 'ok' && answer !== 'gone') {\n    warn(host, 'a message was not delivered'",
        "  if (answer === ('never' as string)) {\n    warn(host, 'a message was not delivered'",
      ),
    ],
  }),
  defect({
    name: 'closes-once',
    expected: 'STATELESS-07',
    also: { 'STATELESS-10': 'a close() in onConnect is lost as well' },
    standsFor: 'a close whose answer nobody looks at: its client stays on a socket without a channel',
    edits: [inPost("['throttled', 'unknown'], until", '[], until')],
  }),
  defect({
    name: 'throttled-posts-are-overtaken',
    expected: 'STATELESS-07',
    also: {
      'SEND-07': 'order is then up to the network',
      'STATELESS-16': 'posts to one connection run side by side',
    },
    standsFor: 'posts made at once and retried each on its own',
    edits: [inOutbox('before === undefined ? run() : before.then(run)', 'before === undefined ? run() : run()')],
  }),
  defect({
    name: 'any-failure-means-gone',
    expected: 'STATELESS-07',
    standsFor: 'a publish that removes whom it cannot reach, whatever the reason',
    edits: [
      inTopics(
        "if ((await post(this.#host, subscriber, text)) === 'gone') await this.#gone",
        "if ((await post(this.#host, subscriber, text)) !== 'ok') await this.#gone",
      ),
      inTopics("if ((await post(this.#host, subscriber, text)) !== 'gone') return", "if (found.endpoint === '') return"),
    ],
  }),
  defect({
    name: 'connect-opens-at-once',
    expected: 'STATELESS-08',
    also: {
      'LIFE-08': 'what onConnect sent is lost with the channel',
      'STATELESS-10': 'and so is its output',
      'LIFE-14': 'its close() never reaches the client',
    },
    standsFor: 'two states in one: onConnect has succeeded, so the socket must be open',
    edits: [inConnect("const change = { state: 'connected',", "const change = { state: 'open',")],
  }),
  defect({
    name: 'gone-removes-a-connecting-channel',
    expected: 'STATELESS-08',
    also: { 'LIFE-10': 'the client is refused though nothing has ended it' },
    standsFor: 'a 410 that is always believed: the platform says so of sockets that are not open yet',
    edits: [
      inTopics("      if (found.state !== 'open') return\n", ''),
      inRemoval(
        '} else if (isSettled(found) || isAged(found, clock.now())) {',
        '} else if (isSettled(found) || topic !== undefined || isAged(found, clock.now())) {',
      ),
    ],
  }),
  defect({
    name: 'gone-removes-a-connected-channel',
    expected: 'STATELESS-08',
    standsFor: 'a 410 that is believed once onConnect has succeeded: the connect has not returned by then',
    edits: [
      inTopics(
        "      if (found.state !== 'open') return\n",
        "      if (found.state === 'connecting' || found.state === 'closing') return\n",
      ),
    ],
  }),
  defect({
    name: 'early-output-means-gone',
    expected: 'STATELESS-08',
    also: { 'LIFE-08': 'what onConnect sent is never delivered', 'STATELESS-10': 'and is lost without a word' },
    standsFor: 'deferred work that starts before the connect has returned, and believes what it is told',
    edits: [inClaim("if (index === 0) return 'early'", "if (index === 0) return 'gone'")],
  }),
  defect({
    name: 'early-close-means-closed',
    expected: 'STATELESS-08',
    also: { 'LIFE-14': 'the client never sees its socket close', 'STATELESS-10': 'a close() in onConnect is lost' },
    standsFor: 'a close() answered with gone: so much the better',
    edits: [inClaim("if (answer === 'gone' && believed) return 'gone'", "if (answer === 'gone') return 'gone'")],
  }),
  defect({
    name: 'publishes-to-the-expired',
    expected: 'STATELESS-09',
    standsFor: 'an expiry date that only the sweep reads',
    edits: [inTopics('channelId === excludeId || isExpired(subscriber, clock.now())', 'channelId === excludeId')],
  }),
  defect({
    name: 'handles-messages-of-the-expired',
    expected: 'STATELESS-09',
    also: { 'STORE-10': 'what has expired is found by its id as well' },
    standsFor: "reliance on the store's own deletion, which may be days late",
    edits: [
      inRecords(
        "return found !== undefined && found.state !== 'closed' && !isExpired(found, now)",
        "return found !== undefined && found.state !== 'closed' && now > 0",
      ),
    ],
  }),
  defect({
    name: 'sweeps-without-a-word',
    expected: 'STATELESS-09',
    also: lost,
    standsFor: 'a sweep that deletes rows',
    edits: [
      inRemoval('return { record, runs: isSettled(record) }', 'return { record, runs: isSettled(record) && row === undefined }'),
    ],
  }),
  defect({
    name: 'sweep-runs-every-onDisconnect',
    expected: 'STATELESS-09',
    also: { 'STATELESS-17': 'one that was closed while it connected gets two' },
    standsFor: 'a sweep that does not ask whether onConnect had succeeded',
    edits: [inRemoval('return { record, runs: isSettled(record) }', 'return { record, runs: true }')],
  }),
  defect({
    name: 'sweep-leaves-subscriptions',
    expected: 'STATELESS-09',
    also: { 'STATELESS-12': 'a publish meets them', 'SUB-12': 'after the removal too' },
    standsFor: 'a clean-up of subscriptions in the disconnect handler alone',
    edits: [
      inRemoval(
        '        await clear(host, channelId, topic)\n        return { record',
        '        if (row === undefined) await clear(host, channelId, topic)\n        return { record',
      ),
    ],
  }),
  defect({
    name: 'dead-removers-leftovers-stay',
    expected: 'STATELESS-09',
    also: { 'STATELESS-12': 'what a crash has left is met again and again' },
    standsFor: 'a removal that finds the channel closed, and takes all for done',
    edits: [
      inRemoval(
        "} else if (found.state === 'closed') {\n      await clear(host, channelId, topic)",
        "} else if (found.state === 'closed') {",
      ),
    ],
  }),
  defect({
    name: 'row-goes-before-the-subscriptions',
    expected: 'STATELESS-09',
    also: { 'STATELESS-12': 'what a crash has left is met again and again' },
    standsFor: 'a row deleted with its record: nothing leads a sweep to what a crash has left behind',
    edits: [
      inRemoval(
        '        await clear(host, channelId, topic)\n        return { record',
        '        await channels.unschedule(channelId, record.expires)\n        await clear(host, channelId, topic)\n        return { record',
      ),
    ],
  }),
  defect({
    name: 'row-comes-after-the-record',
    expected: 'STATELESS-09',
    standsFor: 'the natural order, in which a crash leaves a record that no sweep finds',
    edits: [
      inConnect('  await channels.schedule(channelId, span.expires)\n  if (', '  if ('),
      inConnect(
        '  const connecting = new ConnectingChannel(host, channel, record)\n',
        '  await channels.schedule(channelId, span.expires)\n  const connecting = new ConnectingChannel(host, channel, record)\n',
      ),
    ],
  }),
  defect({
    name: 'row-comes-after-onConnect',
    expected: 'STATELESS-09',
    standsFor: 'a row that is written once all has gone well',
    edits: [
      inConnect('  await channels.schedule(channelId, span.expires)\n  if (', '  if ('),
      inConnect(
        '  await connecting.settle()\n',
        '  await connecting.settle()\n  await channels.schedule(channelId, span.expires)\n',
      ),
    ],
  }),
  defect({
    name: 'sweep-skips-the-connecting',
    expected: 'STATELESS-09',
    standsFor: 'a sweep that leaves to their connects what no connect will ever finish',
    edits: [
      inSweep('  if (found !== undefined) {\n', "  if (found?.state === 'connecting') return\n  if (found !== undefined) {\n"),
    ],
  }),
  defect({
    name: 'connecting-is-never-removed',
    expected: 'STATELESS-09',
    standsFor: 'a removal that waits for a connect that has died',
    edits: [inRemoval('} else if (isSettled(found) || isAged(found, clock.now())) {', '} else if (isSettled(found)) {')],
  }),
  defect({
    name: 'onDisconnect-before-the-subscriptions-end',
    expected: 'SUB-12',
    also: {
      'SUB-09': 'what onDisconnect publishes is tried on the channel it is about',
      'STATELESS-12': 'and so is every publish meanwhile',
    },
    standsFor: 'a removal that tells the application first and tidies up afterwards',
    edits: [
      inRemoval('        await clear(host, channelId, topic)\n        return { record', '        return { record'),
      inRemoval(
        '  if (runs) await host.runDisconnect(record)\n',
        '  if (runs) await host.runDisconnect(record)\n  await clear(host, record.channelId)\n',
      ),
    ],
  }),
]

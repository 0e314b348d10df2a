import type { Mutant } from '../mutant.ts'
import { defect, inChannelStore, inConnect, inMessage, inOpenChannel, inRemoval } from './edits.ts'

/** Defects in what events find, and in events that come twice (STATELESS-01 to -05). */
export const eventMutants: readonly Mutant[] = [
  defect({
    name: 'stores-opening-data-as-strings',
    expected: 'STATELESS-01',
    also: {
      'LIFE-04': 'the opening data is then not the same in every handler',
      'LIFE-12': "onDisconnect's data is made of it",
    },
    standsFor: 'a store whose attributes are strings: fields that were repeated come back joined',
    edits: [
      inConnect(
        '  if (!(await channels.add(record))) {',
        '  const flat = Object.entries(openingData).map(([name, value]) => [name, String(value)])\n  if (!(await channels.add({ ...record, openingData: Object.fromEntries(flat) }))) {',
      ),
    ],
  }),
  defect({
    name: 'forgets-the-state',
    expected: 'STATELESS-01',
    also: { 'LIFE-05': 'a message handler must find its channel open, wherever it runs' },
    standsFor: 'a channel made anew for each event, and told by nothing that its socket is open',
    edits: [inOpenChannel("  state: ChannelState = 'open'", "  state: ChannelState = 'initial'")],
  }),
  defect({
    name: 'keeps-the-connect-session-to-itself',
    expected: 'STATELESS-01',
    also: {
      'AUTH-05': 'what onConnect has set is given to no later handler',
      'AUTH-10': 'nor to a public one',
    },
    standsFor: 'a session kept with the connect, as an object of that process, and never written down',
    edits: [
      inConnect('...(pending && { pending }), ...(session && { session }) } as const', '...(pending && { pending }) } as const'),
    ],
  }),
  defect({
    name: 'saves-the-session-at-the-end',
    expected: 'STATELESS-02',
    also: {
      'AUTH-05': 'a session that another message has set meanwhile is gone',
      'STATELESS-01': 'and so not there in the next process',
      'STATELESS-13': 'what a handler has awaited is undone when its invocation returns',
      'AUTH-07': 'so is a session that another message has cleared',
      'AUTH-10': 'and a public handler is given it',
    },
    standsFor: 'session middleware of web frameworks: read at the start of a request, saved at its end, whoever wrote meanwhile',
    edits: [
      inMessage(
        '  await event.settle()\n',
        '  await event.settle()\n  const session = { value: record.session }\n  if (event.mine === undefined && record.session !== undefined) await host.ports.channels.change(channelId, { states: settledStates }, { session })\n',
      ),
      inOpenChannel(
        '  #removing: Promise<Removed | undefined> | undefined\n',
        '  #removing: Promise<Removed | undefined> | undefined\n  mine: { value: unknown } | undefined\n',
      ),
      inOpenChannel('    // Only a live record takes it', '    this.mine = { value }\n    // Only a live record takes it'),
    ],
  }),
  defect({
    name: 'everyone-writes-the-mark',
    expected: 'STATELESS-03',
    also: {
      'LIFE-10': 'onDisconnect runs for each of them',
      'LIFE-24': 'with services of its own each time',
      'STATELESS-06': 'also where publishes side by side find a connection gone',
    },
    standsFor: 'a removal that deletes whatever is there and asks nobody whether it was the one',
    edits: [
      inRemoval(
        'const record = await channels.close(mark, groupOf(found.state))',
        'const record = (await channels.close(mark, groupOf(found.state))) ?? found',
      ),
    ],
  }),
  defect({
    name: 'handles-messages-of-closed-channels',
    expected: 'STATELESS-04',
    also: {
      'STATELESS-03': 'a disconnect that comes again finds the record as well',
      'LIFE-10': 'so that onDisconnect runs for it',
      'LIFE-24': 'with services of its own',
    },
    standsFor: 'records kept in variables of the modules, where a warm process finds them after the channel has closed',
    edits: [
      inMessage(
        'async function ready(host: Host',
        'const warm = new Map<string, ChannelRecord>()\n\nasync function ready(host: Host',
      ),
      inMessage(
        "    if (!isLive(found, clock.now()) || found.state === 'closing') return undefined\n",
        "    if (found?.state === 'closed' && warm.get(channelId)?.ttl === found.ttl) return warm.get(channelId)\n    if (!isLive(found, clock.now()) || found.state === 'closing') return undefined\n",
      ),
      inMessage('    } else return found\n', '    } else {\n      warm.set(channelId, found)\n      return found\n    }\n'),
      inRemoval('/** Both at once. */\n', 'const warm = new Map<string, Removed>()\n\n/** Both at once. */\n'),
      inRemoval(
        '  const removed = await close(host, channelId, removal)\n',
        '  const removed = (await close(host, channelId, removal)) ?? (removal.disconnect && warm.get(channelId))\n  if (removed !== undefined && removal.disconnect) warm.set(channelId, removed)\n',
      ),
    ],
  }),
  defect({
    name: 'repeated-connect-goes-on',
    expected: 'STATELESS-05',
    also: { 'LIFE-06': 'onConnect runs again' },
    standsFor: 'a condition whose refusal is taken for success, where the platform delivers its events at least once',
    edits: [
      inConnect(
        "if (found === undefined || found.state === 'closed' || found.by !== record.by) return",
        "if (found === undefined || found.state === 'closed') return",
      ),
    ],
  }),
  defect({
    name: 'mark-is-gone-in-a-minute',
    expected: 'STATELESS-05',
    also: { 'LIFE-06': 'onConnect runs again', 'LIFE-24': 'with services of its own' },
    standsFor: 'clean stores: what is closed is kept for a moment, and the platform repeats its events for a day',
    edits: [inRemoval('from: found.state, ttl: found.ttl }', 'from: found.state, ttl: clock.now() + 60_000 }')],
  }),
  defect({
    name: 'repeated-connect-cleans-up',
    expected: 'STATELESS-05',
    also: { 'LIFE-10': 'the channel is closed, and nobody runs onDisconnect' },
    standsFor: 'a connect that takes a record it did not write for a failure of its own, and tidies up',
    edits: [
      inConnect(
        'found.by !== record.by) return answerAgain(host, record, found)',
        'found.by !== record.by) return abandon(host, record, gone, undefined)',
      ),
    ],
  }),
  defect({
    name: 'repeated-connect-always-accepts',
    expected: 'STATELESS-05',
    also: {
      'STATELESS-17': 'also where a disconnect has come before the connect',
      'SUB-06': 'the row that it wrote for a closed channel stays',
    },
    standsFor: 'an idempotent connect that answers 200 to whatever it has seen before, also where onConnect refused',
    edits: [inConnect('found.by !== record.by) return answerAgain(host, record, found)', 'found.by !== record.by) return ok')],
  }),
  defect({
    name: 'refused-connect-leaves-its-row',
    expected: 'STATELESS-05',
    also: {
      'SUB-06': 'a row by which a sweep finds a channel is more than a mark',
      'STATELESS-17': 'also where the disconnect came first',
    },
    standsFor: 'a row written first, as it must be, and forgotten by the one path that does not go on',
    edits: [
      inConnect(
        '    await clear(host, channelId)\n    await channels.unschedule(channelId, expires)\n  }\n  return isSettled',
        '    await clear(host, channelId)\n  }\n  return isSettled',
      ),
    ],
  }),
  defect({
    name: 'session-creates-a-record',
    expected: 'SUB-06',
    also: { 'STATELESS-05': 'what holds a session is more than a mark', 'STORE-05': 'a removed channel still takes a session' },
    standsFor: 'an update without a condition: in many stores it creates what is not there',
    edits: [
      inChannelStore(
        "if (found === undefined || found.state === 'closed' || !meets(found, expected)) return undefined",
        "if (found === undefined || (change.session === undefined && (found.state === 'closed' || !meets(found, expected)))) return undefined",
      ),
    ],
  }),
  defect({
    name: 'every-message-renews-its-row',
    expected: 'STATELESS-04',
    also: {
      'STATELESS-05': 'what is found by its row is more than a mark',
      'SUB-06': 'and more than a closed channel may leave behind',
    },
    standsFor: 'a row put anew with every message, so that it cannot be missing, before a look at what has become of its channel',
    edits: [
      inMessage(
        '  let found: Found = await channels.find(channelId)\n',
        "  let found: Found = await channels.find(channelId)\n  if (found !== undefined) await channels.schedule(channelId, found.state === 'closed' ? found.ttl - 86_400_000 : found.expires)\n",
      ),
    ],
  }),
]

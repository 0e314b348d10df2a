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
      inChannelStore(
        '      this.#records.set(record.channelId, copied(record))',
        '      const flat = Object.entries(record.openingData).map(([name, value]) => [name, String(value)])\n      this.#records.set(record.channelId, copied({ ...record, openingData: Object.fromEntries(flat) }))',
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
      'AUTH-07': 'so is one that replaced another',
    },
    standsFor: 'session middleware of web frameworks: read at the start of a request, saved at its end, whoever wrote meanwhile',
    edits: [
      inMessage(
        '  await event.settle()\n',
        '  await event.settle()\n  const session = { value: event.mine === undefined ? record.session : event.mine.value }\n  await host.ports.channels.change(channelId, { states: settledStates }, { session })\n',
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
    standsFor: 'records kept in a variable of the module, where a warm process finds them after the channel has closed',
    edits: [
      inMessage(
        'async function ready(host: Host',
        'const warm = new Map<string, ChannelRecord>()\n\nasync function ready(host: Host',
      ),
      inMessage(
        "    if (!isLive(found, clock.now()) || found.state === 'closing') return undefined\n",
        "    if (found?.state === 'closed' && warm.has(channelId)) return warm.get(channelId)\n    if (!isLive(found, clock.now()) || found.state === 'closing') return undefined\n",
      ),
      inMessage('    } else return found\n', '    } else {\n      warm.set(channelId, found)\n      return found\n    }\n'),
    ],
  }),
  defect({
    name: 'connect-overwrites',
    expected: 'STATELESS-05',
    also: {
      'LIFE-06': 'onConnect runs again',
      'STATELESS-17': 'a disconnect that came first is overwritten too',
      'LIFE-10': 'and so is what would have run onDisconnect',
    },
    standsFor: 'a put without a condition, where the platform delivers its events at least once',
    edits: [
      inChannelStore(
        '      if (this.#at(record.channelId) !== undefined) return false\n      this.#records.set',
        '      this.#records.set',
      ),
    ],
  }),
  defect({
    name: 'deletes-instead-of-marking',
    expected: 'STATELESS-05',
    also: { 'LIFE-06': 'a connect that comes again finds nothing, and runs onConnect' },
    standsFor: 'clean stores: a closed channel leaves nothing, not even that it is closed',
    edits: [
      inChannelStore(
        'states.includes(found.state)) return undefined\n      this.#mark(mark)',
        'states.includes(found.state)) return undefined\n      this.#records.delete(mark.channelId)',
      ),
    ],
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
    also: { 'STATELESS-05': 'what holds a session is more than a mark' },
    standsFor: 'an update without a condition: in many stores it creates what is not there',
    edits: [
      inChannelStore(
        "if (found === undefined || found.state === 'closed' || !meets(found, expected)) return undefined",
        "if (found === undefined || (change.session === undefined && (found.state === 'closed' || !meets(found, expected)))) return undefined",
      ),
    ],
  }),
]

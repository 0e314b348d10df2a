/** How values are encoded: sent bare (SEND-04), alike everywhere (SEND-05), and strings unchanged (SEND-12). */

import { broken, decide, kept, requirement } from '../../requirement.ts'
import { splitHandler } from '../../run/answers.ts'
import type { Receipt } from '../../run/run.ts'
import { build } from '../../values.ts'
import { bytesIn, encodeReply, parseJson, sameWire, showWire } from '../../wire.ts'
import { type Account, accounts, type Due } from './dues.ts'
import { readable } from './frames.ts'
import { carries, isUndefined, openAt } from './marks.ts'
import { ending, refusedWithTypeError } from './refusals.ts'
import { plain } from './replies.ts'
import { judgeSilence } from './silence.ts'

export const send04 = requirement({
  id: 'SEND-04',
  title: '`channel.send` sends the value itself, with no routing key; `send(undefined)` and `publish` of undefined reject',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'the value itself': {
      promise: 'what a routed handler sends arrives without its routing key',
      needs: ['trace'],
    },
    'send of undefined': {
      promise: '`send(undefined)` rejects with a TypeError',
      needs: ['trace'],
    },
    'publish of undefined': {
      promise: '`publish` of undefined rejects with a TypeError',
      needs: ['trace'],
    },
    'nothing of undefined': {
      promise: 'neither sends anything',
      needs: ['trace'],
    },
  },
  source: {
    seed: 'guide',
    quote: 'channel.send(data) // Send data to this client',
  },
  *judge(run) {
    for (const account of accounts(run)) for (const due of account.dues) yield* bare(account, due)
    for (const call of run.calls) {
      for (const op of call.ops) {
        if ((op.name !== 'send' && op.name !== 'publish') || !isUndefined(op.args.value) || op.end === undefined) continue
        // On a closed channel the one reason to reject is as good as the other.
        if (op.name === 'send' && !openAt(run, run.byChannelId.get(call.channelId), op.end)) continue
        yield decide(`${op.name} of undefined`, refusedWithTypeError(op), {
          events: [op.begin, op.end],
          expected: `a rejection with a TypeError of ${op.name}(undefined) in step ${call.step}`,
          observed: ending(op.end),
        })
      }
    }
    yield* judgeSilence(run, 'SEND-04', 'nothing of undefined', () => true)
  },
})

function* bare({ conn, strays }: Account, due: Due) {
  const [key, action] = splitHandler(due.call?.handler ?? '')
  if (due.origin !== 'send' || due.mark === undefined || !plain(due) || key === undefined || action === undefined) return
  if (due.receipt !== undefined) yield kept('the value itself', due.made, due.receipt.event)
  if (!due.missing) return
  const keyed = encodeReply(due.value, key, action)
  const stray = 'wire' in keyed ? strays.find((each) => sameWire(keyed.wire, each.wire)) : undefined
  if (stray === undefined && strays.some((each) => carries(each, due.mark ?? ''))) return
  yield broken('the value itself', {
    events: [due.made, stray?.event, due.proof],
    expected: `${showWire(due.wire)} on ${conn.name}, as step ${due.call?.step} sent it`,
    observed:
      stray === undefined
        ? 'it had not arrived when the connection had everything sent before'
        : `it received ${showWire(stray.wire)}`,
  })
}

const kinds = ['a falsy value', 'a string', 'bytes', 'any other value'] as const

function kindOf(due: Due): (typeof kinds)[number] {
  const value = build(due.value)
  if (value === null || value === '' || value === false || value === 0 || Number.isNaN(value)) return 'a falsy value'
  if (typeof value === 'string') return 'a string'
  return bytesIn(value) === undefined ? 'any other value' : 'bytes'
}

/** Strings that are about SEND-12: long, or with more than printable ASCII. */
function demanding(text: unknown): text is string {
  return typeof text === 'string' && (text.length > 1_000 || /[^\x20-\x7e]/.test(text))
}

export const send05 = requirement({
  id: 'SEND-05',
  title: 'Send, unrouted return and publish encode alike, and 0, "", false and null are values like any other',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'a falsy value': {
      promise: 'null, false, 0, NaN and the empty string are sent like any other value',
      needs: ['trace'],
    },
    'a string': { promise: 'a string is sent as that text', needs: ['trace'] },
    bytes: {
      promise: 'bytes of any buffer or view are sent as a binary message of its own range',
      capabilities: ['binary'],
      needs: ['trace'],
    },
    'any other value': {
      promise: 'everything else is sent as its JSON text',
      needs: ['trace'],
    },
  },
  source: {
    decision: "the runtime page's own sample drops falsy results, and a client must know what it will be sent",
  },
  *judge(run) {
    for (const { conn, dues, strays } of accounts(run)) {
      for (const due of dues) {
        if (due.origin === 'reply' || !plain(due) || demanding(build(due.value))) continue
        const clause = kindOf(due)
        if (due.receipt !== undefined) yield kept(clause, due.made, due.receipt.event)
        // A lost message is others' to judge, unless it was lost for being falsy.
        else if (due.missing && !keyed(due, strays) && (clause === 'a falsy value' || strays.length > 0)) {
          yield broken(clause, {
            events: [due.made, strays[0]?.event, due.proof],
            expected: `${showWire(due.wire)} on ${conn.name}: ${clause}, ${origins[due.origin]}`,
            observed:
              strays[0] === undefined
                ? 'it had not arrived when the connection had everything sent before'
                : `it received ${showWire(strays[0].wire)}`,
          })
        }
      }
    }
  },
})

const origins = {
  send: 'sent',
  return: 'returned by a handler without a routing key',
  publish: 'published',
  reply: 'returned',
}

function keyed(due: Due, strays: Account['strays']): boolean {
  const [key, action] = splitHandler(due.call?.handler ?? '')
  if (due.origin !== 'send' || key === undefined || action === undefined) return false
  const wire = encodeReply(due.value, key, action)
  return 'wire' in wire && strays.some((stray) => sameWire(wire.wire, stray.wire))
}

export const send12 = requirement({
  id: 'SEND-12',
  title: 'Any well-formed string arrives unchanged: emoji, U+2028, NUL, a text of 64 KiB encoded',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'any text': {
      promise: 'a text of any characters arrives unchanged',
      needs: ['trace'],
    },
    'a text of 64 KiB': {
      promise: 'a text of 64 KiB in UTF-8 arrives unchanged',
      needs: ['trace'],
      heavy: true,
    },
    'inside JSON': {
      promise: 'a string inside a value arrives unchanged',
      needs: ['trace'],
    },
    'frames that can be read': { promise: 'what is sent comes in frames that a client can read' },
  },
  source: {
    decision: 'text frames are UTF-8 and JSON can hold every string, so that nothing excuses a change',
  },
  *judge(run) {
    for (const account of accounts(run)) for (const due of account.dues) yield* unchanged(account, due)
    for (const connection of run.connections) yield* readable(connection)
  },
})

function* unchanged({ conn, strays }: Account, due: Due) {
  if (!plain(due)) return
  const value = build(due.value)
  const inside = due.origin === 'reply' || typeof value !== 'string'
  if (inside ? !('text' in due.wire) || !demanding(textsIn(value)) : !demanding(value)) return
  const clause = textsIn(value).length > 10_000 ? 'a text of 64 KiB' : inside ? 'inside JSON' : 'any text'
  const { mark } = due
  const stray = inside ? strays.find((each) => mark !== undefined && carries(each, mark) && !holdsTexts(each, value)) : strays[0]
  if (due.receipt !== undefined) yield kept(clause, due.made, due.receipt.event)
  // A value that is lost or in another form with its strings whole is others' to judge.
  else if (due.missing && (stray !== undefined || (!inside && due.origin !== 'return'))) {
    yield broken(clause, {
      events: [due.made, stray?.event, due.proof],
      expected: `${showWire(due.wire)} on ${conn.name}, unchanged`,
      observed:
        stray === undefined
          ? 'it had not arrived when the connection had everything sent before'
          : `it received ${showWire(stray.wire)}`,
    })
  }
}

/** Whether every string of `value` stands unchanged somewhere in the message. */
function holdsTexts(receipt: Receipt, value: unknown): boolean {
  const whole = 'text' in receipt.wire ? textsIn(parseJson(receipt.wire.text)?.json) : ''
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([key, each]) => whole.includes(key + textsIn(each)))
  )
}

/** All strings of a plain value, joined. */
function textsIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 5 || bytesIn(value) !== undefined) return ''
  return Object.entries(value)
    .map(([key, each]) => key + textsIn(each, depth + 1))
    .join('')
}

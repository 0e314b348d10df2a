/** Channel ids (LIFE-03). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { isHandler, ownerOf } from './attempts.ts'

type Clause = 'a non-empty string' | 'same in every handler' | 'never shared' | 'hard to guess'

export const life03 = requirement<Clause>({
  id: 'LIFE-03',
  title: '`channelId` is a non-empty string, one per connection of the system’s life, and not guessable',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'a non-empty string': { promise: 'it is a non-empty string', needs: ['trace'] },
    'same in every handler': { promise: 'it is the same in every handler of a connection', needs: ['trace'] },
    'never shared': { promise: 'no other connection of the system’s life has or had it', needs: ['trace'] },
    'hard to guess': {
      promise:
        'it is long enough for 64 random bits, does not hold what the client itself chose as the key of its handshake, and no two ids of equal length differ in three characters or fewer; whether its source can be predicted does not show in ids',
      capabilities: ['stateful'],
      needs: ['trace'],
    },
  },
  source: { seed: 'guide', quote: 'channel.channelId // Unique connection ID' },
  *judge(run) {
    const first = new Map<Connection, Call>()
    for (const call of run.calls) {
      const owner = isHandler(call) ? ownerOf(run, call) : undefined
      if (owner === undefined) continue
      const earlier = first.get(owner)
      if (earlier === undefined) first.set(owner, call)
      else yield sameId(owner, earlier, call)
    }
    const known = [...first].map(([connection, call]) => ({ connection, call, id: call.enter.channelId as unknown }))
    const short = tooShort(known.map(({ id }) => id).filter((id): id is string => typeof id === 'string'))
    for (const [index, each] of known.entries()) {
      const isId = typeof each.id === 'string' && each.id !== ''
      yield decide('a non-empty string', isId, {
        events: [each.call.enter],
        expected: `a non-empty string as the channel id of ${each.connection.name}`,
        observed: JSON.stringify(each.id) ?? String(each.id),
      })
      if (!isId) continue
      yield* unique(run, each as Known, known.slice(0, index) as Known[])
      yield guessing(each as Known, known.slice(0, index) as Known[], short)
    }
  },
})

interface Known {
  connection: Connection
  call: Call
  id: string
}

function sameId(connection: Connection, earlier: Call, call: Call): Judgment<Clause> {
  return decide('same in every handler', call.enter.channelId === earlier.enter.channelId, {
    events: [earlier.enter, call.enter],
    expected: `the channel id that ${earlier.handler} of ${connection.name} had, ${earlier.enter.channelId}`,
    observed: `${call.handler} (step ${call.step}) had ${call.enter.channelId}`,
  })
}

function* unique(run: Run, { connection, call, id }: Known, others: readonly Known[]): Iterable<Judgment<Clause>> {
  const other = others.find((each) => each.id === id)
  if (other !== undefined) {
    yield broken('never shared', {
      events: [other.call.enter, call.enter],
      expected: `a channel id for ${connection.name} that no other connection has`,
      observed: `${other.connection.name} has the same, ${id}`,
    })
    return
  }
  const program = connection.connect === undefined ? undefined : run.ledger.channelIds.get(id)
  if (program !== undefined) {
    yield broken('never shared', {
      events: [call.enter],
      expected: `a channel id for ${connection.name} that no connection has had before`,
      observed: `a connection of program ${program} had the same, ${id}`,
      ledger: true,
    })
  } else if (others.length > 0 || (connection.connect !== undefined && run.ledger.channelIds.size > 0))
    yield kept('never shared', call.enter)
}

/** Bits that a character holds at most: printable ASCII has 95, anything else is a whole UTF-16 unit. */
const bitsOf = (id: string, most: number): number =>
  Array.from({ length: id.length }, (_, at) => (printable(id.charCodeAt(at)) ? most : 16)).reduce((a, b) => a + b, 0)

/** What chance would keep out of so many characters does not belong to what they are taken from. */
const enough = 40
const alphabets = [
  [/^[-0-9]*$/, Math.log2(10)],
  [/^[-0-9a-fA-F]*$/, 4],
  [/^[-0-9a-z]*$/, Math.log2(36)],
] as const

/** Bits that a printable character of these ids holds at most, all of them together. */
function bitsOfOne(ids: string): number {
  const alphabet = ids.length < enough ? undefined : alphabets.find(([all]) => all.test(ids))
  return alphabet?.[1] ?? 6.57
}

/** How unlikely, as a power of two, what is blamed has to be. */
const certain = 40

/** Whether ids are too short for 64 random bits: a number without leading zeros may be a few digits short, but not every one of many. */
function tooShort(ids: readonly string[]): boolean {
  const bits = bitsOfOne(ids.join(''))
  const longest = Math.max(0, ...ids.map((id) => bitsOf(id, bits)))
  return new Set(ids).size * (64 - longest) > certain
}

const printable = (unit: number): boolean => unit >= 0x20 && unit < 0x7f
const printableOnly = (id: string): boolean => /^[ -~]*$/.test(id)

/** Two ids of 64 random printable bits agree in all but three characters once in 2^39 pairs or less. */
const nearlyAlike = 3

function guessing({ connection, call, id }: Known, others: readonly Known[], short: boolean): Judgment<Clause> {
  const twin = others.find((each) => each.id !== id && alike(each.id, id))
  // Whoever chooses the same key would be given the same id.
  const chosen = connection.open?.key !== undefined && id.includes(connection.open.key)
  return decide('hard to guess', !short && !chosen && twin === undefined, {
    events: [chosen ? connection.open : undefined, twin?.call.enter, call.enter],
    expected: `a channel id of at least 64 random bits for ${connection.name}`,
    observed: chosen
      ? `one that holds the key which its client chose for the handshake: ${id}`
      : short
        ? `one with room for fewer, as all of the program's have: ${id}`
        : `one of which all but a few characters are those of ${twin?.connection.name}: ${id} and ${twin?.id}`,
  })
}

function alike(a: string, b: string): boolean {
  if (a.length !== b.length || !printableOnly(a + b)) return false
  let differing = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at] && ++differing > nearlyAlike) return false
  return true
}

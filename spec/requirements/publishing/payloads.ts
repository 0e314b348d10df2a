/** What a published payload looks like to those who receive it (PUB-08). */
import { decide, requirement, undecided } from '../../requirement.ts'
import { markOf, ordinaryTopic, provenAfter } from '../../run/deliveries.ts'
import type { Connection, Publish, Run } from '../../run/run.ts'
import { build, describe, type Json, sameJson } from '../../values.ts'
import { sameWire, showWire } from '../../wire.ts'

type Clause = 'values' | 'falsy values' | 'bytes' | 'encoded when called' | 'left alone' | 'no output schema'

/** Which promise a publish puts to the test; undefined for a plain mark, of which PUB-01 and its like judge the arrival. */
function clauseOf({ value, wire, op }: Publish): Clause | undefined {
  if (op?.args.then === 'mutate') return 'encoded when called'
  if (op?.call.channel === 'shaped') return 'no output schema'
  if (markOf(value) !== undefined) return undefined
  if (wire !== undefined && 'hex' in wire) return 'bytes'
  return value === 0 || value === '' || value === false || value === null ? 'falsy values' : 'values'
}

export const pub08 = requirement({
  id: 'PUB-08',
  title: 'Payloads are encoded as sends are, when the call is made; a publish has no output schema',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    values: { promise: 'strings go as that text, everything else as JSON', needs: ['trace'] },
    'falsy values': { promise: '0, "", false and null are payloads like any other', needs: ['trace'] },
    bytes: { promise: 'bytes go as a binary message of the view’s own range', capabilities: ['binary'], needs: ['trace'] },
    'encoded when called': { promise: 'what the handler does to the payload after the call never shows', needs: ['trace'] },
    'left alone': { promise: 'publishing changes nothing of the handler’s payload', needs: ['trace'] },
    'no output schema': { promise: 'the output schema of the handler that publishes is not applied', needs: ['trace'] },
  },
  source: {
    decision:
      'one encoding for whatever a client is given; an output schema describes replies of one handler, while a publish goes to clients of others',
  },
  *judge(run) {
    for (const publish of run.publishes) yield* leftAlone(publish)
    for (const connection of run.connections) {
      for (const group of alike(run)) yield* arrived(run, connection, group)
    }
  },
})

/** Publishes judged here, those of the same message together: their copies cannot be told apart. */
function alike(run: Run): Publish[][] {
  const groups: Publish[][] = []
  for (const publish of run.publishes) {
    if (publish.wire === undefined || clauseOf(publish) === undefined || !ordinaryTopic(publish.topic)) continue
    const group = groups.find(
      ([first]) => first?.wire !== undefined && publish.wire !== undefined && sameWire(first.wire, publish.wire),
    )
    if (group === undefined) groups.push([publish])
    else group.push(publish)
  }
  return groups
}

function* arrived(run: Run, connection: Connection, group: Publish[]) {
  const due = group.filter(
    (publish) => publish.exclude !== connection.channelId && run.subscribed(connection, publish) === 'must',
  )
  const [first] = due
  if (first?.wire === undefined) return
  const { wire } = first
  const copies = connection.received.filter((receipt) => sameWire(wire, receipt.wire))
  const clause = clauseOf(first) ?? 'values'
  if (copies.length < due.length && !due.every((publish) => provenAfter(run, connection, publish))) {
    yield undecided(clause)
    return
  }
  const damaged = connection.received.filter((receipt) => receipt.answers === undefined)
  yield decide(clause, copies.length >= due.length, {
    events: [
      first.begin,
      first.end,
      ...copies.map((each) => each.event),
      ...damaged.map((each) => each.event),
      connection.fenced,
    ],
    expected: `on ${connection.name} ${due.length === 1 ? 'a message' : `${due.length} messages`} ${showWire(wire)}${'text' in wire ? '' : ' in binary'}`,
    observed: `${copies.length === 0 ? 'none' : copies.length} had come when ${connection.name} had everything sent before${
      damaged[0] === undefined ? '' : `; it received ${showWire(damaged[0].wire)} instead`
    }`,
  })
}

/** What a publish's payload had become when it was looked at again, where the script asked for that. */
function* leftAlone({ op, outcome, value }: Publish) {
  if (op?.args.then !== 'watch' || outcome !== 'ok' || op.end === undefined) return
  const before: Json = describe(build(value))
  const after = op.end.value === undefined ? { $: 'undefined' } : op.end.value
  yield decide('left alone', sameJson(before, after), {
    events: [op.begin, op.end],
    expected: `the payload is still ${JSON.stringify(before)} after the publish`,
    observed: `it had become ${JSON.stringify(after)}`,
  })
}

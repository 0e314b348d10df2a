/** Collects the publishes of a run: those of handlers and those of the host. */
import type { ClientEventOf, HistoryEvent } from '../history.ts'
import type { Json } from '../values.ts'
import { encode } from '../wire.ts'
import { actionOf } from './connections.ts'
import type { Call, OpRun, Publish } from './run.ts'

/** All publishes, in the order of the history; without `bytes` the system carries text only. */
export function collectPublishes(events: readonly HistoryEvent[], calls: readonly Call[], bytes = true): Publish[] {
  const ends = new Map<string, ClientEventOf<'hosted'>>()
  for (const event of events) if (event.kind === 'hosted' && event.step !== undefined) ends.set(event.step, event)
  const hosted = events
    .filter((event) => event.kind === 'invoke')
    .filter((event) => actionOf(event).do === 'publish')
    .map((event) => hostPublish(event, ends.get(event.step ?? '')))
  const ops = calls.flatMap((call) => call.ops.filter((op) => op.name === 'publish'))
  const all = [...ops.map(opPublish), ...hosted]
  if (!bytes) for (const publish of all) if (publish.wire !== undefined && 'hex' in publish.wire) publish.wire = undefined
  return all
}

function wireOf(value: Json): Publish['wire'] {
  const encoded = encode(value)
  return 'wire' in encoded ? encoded.wire : undefined
}

function opPublish(op: OpRun): Publish {
  const value = op.args.value ?? null
  const exclude = op.args.exclude ?? null
  return {
    topic: op.args.topic as string,
    exclude: exclude === 'self' ? op.call.channelId : exclude === null ? null : (exclude as { id: string }).id,
    value,
    wire: wireOf(value),
    begin: op.begin,
    end: op.end,
    outcome: op.end?.outcome ?? 'unknown',
    op,
    sentinel: false,
    receipts: [],
  }
}

function hostPublish(event: ClientEventOf<'invoke'>, end: ClientEventOf<'hosted'> | undefined): Publish {
  const action = actionOf(event)
  const value = action.value ?? null
  const exclude = action.exclude ?? null
  return {
    topic: action.topic as string,
    exclude: exclude === null ? null : (exclude as { id: string }).id,
    value,
    wire: wireOf(value),
    begin: event,
    end,
    outcome: end?.outcome ?? 'unknown',
    sentinel: action.sentinel === true,
    receipts: [],
  }
}

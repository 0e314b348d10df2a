/** What connections asked for in their handshakes, for the judgments of this area. */
import { allFields, parametersOf, queryFields } from '../../probe/addresses.ts'
import { probeChannels } from '../../probe/channels/index.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { build, type Tagged } from '../../values.ts'

/** A connection that this program asked for, with what its address said. */
export interface Attempt {
  connection: Connection
  path: string
  query: Record<string, string | string[]>
  /** The parameters of its channel's route; undefined where the path does not match it. */
  parameters: Record<string, string> | undefined
  /** Query and path together, the path winning; the probe's own field `s` left out. */
  fields: Record<string, string | string[]>
}

/** The connections that this program opened itself, or tried to. */
export function attempts(run: Run): Attempt[] {
  return run.connections.flatMap((connection) => {
    const { connect, spec } = connection
    const route = probeChannels.get(connection.channel)?.route
    if (connect === undefined || route === undefined) return []
    const path = typeof spec.path === 'string' ? spec.path : route
    const query = queryFields(typeof spec.query === 'string' ? spec.query : '')
    const parameters = parametersOf(route, path)
    return [{ connection, path, query, parameters, fields: allFields({ query, path: parameters ?? {} }) }]
  })
}

/** Whether the system was told to stop before this handshake was over: it may then refuse anything. */
export function mayBeStopping(run: Run, { open, refused }: Connection): boolean {
  const stop = run.of('invoke').find((event) => actionOf(event).do === 'stop')
  return stop !== undefined && run.before(open ?? refused, stop) !== 'yes'
}

/** The value a description stands for; the description itself where it stands for none. */
export function taggedValue(tagged: Tagged): unknown {
  try {
    return build(tagged)
  } catch {
    return tagged
  }
}

/** Whether a call is one of the application's handlers: middleware and operations armed for later are not. */
export function isHandler({ handler }: Call): boolean {
  return handler !== 'middleware' && handler !== 'armed'
}

/** Whether a call is one of a message handler. */
export function handlesMessage(call: Call): boolean {
  return isHandler(call) && call.handler !== 'onConnect' && call.handler !== 'onDisconnect'
}

/** The connection a handler ran for: that of the step that asked for it, whatever the handler was told. */
export function ownerOf(run: Run, call: Call): Connection | undefined {
  const conn = run.invoked(call.step)?.conn ?? call.conn
  return run.connections.find(({ name }) => name === conn)
}

/**
 * From when on a call is known to have settled. One that left operations unawaited may be known to the system to have
 * settled a turn before the trace says so: only its leaving is certain.
 */
export function overAt(call: Call): Call['leave'] | Call['settled'] {
  const floats = call.ops.some(({ args }) => args.mode === 'track' || args.mode === 'float')
  return floats ? call.leave : call.settled
}

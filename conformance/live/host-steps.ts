/** Steps of the host: publishing from outside, stopping, starting a wiring that must be refused. */
import { short } from '../../spec/start-deadlines.ts'
import type { Json } from '../../spec/values.ts'
import { HostError } from '../host.ts'
import { ended } from './connecting.ts'
import type { Field } from './field.ts'
import type { Absent, Waited } from './recorder.ts'

/** Publishes with no channel at hand (PUB-09); `topic` and `exclude` are already the hub's own. */
export async function hostPublish(
  field: Field,
  step: string,
  topic: string,
  exclude: { id: string } | null,
  value: Json,
  sentinel: boolean,
): Promise<void> {
  const { publish } = field.session.hosted
  const { recorder } = field
  if (publish === undefined) {
    recorder.emit({ at: 'client', kind: 'skip', step, why: 'this system offers no hub to its host' })
    return
  }
  recorder.emit({ at: 'client', kind: 'invoke', step, action: { do: 'publish', topic, exclude, value, sentinel } })
  await observed(field, step, 'the publish to resolve', publish(topic, exclude?.id ?? null, value))
}

/**
 * Stops the system and waits until every client has seen its connection end. A stop that stays away, though the system
 * answers and nothing holds it up any more, is noted, and so is which connections are open still.
 */
export async function stopSystem(field: Field, step: string): Promise<void> {
  field.recorder.emit({ at: 'client', kind: 'invoke', step, action: { do: 'stop' } })
  const stop = field.session.hosted.stop()
  // Questions are answered in the order asked: once these are, the system has been told to stop.
  field.stopping = field.turns().then(() => field.recorder.emit({ at: 'client', kind: 'stopping', step }))
  const waited = await observed(field, step, 'the stop to resolve', stop, { what: 'the stop' })
  await field.stopping
  field.letClientsRead()
  for (const client of field.clients) {
    if (client?.state === 'open') await ended(field, client, step)
  }
  // What has all the time it wants may be late without fault, unless it has forgotten a connection.
  const hurried = (field.spec.system?.stop ?? Number.POSITIVE_INFINITY) <= short
  if (waited === 'absent' && !hurried && field.abandoned.size === 0) field.recorder.hang('the stop to resolve', step)
}

/** Starts one more system with a variant's wiring, and stops it again where it did start. */
export async function startVariant(field: Field, step: string, variant: string): Promise<void> {
  field.recorder.emit({ at: 'client', kind: 'invoke', step, action: { do: 'start', variant } })
  const starting = field.session.host.launch({ variant }, () => {})
  await observed(
    field,
    step,
    'the start, and the stop of what it started, to be over',
    starting.then((hosted) => hosted.stop()),
  )
}

/** Records how a host operation ended. */
async function observed(field: Field, step: string, what: string, operation: Promise<void>, absent?: Absent): Promise<Waited> {
  // Told before the event is recorded: whoever waits looks the moment it is.
  let over = false
  void operation.then(
    () => {
      over = true
      field.recorder.emit({ at: 'client', kind: 'hosted', step, outcome: 'ok' })
    },
    (error: unknown) => {
      over = true
      const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
      const typeError = error instanceof TypeError || name === 'TypeError'
      if (error instanceof HostError && name === 'HostError') field.recorder.hung = true
      field.recorder.emit({ at: 'client', kind: 'hosted', step, outcome: 'rejected', error: { name, message, typeError } })
    },
  )
  return field.recorder.until(what, step, () => over, absent)
}

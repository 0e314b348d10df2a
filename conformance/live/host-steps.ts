/** Steps of the host: publishing from outside, stopping, starting a wiring that must be refused. */
import type { Json } from '../../spec/values.ts'
import { HostError } from '../host.ts'
import { ended } from './connecting.ts'
import type { Field } from './field.ts'

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

/** Stops the system and waits until every client has seen its connection end. */
export async function stopSystem(field: Field, step: string): Promise<void> {
  field.recorder.emit({ at: 'client', kind: 'invoke', step, action: { do: 'stop' } })
  const stop = field.session.hosted.stop()
  // Questions are answered in the order asked: once these are, the system has been told to stop.
  field.stopping = field.turns().then(() => field.recorder.emit({ at: 'client', kind: 'stopping', step }))
  await observed(field, step, 'the stop to resolve', stop)
  await field.stopping
  field.letClientsRead()
  for (const client of field.clients) {
    if (client?.state === 'open') await ended(field, client, step)
  }
}

/** Starts one more system with a variant's wiring, and stops it again where it did start. */
export async function startVariant(field: Field, step: string, variant: string): Promise<void> {
  field.recorder.emit({ at: 'client', kind: 'invoke', step, action: { do: 'start', variant } })
  const starting = field.session.host.launch({ variant }, () => {})
  await observed(
    field,
    step,
    'the start to be over',
    starting.then((hosted) => hosted.stop()),
  )
}

/** Records how a host operation ended. */
async function observed(field: Field, step: string, what: string, operation: Promise<void>): Promise<void> {
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
  await field.recorder.until(what, step, () => over)
}

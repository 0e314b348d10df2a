/** Steps of the platform beneath a system: repeated and late events, the sweep, the clock, stores that fail. */
import type { ConnectionFaults, PlatformCommand } from '../../spec/platform.ts'
import type { Json } from '../../spec/values.ts'
import type { Step } from '../program.ts'
import type { Field } from './field.ts'
import { idle } from './invocations.ts'

/** A step of the platform. */
export type PlatformStep = Extract<Step, { do: 'platform' | 'sweep' | 'advance' | 'stores' | 'idle' }>

/**
 * Has the platform do what a step asks for, and waits until it has, with the invocations it caused. While a handler of
 * the program is held at a gate these may wait for it, and so are awaited at the end of the phase.
 */
export async function platformStep(field: Field, id: string, step: PlatformStep): Promise<void> {
  const { recorder, session } = field
  const skip = (why: string): void => recorder.emit({ at: 'client', kind: 'skip', step: id, why })
  if (step.do === 'idle') {
    if (field.holdsAnyone()) return skip('a handler is held at a gate')
    return idle(field)
  }
  const { platform } = session.hosted
  if (platform === undefined) return skip('this system has no platform beneath')
  const client = step.do === 'platform' ? field.clients[step.client] : undefined
  if (step.do === 'platform' && client === undefined) return skip(`client ${step.client} has not connected`)
  const conn = client === undefined ? undefined : recorder.aliases.get(client.physical)
  recorder.emit({ at: 'client', kind: 'invoke', conn, step: id, action: step as unknown as Json })
  const done = platform(commandOf(step, client?.physical ?? '')).then(
    () => recorder.emit({ at: 'client', kind: 'platform', conn, step: id }),
    (error: unknown) => field.lose(error),
  )
  if (step.do === 'stores') field.storesFail = step.fault
  if (field.holdsAnyone()) field.owed.add(done)
  else await settled(field, id, done)
}

/** Tells the platform how it is to treat a connection that is about to be opened. */
export async function tellFaults(field: Field, conn: string, faults: ConnectionFaults | undefined): Promise<void> {
  const { platform } = field.session.hosted
  if (faults === undefined || platform === undefined) return
  await platform({ do: 'faults', conn, faults }).catch((error: unknown) => field.lose(error))
}

/** Waits for what steps of a phase still owe: nothing is held any more. */
export async function settleOwed(field: Field): Promise<void> {
  const owed = [...field.owed]
  field.owed.clear()
  await Promise.all(owed.map((done) => settled(field, undefined, done)))
}

/** What a program leaves undone on the platform: events that were held back come now, and stores fail no more. */
export async function tidyPlatform(field: Field): Promise<void> {
  const { platform } = field.session.hosted
  if (platform === undefined) return
  const commands: PlatformCommand[] = []
  for (const [conn, { disconnect, deliver }] of field.faulty)
    if (disconnect === 'late' || deliver === 'late') commands.push({ do: 'release', conn })
  if (field.storesFail !== undefined) commands.unshift({ do: 'stores', fault: field.storesFail, times: 0 })
  for (const command of commands)
    await settled(
      field,
      undefined,
      platform(command).catch((error: unknown) => field.lose(error)),
    )
}

async function settled(field: Field, step: string | undefined, done: Promise<void>): Promise<void> {
  let over = false
  void done.then(() => {
    over = true
    field.recorder.poke()
  })
  await field.recorder.until('the platform to have done it', step, () => over)
}

function commandOf(step: Exclude<PlatformStep, { do: 'idle' }>, conn: string): PlatformCommand {
  switch (step.do) {
    case 'sweep':
      return { do: 'sweep' }
    case 'advance':
      return { do: 'advance', milliseconds: step.seconds * 1000 }
    case 'stores':
      return { do: 'stores', fault: step.fault, times: step.times }
    case 'platform':
      if (step.what === 'release') return { do: 'release', conn }
      return { do: 'repeat', conn, event: repeated[step.what] }
  }
}

const repeated = {
  'repeat connect': 'connect',
  'repeat message': 'message',
  'repeat disconnect': 'disconnect',
  'repeat deliver': 'deliver',
} as const

/** Runs a program over the stores of a started system: it happens where they are, and its history comes back whole. */
import { storesProcess } from '../stores/execute.ts'
import type { StoreProgram } from '../stores/program.ts'
import type { Execution } from './execute.ts'
import type { Session } from './session.ts'

/** Runs `program` on the stores of `session`; nothing happens where it has none. */
export async function executeOnStores(session: Session, program: StoreProgram): Promise<Execution> {
  const recorder = session.begin()
  const { stall, hang } = session.deadlines
  const events = (await session.hosted.stores?.(program, stall + hang)) ?? []
  for (const event of events) {
    recorder.trace(storesProcess, event)
    if (event.kind !== 'store stall') continue
    const { waitingFor, patience } = event
    recorder.emit({ at: 'client', kind: 'timeout', waitingFor, patience })
    recorder.timeouts++
  }
  return { program: session.program, events: recorder.events, timeouts: recorder.timeouts }
}

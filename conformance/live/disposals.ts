/** Waiting for the disposal of per-event services (LIFE-24), which may be a turn behind everything a client can see. */
import { needsOwnSystem } from '../program.ts'
import type { Field } from './field.ts'

/** How often the host is asked for anything at all: each time is a turn of its event loop. */
const looks = 40

/** Waits, for so many turns of the host and no longer, until what was made for each event has been disposed of. */
export async function awaitDisposals(field: Field): Promise<void> {
  // A system that was stopped has no turns left.
  if (needsOwnSystem(field.spec)) return
  const { residue } = field.session.hosted
  for (let look = 0; look < looks && residue !== undefined && anyLeft(field); look++) await residue()
}

function anyLeft(field: Field): boolean {
  const left = new Set<number>()
  for (const event of field.recorder.events) {
    if (event.kind === 'services') left.add(event.call)
    else if (event.kind === 'disposed') left.delete(event.call)
  }
  return left.size > 0
}

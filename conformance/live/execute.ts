/** Runs one program against a started system and gives back its history. No wait is a sleep: each is for an event. */
import type { HistoryEvent } from '../../spec/history.ts'
import { type Program, reusable, type Step } from '../program.ts'
import { settlePhase, settleProgram } from './barriers.ts'
import { closeConnection, openConnection } from './connecting.ts'
import { awaitDisposals } from './disposals.ts'
import { Field } from './field.ts'
import { idle, overlaps, seesInvocations } from './invocations.ts'
import { performStep } from './perform-step.ts'
import { concludeEnding } from './platform-endings.ts'
import { tidyPlatform } from './platform-steps.ts'
import type { Session } from './session.ts'
import { executeOnStores } from './store-programs.ts'

/** What a program's execution gave. */
export interface Execution {
  program: number
  events: readonly HistoryEvent[]
  timeouts: number
}

/** Runs `program` on `session`. */
export async function execute(session: Session, program: Program): Promise<Execution> {
  if (program.stores !== undefined) return executeOnStores(session, program.stores)
  const field = new Field(session, program)
  if (program.system !== undefined)
    field.recorder.emit({ at: 'client', kind: 'invoke', step: `${field.name}.l`, action: { do: 'launch', ...program.system } })
  for (const [index, spec] of program.clients.entries()) {
    if (spec.late !== true) await openConnection(field, index, `${field.name}.c${index}`, reusable(program, index))
  }
  let number = 0
  const numbered = (steps: readonly Step[]): [string, Step][] => steps.map((step) => [`${field.name}.${number++}`, step])
  for (const [id, step] of numbered(program.prefix)) await performStep(field, id, step)
  for (const phase of program.phases) {
    const lanes = phase.lanes.map(numbered)
    await Promise.all(lanes.map((lane) => runLane(field, lane)))
    await settlePhase(field)
  }
  await settleProgram(field)
  for (const crowd of field.crowds) await crowd.disband()
  await leave(field, program)
  return { program: session.program, events: field.recorder.events, timeouts: field.recorder.timeouts }
}

async function runLane(field: Field, lane: readonly [string, Step][]): Promise<void> {
  for (const [id, step] of lane) {
    if (field.recorder.hung) return
    await performStep(field, id, step)
  }
}

/** What was held back comes now; then all is over, and what has not run by then never will. */
async function leavePlatform(field: Field): Promise<void> {
  if (!seesInvocations(field)) return
  await tidyPlatform(field)
  await idle(field)
  for (const client of field.clients) if (client !== undefined) concludeEnding(field, client)
}

/** Gives reusable connections back, closes the others, and looks at what is left of those that are closed. */
async function leave(field: Field, program: Program): Promise<void> {
  const { session, recorder } = field
  const closing: Promise<void>[] = []
  for (const [index, client] of field.clients.entries()) {
    if (client === undefined) continue
    const keep = !recorder.hung && reusable(program, index) && session.giveBack(client)
    if (keep || client.state === 'closed' || client.state === 'refused') continue
    if (recorder.hung) client.vanish()
    else closing.push(closeConnection(field, `${field.name}.e${index}`, index, { do: 'close' }))
    // Where events overlap anyway, there is nothing to be learnt from closing one after another.
    if (!overlaps(field)) await Promise.all(closing.splice(0))
  }
  await Promise.all(closing)
  if (!recorder.hung) await leavePlatform(field)
  // A channel whose disconnect was lost counts as closed once it is found out, which no end of its connection tells.
  if (!recorder.hung && field.closed.size + field.faulty.size > 0) await field.lookForResidue()
  if (!recorder.hung) await awaitDisposals(field)
}

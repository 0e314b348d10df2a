/** Whether a host can run a program as it is meant. */
import { probeChannels } from '../spec/probe/channels/index.ts'
import type { Host } from './host.ts'
import { needsOwnSystem, type Program, presupposed, stepsOf } from './program.ts'

/** What decides which programs a host can run. */
export type Able = Pick<Host, 'capabilities' | 'startedElsewhere'>

/** Why `host` cannot run `program`; undefined where it can. */
export function unable(host: Able, program: Program): string | undefined {
  const lacking = presupposed(program).find((name) => !host.capabilities.includes(name))
  return lacking === undefined ? unableElsewhere(host, program) : `it does not declare ${lacking}`
}

/** Why a program cannot be run on a system that somebody else has started; undefined where it can, and for every other system. */
export function unableElsewhere({ capabilities, startedElsewhere }: Able, program: Program): string | undefined {
  if (startedElsewhere === undefined) return undefined
  if (program.stores !== undefined) return 'its stores cannot be reached from outside'
  const steps = stepsOf(program)
  if (steps.some((step) => step.do === 'start'))
    return 'a server that was started elsewhere cannot be started with another wiring'
  if (needsOwnSystem(program)) return 'a server that was started elsewhere can neither be stopped nor started with other settings'
  const used = [
    ...program.clients.map(({ channel }) => channel),
    ...steps.flatMap(({ do: what }) => (what === 'crowd' ? ['crowd'] : [])),
  ]
  // Those that ask for a capability the system does not declare are passed over by their programs.
  const asked = used.filter((name) => probeChannels.get(name)?.capabilities?.every((each) => capabilities.includes(each)) ?? true)
  const missing = asked.find((name) => !startedElsewhere.channels.has(name))
  return missing === undefined ? undefined : `its host does not offer the channel ${missing}`
}

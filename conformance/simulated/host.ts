/** Hosts a system's simulation: every program has a system of its own, and its schedule decides all that happens in it. */
import { makeProbe } from '../../spec/probe/probe.ts'
import type { System } from '../../spec/system.ts'
import { hostedFrom } from '../doors/in-process.ts'
import { type Host, HostError } from '../host.ts'
import { SimulatedProgram } from './simulation.ts'

/** What a simulation adds to a host: what was chosen in the program that ran last. */
export interface SimulatedHost extends Host {
  /** Among how many tasks each choice was made. */
  widths(): readonly number[]
}

/** A host of `system`'s simulation. @throws HostError where it offers none */
export function hostSimulated(system: System): SimulatedHost {
  const { simulate } = system
  if (simulate === undefined) throw new HostError(`the system ${system.name} offers no simulation`)
  let current = new SimulatedProgram([])
  return {
    name: system.name,
    capabilities: system.capabilities,
    widths: () => current.schedule.widths,
    async drive(schedule, work) {
      const simulation = new SimulatedProgram(schedule)
      current = simulation
      return simulation.run(work())
    },
    async launch({ variant, deadlines }, sink) {
      const simulation = current
      const probe = makeProbe((event) => sink('host', event), variant, system.capabilities)
      const relay = { note: probe.note, relay: sink, opened: (gate: string) => probe.gates.open(gate) }
      const running = await simulate.call(
        system,
        probe,
        { host: 'simulated', port: 0, deadlines, relay, ...(variant === undefined ? {} : { variant }) },
        simulation,
      )
      const hosted = hostedFrom(running, probe)
      return {
        ...hosted,
        alarm: simulation.alarm,
        opensEarly: false,
        // A gate opens when its turn has come: what was sent before may still be on its way.
        openGate: (name) => void simulation.task(`open gate ${name}`, () => probe.gates.open(name), { by: 'program' }),
        stop: () => running.stop(),
      }
    },
    died: new Promise<never>(() => {}),
    endsByForce: false,
    end: () => Promise.resolve(),
  }
}

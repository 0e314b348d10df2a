/** Hosts a system in the kit's own process: for `conform()` and the doors of test runners. */
import { type HostedProbe, makeProbe } from '../../spec/probe/probe.ts'
import { variants } from '../../spec/probe/variants.ts'
import type { Observation } from '../../spec/requirement.ts'
import type { HostHub, Running, System } from '../../spec/system.ts'
import { build } from '../../spec/values.ts'
import { type Host, HostError, type Hosted, type LaunchOptions, type TraceSink } from '../host.ts'
import { hostedStores } from '../stores/hosted.ts'

/** Turns of the event loop in which sockets are read before a gate opens. */
const turnsBeforeGate = 3

/** A host that starts `system` in this process. */
export function hostInProcess(system: System): Host {
  return {
    name: system.name,
    capabilities: system.capabilities,
    launch: (options, sink) => launchInProcess(system, options, sink),
    died: new Promise<never>(() => {}),
    endsByForce: false,
    end: () => Promise.resolve(),
  }
}

/** Starts a system on a free port of the loopback interface. A start variant that is refused rejects with what refused it. */
export async function launchInProcess(system: System, options: LaunchOptions, sink: TraceSink): Promise<Hosted> {
  const probe = makeProbe((event) => sink('host', event), options.variant, options.capabilities ?? system.capabilities)
  const running = await start(system, probe, options, sink)
  const faults = watchFaults(probe)
  const hosted = hostedFrom(running, probe)
  const stop = (): Promise<void> => running.stop().finally(faults.end)
  if (system.stores === undefined || options.variant !== undefined) return { ...hosted, stop }
  const { observes, ...stores } = await hostedStores(system.stores)
  return { ...hosted, ...stores, observes: new Set([...hosted.observes, ...observes]), stop }
}

async function start(system: System, probe: HostedProbe, options: LaunchOptions, sink: TraceSink): Promise<Running> {
  try {
    const early = variants.get(options.variant ?? '')?.early
    const beforeListen = early === undefined ? undefined : (hub: HostHub) => hub.publish(early.topic, null, early.payload)
    const { deadlines, variant, workers } = options
    const relay = { note: probe.note, relay: sink, opened: (gate: string) => probe.gates.open(gate) }
    const running = await system.start(probe, { host: '127.0.0.1', port: 0, deadlines, variant, workers, relay, beforeListen })
    const wrong = wrongWith(running)
    if (wrong === undefined) return running
    throw new HostError(`the system ${system.name} did not start as expected: its start gave ${wrong}`)
  } catch (error) {
    if (options.variant !== undefined || error instanceof HostError) throw error
    const { name, message } = error instanceof Error ? error : { name: 'a value', message: String(error) }
    throw new HostError(`the system ${system.name} did not start: ${name}: ${message}`)
  }
}

/** What `start` gave that is no running system, and what was expected: code without types finds out here. Undefined where all is well. */
function wrongWith(running: Partial<Running> | undefined): string | undefined {
  const { url, stop } = running ?? {}
  const isAddress = typeof url === 'function' || (typeof url === 'string' && /^(?:ws|http)s?:\/\/./.test(url))
  if (!isAddress)
    return `${JSON.stringify(url) ?? 'no value'} as url, expected a ws: address, or a function that gives a channel’s`
  return typeof stop === 'function' ? undefined : `${JSON.stringify(stop) ?? 'no value'} as stop, expected a function`
}

/** Rejections and exceptions nobody handles become trace events, each a violation. */
function watchFaults(probe: HostedProbe): { end(): void } {
  const on = (what: string) => (error: unknown) =>
    probe.fault(what, error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  const rejection = on('unhandledRejection')
  const exception = on('uncaughtException')
  process.on('unhandledRejection', rejection)
  process.on('uncaughtException', exception)
  return {
    end() {
      process.off('unhandledRejection', rejection)
      process.off('uncaughtException', exception)
    },
  }
}

/** What the runner sees of a running system. */
export function hostedFrom(running: Running, probe: HostedProbe): Omit<Hosted, 'stop'> {
  const { url, hub, residue, idle, platform, engine, dial } = running
  const observes: Observation[] = ['trace', 'stop', 'start']
  if (hub !== undefined) observes.push('hub')
  if (residue !== undefined) observes.push('residue')
  if (idle !== undefined) observes.push('idle')
  if (platform !== undefined) observes.push('platform')
  return {
    url: (channel, route) => (typeof url === 'string' ? `${url}${route}` : url(channel)),
    observes: new Set(observes),
    ...(hub === undefined ? {} : { publish: async (topic, excludeId, value) => hub.publish(topic, excludeId, build(value)) }),
    ...(residue === undefined ? {} : { residue: () => residue.call(running) }),
    ...(idle === undefined ? {} : { idle: () => idle.call(running) }),
    ...(platform === undefined ? {} : { platform: (command) => platform.call(running, command) }),
    ...(engine === undefined ? {} : { engine }),
    ...(dial === undefined ? {} : { dial }),
    openGate: (name) => void openGate(running, probe, name),
  }
}

/** Opens a gate wherever a handler may wait at it: the host's own publishes run onDisconnect in the host's process. */
async function openGate(running: Running, probe: HostedProbe, name: string): Promise<void> {
  if (running.gate === undefined) return openLater(probe, name)
  await running.gate(name)
  probe.gates.open(name)
}

/**
 * Opens a gate once the event loop has gone round a few times: what clients sent before may still lie in the sockets,
 * and a gate opened ahead of it would hold nobody up.
 */
async function openLater(probe: HostedProbe, name: string): Promise<void> {
  for (let turn = 0; turn < turnsBeforeGate; turn++) await new Promise((resolve) => setImmediate(resolve))
  probe.gates.open(name)
}

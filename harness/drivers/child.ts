/** Hosts a system in a child process, so that the kit outlives whatever the system does. */
import { alarm, deadlines } from '../../conformance/deadlines.ts'
import { type Host, HostError, type Hosted, type LaunchOptions, type TraceSink } from '../../conformance/host.ts'
import type { TraceEvent } from '../../spec/history.ts'
import type { Residue } from '../../spec/system.ts'
import { Child } from './child-process.ts'
import type { Launched, Loaded } from './messages.ts'

/**
 * Starts a child that hosts the system `reference` names (a bundled system's name or a module's path).
 * @param alone whether the module may also have stores alone as its default export: on these only programs over stores run
 * @throws HostError where it cannot be loaded or gives no sign of life
 */
export async function hostInChild(reference: string, patience = deadlines.start, alone?: 'stores'): Promise<Host> {
  const child = new Child(reference, alone)
  const host = await hostOn(child, reference, child.loaded, () => child.end(), patience)
  return { ...host, afresh: () => hostInChild(reference, patience, alone) }
}

/**
 * The host of a system that a child is loading.
 * @param end what the end of the host means for the child
 * @throws HostError where the system cannot be loaded or gives no sign of life; the child has been ended then
 */
export async function hostOn(
  child: Child,
  reference: string,
  loading: Promise<Loaded['loaded']>,
  end: () => Promise<void>,
  patience = deadlines.start,
): Promise<Host> {
  const { late, cancel } = alarm(patience)
  const loaded = await Promise.race([loading, child.died, late]).finally(cancel)
  if (loaded === 'late') {
    await child.end()
    throw new HostError(`the system ${reference} gave no sign of life within ${patience / 1000} s of being loaded`)
  }
  return {
    name: loaded.name,
    capabilities: loaded.capabilities,
    died: child.died,
    endsByForce: true,
    launch: (options, sink) => launch(child, loaded.name, options, sink, patience),
    end,
  }
}

async function launch(child: Child, name: string, options: LaunchOptions, sink: TraceSink, patience: number): Promise<Hosted> {
  const instance = child.nextInstance(sink)
  const { late, cancel } = alarm(patience)
  const launching = child.ask({ ask: 'launch', instance, options })
  const launched = (await Promise.race([launching, late, child.died]).finally(cancel)) as Launched | 'late'
  if (launched === 'late') throw new HostError(`the system ${name} did not start within ${patience / 1000} s`)
  return {
    url: (channel, route) => (launched.base === null ? (launched.urls[channel] ?? '') : `${launched.base}${route}`),
    observes: new Set(launched.observes),
    ...(launched.observes.includes('hub')
      ? {
          publish: (topic, excludeId, value) =>
            child.ask({ ask: 'publish', instance, topic, excludeId, value }).then(() => undefined),
        }
      : {}),
    ...(launched.observes.includes('residue')
      ? { residue: () => child.ask({ ask: 'residue', instance }) as Promise<Residue> }
      : {}),
    ...(launched.observes.includes('idle') ? { idle: () => child.ask({ ask: 'idle', instance }).then(() => undefined) } : {}),
    ...(launched.observes.includes('platform')
      ? { platform: (command) => child.ask({ ask: 'platform', instance, command }).then(() => undefined) }
      : {}),
    ...(launched.observes.includes('stores')
      ? {
          stores: (program, patience) => child.ask({ ask: 'stores', instance, program, patience }) as Promise<TraceEvent[]>,
        }
      : {}),
    ...(launched.engine === undefined ? {} : { engine: launched.engine }),
    ...(launched.opensEarly === undefined ? {} : { opensEarly: launched.opensEarly }),
    // The answer comes behind everything traced before it.
    flush: () => child.ask({ ask: 'flush', instance }).then(() => undefined),
    openGate: (gate) => void child.ask({ ask: 'gate', instance, name: gate }).catch(() => undefined),
    stop: () => child.ask({ ask: 'stop', instance }).then(() => child.stopped(instance)),
    forget: () => child.forget(instance),
  }
}

/** The child process: loads one system, starts it as often as asked, and tells the kit everything it traces. */
import { hostInProcess } from '../../conformance/doors/in-process.ts'
import { type Host, HostError, type Hosted } from '../../conformance/host.ts'
import { hostStores } from '../../conformance/stores/host.ts'
import type { TraceEvent } from '../../spec/history.ts'
import { probeChannels } from '../../spec/probe/channels/index.ts'
import type { Residue } from '../../spec/system.ts'
import { loadStores, loadSystem } from '../load-system.ts'
import type { Launched, Loaded, RemoteError, Reply, Request } from './messages.ts'

const send = (reply: Reply): void => {
  // The kit may be gone already; then there is nobody left to tell.
  if (process.connected) process.send?.(reply, undefined, undefined, () => {})
}

const instances = new Map<number, Hosted>()

/** Trace events are sent together once a turn: far fewer messages, and still in order before any later answer. */
class Tracer {
  #pending: Extract<Reply, { instance: number }>['trace'] = []
  readonly #instance: number

  constructor(instance: number) {
    this.#instance = instance
  }

  add(process: string, event: TraceEvent): void {
    if (this.#pending.push([process, event]) === 1) setImmediate(() => this.flush())
  }

  flush(): void {
    if (this.#pending.length === 0) return
    send({ trace: this.#pending, instance: this.#instance })
    this.#pending = []
  }
}

const tracers = new Map<number, Tracer>()

/** What is hosted: what the command line names, until another is asked for. */
let host: Host

type Answer = Loaded['loaded'] | Launched | Residue | TraceEvent[] | undefined

async function answer(request: Request): Promise<Answer> {
  if (request.ask === 'load') {
    host = await load(request.reference)
    return announced()
  }
  if (request.ask === 'launch') return launch(request)
  const hosted = instances.get(request.instance)
  if (hosted === undefined) throw new HostError('this system was not started')
  switch (request.ask) {
    case 'publish':
      await hosted.publish?.(request.topic, request.excludeId, request.value)
      return undefined
    case 'residue':
      return hosted.residue?.()
    case 'idle':
      await hosted.idle?.()
      return undefined
    case 'platform':
      await hosted.platform?.(request.command)
      return undefined
    case 'stores':
      return hosted.stores?.(request.program, request.patience)
    case 'gate':
      hosted.openGate(request.name)
      return undefined
    case 'flush':
      return undefined
    case 'stop':
      // It is kept: gates can still be opened, and what is left can be looked at.
      await hosted.stop()
      return undefined
    case 'forget':
      instances.delete(request.instance)
      tracers.delete(request.instance)
      return undefined
  }
}

async function launch(request: Extract<Request, { ask: 'launch' }>): Promise<Launched> {
  const tracer = new Tracer(request.instance)
  tracers.set(request.instance, tracer)
  const hosted = await host.launch(request.options, (process, event) => tracer.add(process, event))
  instances.set(request.instance, hosted)
  const { engine, opensEarly } = hosted
  return {
    ...addresses(hosted),
    observes: [...hosted.observes],
    ...(engine === undefined ? {} : { engine }),
    ...(opensEarly === undefined ? {} : { opensEarly }),
  }
}

function addresses(hosted: Hosted): Pick<Launched, 'urls' | 'base'> {
  // Stores alone serve no channel, and trace none.
  if (!hosted.observes.has('trace')) return { urls: {}, base: null }
  const urls = Object.fromEntries([...probeChannels.values()].map(({ name, route }) => [name, hosted.url(name, route)]))
  const probe = hosted.url('main', '/=')
  return { urls, base: probe.endsWith('/=') ? probe.slice(0, -2) : null }
}

/** The host of what the command line's words name. @throws SystemReferenceError */
async function load(reference = '', alone?: string): Promise<Host> {
  const stores = alone === 'stores' ? await loadStores(reference) : undefined
  return stores === undefined ? hostInProcess(await loadSystem(reference)) : hostStores(stores)
}

function remote(error: unknown): RemoteError {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  return { name, message, typeError: error instanceof TypeError, host: error instanceof HostError }
}

function announced(): Loaded['loaded'] {
  const { name, capabilities } = host
  return { name, capabilities: [...capabilities] }
}

async function main(): Promise<void> {
  try {
    host = await load(process.argv[2], process.argv[3])
  } catch (error) {
    send({ failed: (error as Error).message })
    process.disconnect()
    return
  }
  process.on('message', (request: Request) => {
    const flush = (): void => ('instance' in request ? tracers.get(request.instance)?.flush() : undefined)
    answer(request).then(
      (value) => {
        flush()
        send({ answers: request.id, value })
      },
      (error: unknown) => {
        flush()
        send({ answers: request.id, error: remote(error) })
      },
    )
  })
  // The kit has gone: nobody will ask for a stop any more.
  process.on('disconnect', () => process.exit())
  send({ loaded: announced() })
}

await main()

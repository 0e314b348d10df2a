/** A server that somebody else has started, in whatever language: its trace and its gates are reached over HTTP. */
import { deadlines } from '../../../conformance/deadlines.ts'
import { type Host, HostError, type Hosted, type LaunchOptions, type TraceSink } from '../../../conformance/host.ts'
import type { Capability } from '../../../spec/capabilities.ts'
import type { Outcome } from '../../../spec/history.ts'
import type { Residue } from '../../../spec/system.ts'
import { Asker, cut, type Question } from './ask.ts'
import { addressOf, checkDescription, type Description } from './description.ts'
import { Sockets } from './sockets.ts'
import { TraceFeed } from './trace-feed.ts'

/** Settings of `hostAtUrl`. */
export interface AtUrl {
  /** In place of those that it declares. */
  capabilities?: readonly Capability[]
  /** Milliseconds within which each question must be answered. */
  patience?: number
}

/**
 * The host at a base address such as `http://127.0.0.1:8080`; it is neither started nor stopped.
 * @throws HostError where nothing answers there, or not as docs/black-box.md says
 */
export async function hostAtUrl(address: string, { capabilities, patience = deadlines.start }: AtUrl = {}): Promise<Host> {
  const base = address.replace(/\/+$/, '')
  const ask = new Asker(base, patience)
  const describe = async (): Promise<Description> =>
    checkDescription(base, await ask.askJson({ method: 'GET', path: '/conformance', expected: 200 }))
  const { name, capabilities: declared, channels } = await describe()
  let die: (error: unknown) => void = () => {}
  const died = new Promise<never>((_resolve, reject) => {
    die = reject
  })
  died.catch(() => undefined)
  const feeds = new Set<TraceFeed>()
  const sockets = new Sockets()
  return {
    name,
    capabilities: capabilities ?? declared,
    startedElsewhere: { channels: new Set(Object.keys(channels)) },
    died,
    endsByForce: false,
    async launch(options, sink) {
      const description = await describe()
      const feed = follow(ask, description, options, sink)
      feeds.add(feed)
      feed.follow().catch((error: unknown) => feeds.has(feed) && die(error))
      const started = hosted(ask, description, feed, die, () => {
        feed.end()
        feeds.delete(feed)
        sockets.cut()
      })
      return { ...started, dial: sockets.dial }
    },
    end() {
      for (const feed of feeds) feed.end()
      feeds.clear()
      ask.end()
      sockets.cut()
      return Promise.resolve()
    },
  }
}

function follow(ask: Asker, { trace }: Description, { variant }: LaunchOptions, sink: TraceSink): TraceFeed {
  if (variant !== undefined) throw new HostError('a server that was started elsewhere cannot be started with another wiring')
  return new TraceFeed(ask, trace, sink)
}

function hosted(ask: Asker, description: Description, feed: TraceFeed, die: (error: unknown) => void, stop: () => void): Hosted {
  const { observes, engine, trace } = description
  /** Whoever asked hears of a failure, and so does whoever runs programs: nothing more can be judged then. */
  const orDie = async <T>(answering: Promise<T>): Promise<T> => {
    try {
      return await answering
    } catch (error) {
      die(error)
      throw error
    }
  }
  // What an answer tells of is in the trace by then: it is told before the answer is.
  const asked = async <T>(question: Omit<Question, 'expected'>, read: (answer: unknown) => T): Promise<T> => {
    const answer = read(await ask.askJson({ ...question, expected: 200 }))
    await feed.flush()
    return answer
  }
  const outcome = async (path: string, body: unknown): Promise<void> => {
    const { error } = await orDie(asked({ method: 'POST', path, body }, outcomeIn))
    if (error === undefined) return
    throw Object.assign(error.typeError ? new TypeError(error.message) : new Error(error.message), { name: error.name })
  }
  return {
    url: (channel, path) => addressOf(description, channel, path),
    observes: new Set(['trace', ...observes]),
    tracedBefore: trace,
    ...(engine === undefined ? {} : { engine }),
    ...(observes.includes('hub')
      ? { publish: (topic, exclude, payload) => outcome('/conformance/publish', { topic, exclude, payload }) }
      : {}),
    ...(observes.includes('residue')
      ? { residue: () => orDie(asked({ method: 'GET', path: '/conformance/residue' }, residueIn)) }
      : {}),
    ...(observes.includes('idle') ? { idle: () => outcome('/conformance/idle', {}) } : {}),
    openGate: (name) => {
      const path = `/conformance/gates/${encodeURIComponent(name)}`
      orDie(ask.ask({ method: 'POST', path, expected: 204 })).catch(() => undefined)
    },
    flush: () => orDie(feed.flush()),
    // It goes on running: whoever started it stops it.
    stop: () => Promise.resolve(stop()),
  }
}

/** How a request ended. @throws HostError for what is no outcome */
function outcomeIn(answer: unknown): Pick<Outcome, 'error'> {
  const { outcome, error } = (answer ?? {}) as Partial<Outcome>
  if (outcome === 'ok') return {}
  if (outcome === 'rejected' && typeof error?.message === 'string') return { error }
  throw new HostError(
    `a request was answered with ${cut(JSON.stringify(answer))}: expected {"outcome":"ok"} or "rejected" with its error`,
  )
}

/** What hub and stores hold. @throws HostError for what says nothing of it */
function residueIn(answer: unknown): Residue {
  const { channels, subscriptions } = (answer ?? {}) as Partial<Residue>
  const pairs = Array.isArray(subscriptions) && subscriptions.every((each) => Array.isArray(each) && each.length === 2)
  if (Array.isArray(channels) && pairs) return { channels, subscriptions }
  throw new HostError(
    `GET /conformance/residue was answered with ${cut(JSON.stringify(answer))}: expected channels and subscriptions, each a list`,
  )
}

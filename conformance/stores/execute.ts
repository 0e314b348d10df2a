/** Runs one program over stores, in the process that has them, and gives back its history. */
import type { Outcome, TraceEvent, UnnumberedTraceEvent } from '../../spec/history.ts'
import type { OpenStores, StoredChannel, StoreOperationName, StoreSystem } from '../../spec/stores.ts'
import { build, describe, type Json } from '../../spec/values.ts'
import { alarm, deadlines } from '../deadlines.ts'
import { closeStores, openStores } from './open.ts'
import { namesIn, type StoreProgram, type StoreStep, storeSteps } from './program.ts'
import { Scheduler } from './scheduler.ts'

/**
 * When every program begins: later than any store's own clock, so that none deletes by itself what is looked for, and
 * within a second, so that one that rounds times shows.
 */
export const beginning = Date.UTC(2100, 0, 1, 0, 0, 1, 379)

/** Where the events of stores come from. */
export const storesProcess = 'stores'

/** One operation as it is performed and told of. */
interface Performed {
  name: StoreOperationName
  args: { [key: string]: Json }
  /** Gives back what is told of as its value. */
  run(): Promise<unknown>
}

/**
 * Opens the stores, runs the program and closes them.
 * @param patience milliseconds without an end after which the program is given up; its history then ends with a stall
 * @param start milliseconds the stores have for opening, and for closing
 * @throws HostError where they do not open or close in time, and whatever opening or closing them rejects with
 */
export async function executeStores(
  system: StoreSystem,
  program: StoreProgram,
  patience: number,
  start = deadlines.start,
): Promise<TraceEvent[]> {
  const execution = new Execution(program)
  const open = await openStores(system, execution.surroundings, start)
  const { late, cancel } = alarm(patience)
  const ended = await Promise.race([execution.run(open), late]).finally(cancel)
  if (ended === 'late') {
    const waitingFor = execution.pending()
    execution.note({ at: 'server', kind: 'store stall', waitingFor, patience })
    // What hangs may hang in closing too.
    void open.close().catch(() => undefined)
  } else await closeStores(system, open, start)
  return execution.events
}

class Execution {
  readonly events: TraceEvent[] = []
  readonly #program: StoreProgram
  readonly #scheduler: Scheduler
  readonly #unfinished = new Map<number, string>()
  #now = beginning
  #ops = 0

  constructor(program: StoreProgram) {
    this.#program = program
    const notes = {
      choice: (from: string[], chosen: number) => this.note({ at: 'server', kind: 'store choice', from, chosen }),
      request: (op: number | null, name: string) => this.note({ at: 'server', kind: 'store request', op, name }),
    }
    this.#scheduler = new Scheduler(notes, program.choices)
  }

  get surroundings() {
    return {
      now: () => this.#now,
      request: <T>(name: string, make: () => Promise<T>) => this.#scheduler.request(name, make),
      page: this.#program.page,
    }
  }

  note(event: UnnumberedTraceEvent): void {
    this.events.push({ ...event, seq: this.events.length } as TraceEvent)
  }

  /** The operations that have begun and not ended. */
  pending(): string {
    return [...this.#unfinished.values()].join(', ') || 'requests that nobody waits for'
  }

  async run(stores: OpenStores): Promise<void> {
    const { channels, prefix, together, after, early } = this.#program
    for (const step of [...channels, ...prefix]) await this.#alone(stores, step)
    const lanes = together.map((step) => this.#lane(stores, step))
    await this.#scheduler.together(lanes, early)
    await this.#look(stores)
    for (const step of after) await this.#alone(stores, step)
    if (after.length > 0) await this.#look(stores)
    await this.#scheduler.leftovers()
  }

  async #alone(stores: OpenStores, step: StoreStep): Promise<void> {
    if (step.op === 'advance') this.#now += step.milliseconds
    else await this.#perform(this.#ops++, performed(stores, step, this.#now))
  }

  #lane(stores: OpenStores, step: StoreStep) {
    const op = this.#ops++
    if (step.op !== 'advance') {
      const run = () => this.#perform(op, performed(stores, step, this.#now))
      return { op, label: step.op, run }
    }
    const run = () =>
      this.#scheduler.request('advance', async () => {
        this.#now += step.milliseconds
      })
    return { op, label: `the clock goes on by ${step.milliseconds} ms`, run }
  }

  /** Looks at everything the program has named. */
  async #look(stores: OpenStores): Promise<void> {
    const { ids, topics } = namesIn(this.#program)
    for (const id of ids) await this.#alone(stores, { op: 'find', id })
    for (const topic of topics) await this.#alone(stores, { op: 'subscribers', topic })
    // A sweep of stores that keep one for each hour costs many requests.
    if (storeSteps(this.#program).some(({ op }) => op === 'advance' || op === 'expired'))
      await this.#alone(stores, { op: 'expired' })
    const { residue, liveReads } = stores
    if (residue !== undefined) await this.#perform(this.#ops++, { name: 'residue', args: {}, run: () => residue.call(stores) })
    if (liveReads !== undefined)
      await this.#perform(this.#ops++, { name: 'live reads', args: {}, run: async () => liveReads.call(stores) })
  }

  /** An operation's rejection is an outcome like another. */
  async #perform(op: number, { name, args, run }: Performed): Promise<void> {
    this.#unfinished.set(op, `operation ${op}, ${name}`)
    this.note({ at: 'server', kind: 'store begin', op, name, args, now: this.#now })
    const outcome = await this.#scheduler.attribute(op, () => outcomeOf(run))
    this.note({ at: 'server', kind: 'store end', op, name, now: this.#now, ...outcome })
    this.#unfinished.delete(op)
  }
}

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { outcome: 'ok', value: describe(await run()) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'a value', message: String(error) }
    return { outcome: 'rejected', error: { name, message, typeError: error instanceof TypeError } }
  }
}

function performed({ operations }: OpenStores, step: Exclude<StoreStep, { op: 'advance' }>, now: number): Performed {
  const { op: name, ...args } = step
  switch (step.op) {
    case 'add': {
      const told = { id: step.id, name: step.name, connectedAt: beginning, expires: beginning + step.expires }
      // Made anew for each operation: what a store does to it must not show in another.
      const channel = (): StoredChannel => ({ ...told, openingData: build(step.data) as object })
      return { name: step.op, args: { ...told, openingData: step.data }, run: () => operations.add(channel()) }
    }
    case 'find':
      return { name: step.op, args: { id: step.id }, run: () => operations.find(step.id) }
    case 'set session':
      return { name: step.op, args: { ...args }, run: () => operations.setSession(step.id, build(step.value)) }
    case 'remove':
      return { name: step.op, args: { id: step.id }, run: () => operations.remove(step.id) }
    case 'subscribe':
      return { name: step.op, args: { ...args }, run: () => operations.subscribe(step.topic, step.id) }
    case 'unsubscribe':
      return { name: step.op, args: { ...args }, run: () => operations.unsubscribe(step.topic, step.id) }
    case 'subscribers':
      return { name: step.op, args: { ...args }, run: () => pages(operations.subscribers(step.topic)) }
    case 'expired':
      return { name: step.op, args: { now }, run: () => pages(operations.expired(now)) }
  }
}

async function pages(listing: AsyncIterable<readonly string[]>): Promise<string[][]> {
  const all: string[][] = []
  for await (const page of listing) all.push([...page])
  return all
}

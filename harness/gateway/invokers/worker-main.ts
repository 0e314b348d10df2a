/** The main program of a worker process: has one module handle what events it is given, several at a time. */
import { makeProbe } from '../../../spec/probe/probe.ts'
import { SteppedClock } from '../clock.ts'
import type { Invocation, InvokeAnswer } from '../invocation.ts'
import { RequestGuard } from '../request-guard.ts'
import type { Handle } from './in-process.ts'
import type { WorkerModule } from './worker-host.ts'
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.ts'

// At once and each by itself: what was told before the process is killed has then left it.
const send = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
const proceeding = new Map<number, () => void>()
const listeners: ((message: unknown) => void)[] = []
let questions = 0

function ask(question: { defer: string } | { question: unknown }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    questions += 1
    waiting.set(questions, { resolve, reject })
    send({ ...question, ask: questions })
  })
}

interface Hosted {
  handle: Handle
  clock: SteppedClock
  openGate(name: string): void
}

async function host(module: WorkerModule, { settings, variant, capabilities, offset, gates }: WorkerSetup): Promise<Hosted> {
  const clock = new SteppedClock(offset)
  const probe = makeProbe((trace) => send({ trace }), variant, capabilities)
  const openGate = probe.gates.open.bind(probe.gates)
  for (const name of gates) openGate(name)
  probe.gates.open = (name) => {
    openGate(name)
    send({ gate: name })
  }
  for (const what of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(what, (error: unknown) =>
      probe.fault(what, error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    )
  }
  const handle = await module({
    probe,
    clock,
    settings,
    defer: async (channelId) => void (await ask({ defer: channelId })),
    ask: (question) => ask({ question }),
    report: (report) => send({ report }),
    told: (listener) => listeners.push(listener),
  })
  return { handle, clock, openGate }
}

async function invoke({ handle }: Hosted, given: Omit<Invocation, 'reached'>): Promise<InvokeAnswer> {
  const reached = (): Promise<void> =>
    new Promise((resolve) => {
      proceeding.set(given.invocation, resolve)
      send({ reached: given.invocation })
    })
  const invocation = { ...given, reached }
  try {
    return await handle(invocation, new RequestGuard(invocation, () => send({ strike: true })))
  } catch (error) {
    return { outcome: 'failed', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}

function hear(message: Exclude<ToWorker, { setup: unknown } | { answers: number }>, hosted: Hosted): void {
  if ('invoke' in message) {
    const { id } = message
    void invoke(hosted, message.invoke).then((answer) => send({ answers: id, answer }))
  } else if ('advance' in message) {
    hosted.clock.advance(message.advance)
    send({ answers: message.id })
  } else if ('gate' in message) hosted.openGate(message.gate)
  else if ('proceed' in message) {
    proceeding.get(message.proceed)?.()
    proceeding.delete(message.proceed)
  } else for (const listener of listeners) listener(message.tell)
}

/** A question of this process's has been answered; the module may be asking before it is ready. */
function settle({ answers, value, error }: Extract<ToWorker, { answers: number }>): void {
  const asked = waiting.get(answers)
  waiting.delete(answers)
  if (error === undefined) asked?.resolve(value)
  else asked?.reject(new Error(error))
}

/** Serves the process this one was forked by, until that goes. */
export function serve(module: WorkerModule): void {
  // What comes while the module is made ready waits for it, in order.
  let hosted: Promise<Hosted> | undefined
  process.on('message', (message: ToWorker) => {
    if ('setup' in message) {
      hosted = host(module, message.setup)
      hosted.then(
        () => send({ ready: true }),
        (error: unknown) => send({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
      )
    } else if ('answers' in message) settle(message)
    else void hosted?.then((ready) => hear(message, ready)).catch(() => {})
  })
  // The platform has gone: nobody will ask for anything any more.
  process.on('disconnect', () => process.exit())
}

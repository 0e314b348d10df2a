/** Which programs can be compared, and how much of them. */
import { probeChannels } from '../../spec/probe/channels/index.ts'
import type { Op } from '../../spec/probe/ops.ts'
import { type Able, unable } from '../able.ts'
import { opsIn, opsOf, type Program, stepsOf } from '../program.ts'

/** Steps that ask the platform beneath for something: what comes of that is for STATELESS to say. */
const ofPlatform: ReadonlySet<string> = new Set(['platform', 'sweep', 'advance', 'stores', 'idle'])

/** Why a program says nothing of two systems side by side; undefined where it can. */
export function incomparable(program: Program, [a, b]: readonly [Able, Able]): string | undefined {
  if (program.stores !== undefined || program.schedule !== undefined) return 'it runs on no live connections'
  if (program.system !== undefined) return 'its deadlines decide what happens'
  const why = unable(a, program) ?? unable(b, program)
  if (why !== undefined) return `one of the systems cannot run it: ${why}`
  if (stepsOf(program).some((step) => ofPlatform.has(step.do)) || program.clients.some(({ faults }) => faults !== undefined))
    return 'it asks for faults of a platform'
  const declares = (name: string): number => [a, b].filter(({ capabilities }) => capabilities.includes(name as never)).length
  const needed = program.clients.flatMap(({ channel }) => probeChannels.get(channel)?.capabilities ?? [])
  if (needed.some((name) => declares(name) < 2)) return 'only one of the systems has all of its channels'
  if (declares('binary') === 1 && usesBytes(program)) return 'only one of the systems carries bytes'
  if (declares('binary') === 0 && stepsOf(program).some((step) => step.do === 'bytes'))
    return 'what carries no bytes may close or answer with an error'
  // Behind a platform a channel has an address of its own, and no path that a client could vary.
  if (declares('stateful') < 2 && program.clients.some(({ path }) => path !== undefined)) return 'one of the systems has no paths'
  const starts = stepsOf(program).some((step) => step.do === 'start')
  return starts && declares('pathParameters') === 1 ? 'they refuse different wirings' : undefined
}

/** What is sent as bytes is refused without the capability, and sent with it. */
const usesBytes = (program: Program): boolean =>
  stepsOf(program).some((step) => step.do === 'bytes') || /"\$":"(bytes|buffer|view)"/.test(JSON.stringify(program))

/** Operations that tie a handler to something outside it, so that what follows runs beside it. */
const besides: ReadonlySet<Op['op']> = new Set(['hold', 'release', 'arm', 'register', 'unregister'])

/**
 * Whether one thing happens after another: no lanes side by side, no step that is not waited for, no handler that waits,
 * and nothing unawaited but what is sent. Only then is there one order, and all of an outcome can be compared; of any
 * other program only the deliveries that must or must not be.
 */
export function isSequential(program: Program): boolean {
  if (program.phases.some(({ lanes }) => lanes.filter((lane) => lane.length > 0).length > 1)) return false
  if (stepsOf(program).some((step) => step.do === 'act' && step.wait === false)) return false
  // Whether a handler sees what middleware did to the data it passed on is left open.
  if (program.clients.some(({ middleware }) => JSON.stringify(middleware ?? {}).includes('"mutate"'))) return false
  return allOps(program).every((op) => {
    if (besides.has(op.op)) return false
    return !('mode' in op) || op.mode === undefined || op.mode === 'await' || op.op === 'send' || op.op === 'publish'
  })
}

function allOps(program: Program): Op[] {
  const scripts = program.clients.flatMap(({ connect, disconnect, middleware }) => [
    ...(connect ?? []),
    ...(disconnect ?? []),
    ...Object.values(middleware ?? {}).flatMap((script) => [...(script?.before ?? []), ...(script?.after ?? [])]),
  ])
  return [...stepsOf(program).flatMap(opsOf), ...opsIn(scripts)]
}

/** Clients of which nothing is compared: they read nothing, break the protocol, or go without a word. */
export function disturbed(program: Program): ReadonlySet<number> {
  return new Set(stepsOf(program).flatMap((step) => ('client' in step && disturbing.has(step.do) ? [step.client] : [])))
}

const disturbing: ReadonlySet<string> = new Set(['pause', 'violate', 'vanish'])

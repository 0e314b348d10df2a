/**
 * The pass after fast-check's own shrinking: it takes away what the failure does not need, and moves steps of lanes into
 * the prefix, because a minimum that reads as a sequence is understood sooner than one that runs in parallel.
 */
import type { Op } from '../spec/probe/ops.ts'
import type { ClientSpec, Phase, Program, Step } from './program.ts'
import { storeCandidates } from './stores/shrink.ts'

/** Tries smaller programs until none of them fails any more, or `budget` tries are used up. */
export async function minimise(
  program: Program,
  fails: (candidate: Program) => Promise<boolean>,
  budget: number,
): Promise<Program> {
  let smallest = program
  let left = budget
  for (let progress = true; progress; ) {
    progress = false
    for (const candidate of candidates(smallest)) {
      if (left-- <= 0) return smallest
      if (await fails(candidate)) {
        smallest = candidate
        progress = true
        break
      }
    }
  }
  return smallest
}

/** Programs one change simpler than this one: sequential ones first, then the boldest cuts. */
export function* candidates(program: Program): Generator<Program> {
  const { clients, prefix, phases } = program
  if (program.stores !== undefined) for (const stores of storeCandidates(program.stores)) yield { ...program, stores }
  yield* sequential(program)
  for (const schedule of shorterSchedules(program.schedule ?? [])) yield { ...program, schedule }
  for (const phase of phases.keys()) yield { ...program, phases: without(phases, phase) }
  for (const [p, phase] of phases.entries()) {
    for (const lane of phase.lanes.keys()) yield withPhase(program, p, { lanes: without(phase.lanes, lane) })
  }
  for (const [p, phase] of phases.entries()) {
    for (const [l, lane] of phase.lanes.entries()) {
      for (const step of lane.keys()) yield withLane(program, p, l, without(lane, step))
    }
  }
  for (const step of prefix.keys()) yield { ...program, prefix: without(prefix, step) }
  for (const client of clients.keys()) if (!mentions(program, client)) yield withoutClient(program, client)
  yield* simplerSteps(program)
  yield* simplerClients(program)
  for (const schedule of plainerSchedules(program.schedule ?? [])) yield { ...program, schedule }
}

/** Far fewer choices. */
function* shorterSchedules(choices: readonly number[]): Generator<number[]> {
  if (choices.length === 0) return
  yield []
  yield choices.slice(0, Math.floor(choices.length / 2))
  yield choices.slice(0, -1)
}

/** Plainer choices: 0 goes on with whoever went last. */
function* plainerSchedules(choices: readonly number[]): Generator<number[]> {
  for (const [index, choice] of choices.entries()) if (choice !== 0) yield choices.with(index, 0)
  for (const [index, choice] of choices.entries()) if (choice > 1) yield choices.with(index, choice - 1)
}

/** Moves the first step of a lane of the first phase to the end of the prefix. */
function* sequential(program: Program): Generator<Program> {
  const [first, ...rest] = program.phases
  if (first === undefined) return
  for (const [l, lane] of first.lanes.entries()) {
    const [step, ...others] = lane
    if (step === undefined) continue
    const lanes = others.length === 0 ? without(first.lanes, l) : first.lanes.with(l, others)
    const phases = lanes.length === 0 ? rest : [{ lanes }, ...rest]
    yield { ...program, prefix: [...program.prefix, step], phases }
  }
}

function* simplerSteps(program: Program): Generator<Program> {
  for (const [index, step] of program.prefix.entries()) {
    for (const simpler of simplerStep(step)) yield { ...program, prefix: program.prefix.with(index, simpler) }
  }
  for (const [p, phase] of program.phases.entries()) {
    for (const [l, lane] of phase.lanes.entries()) {
      for (const [index, step] of lane.entries()) {
        for (const simpler of simplerStep(step)) yield withLane(program, p, l, lane.with(index, simpler))
      }
    }
  }
}

function* simplerStep(step: Step): Generator<Step> {
  if (step.do !== 'act') return
  for (const ops of simplerOps(step.ops)) yield { ...step, ops }
  if (step.extra !== undefined) yield { ...step, extra: undefined }
  if (step.wait === false) yield { ...step, wait: undefined }
}

function* simplerOps(ops: readonly Op[]): Generator<Op[]> {
  for (const op of ops.keys()) yield without(ops, op)
  for (const [index, op] of ops.entries()) {
    if ('mode' in op && op.mode !== undefined) yield ops.with(index, { ...op, mode: undefined } as Op)
    if ('then' in op && op.then !== undefined) yield ops.with(index, { ...op, then: undefined } as Op)
    if (op.op === 'arm') for (const inner of simplerOps(op.ops)) yield ops.with(index, { ...op, ops: inner })
  }
}

function* simplerClients(program: Program): Generator<Program> {
  const set = (index: number, spec: ClientSpec): Program => ({ ...program, clients: program.clients.with(index, spec) })
  for (const [index, spec] of program.clients.entries()) {
    for (const field of ['connect', 'disconnect'] as const) {
      const ops = spec[field]
      if (ops === undefined) continue
      yield set(index, { ...spec, [field]: undefined })
      for (const simpler of simplerOps(ops)) yield set(index, { ...spec, [field]: simpler })
    }
    for (const field of ['middleware', 'gate', 'query', 'protocols', 'fresh'] as const) {
      if (spec[field] !== undefined) yield set(index, { ...spec, [field]: undefined })
    }
  }
}

function withPhase(program: Program, index: number, phase: Phase): Program {
  return { ...program, phases: phase.lanes.length === 0 ? without(program.phases, index) : program.phases.with(index, phase) }
}

function withLane(program: Program, phase: number, lane: number, steps: Step[]): Program {
  const lanes = program.phases[phase]?.lanes ?? []
  return withPhase(program, phase, { lanes: steps.length === 0 ? without(lanes, lane) : lanes.with(lane, steps) })
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.toSpliced(index, 1)
}

function mentions(program: Program, client: number): boolean {
  return (
    JSON.stringify([
      program.prefix,
      program.phases,
      program.clients.map(({ connect, disconnect }) => [connect, disconnect]),
    ]).match(new RegExp(`"client":${client}(?!\\d)`)) !== null
  )
}

/** Without a client that nothing names: those behind it are named by the place that they have then. */
function withoutClient(program: Program, client: number): Program {
  const renamed = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (key, each) => (key === 'client' && each > client ? each - 1 : each)) as T
  const { clients, prefix, phases } = program
  return { ...program, clients: renamed(without(clients, client)), prefix: renamed(prefix), phases: renamed(phases) }
}

/** Simpler programs over stores. */
import type { StoreProgram, StoreStep } from './program.ts'

/**
 * Programs one change simpler: what runs side by side goes before it, then fewer operations, then looks in place of
 * operations that do something, then fewer and smaller choices.
 */
export function* storeCandidates(program: StoreProgram): Generator<StoreProgram> {
  const { channels, prefix, together, after, early, choices } = program
  for (const [index, step] of together.entries())
    yield { ...program, prefix: [...prefix, step], together: without(together, index) }
  for (const index of after.keys()) yield { ...program, after: without(after, index) }
  for (const index of together.keys()) yield { ...program, together: without(together, index) }
  for (const index of prefix.keys()) yield { ...program, prefix: without(prefix, index) }
  for (const index of channels.keys()) yield { ...program, channels: without(channels, index) }
  yield* looking(program)
  if (early) yield { ...program, early: false }
  if (choices.length > 0) {
    yield { ...program, choices: [] }
    yield { ...program, choices: choices.slice(0, choices.length >> 1) }
    yield { ...program, choices: choices.slice(0, -1) }
  }
  for (const [index, choice] of choices.entries()) if (choice > 0) yield { ...program, choices: choices.with(index, choice - 1) }
  for (const [index, add] of channels.entries())
    if (add.expires < later) yield { ...program, channels: channels.with(index, { ...add, expires: later }) }
}

/**
 * An operation may be there for nothing but the names in it, since every name of a program is looked at. Then a look at
 * that name says so; it comes last of what is done one after another, so that it sees what the others did.
 */
function* looking(program: StoreProgram): Generator<StoreProgram> {
  for (const part of ['channels', 'prefix', 'together', 'after'] as const) {
    for (const [index, step] of program[part].entries()) {
      const rest = { ...program, [part]: without<StoreStep>(program[part], index) }
      for (const look of looksOf(step)) yield { ...rest, prefix: [...rest.prefix, look] }
    }
  }
}

/** The looks at what a step names; none where it is a look itself, or names nothing. */
function looksOf(step: StoreStep): StoreStep[] {
  if (step.op === 'find' || step.op === 'subscribers') return []
  const topics: StoreStep[] = 'topic' in step ? [{ op: 'subscribers', topic: step.topic }] : []
  return 'id' in step ? [...topics, { op: 'find', id: step.id }] : topics
}

/** What does not expire within a program. */
const later = 3_600_617

function without<T extends StoreStep>(list: readonly T[], index: number): T[] {
  return list.toSpliced(index, 1)
}

/** The normalised outcome of a run: what is certain of it, free of timing and of names given by chance. Pure. */
import type { Run } from '../../spec/run/run.ts'
import type { Program } from '../program.ts'
import { deliveryFields, orderFields } from './arrival-fields.ts'
import { isSequential } from './comparable.ts'
import { connectionFields } from './connection-fields.ts'
import type { Field, Outcome, Shared } from './fields.ts'
import { messageFields } from './message-fields.ts'
import { operationFields } from './operation-fields.ts'
import { type View, viewOf } from './view.ts'

/** The outcome of `run`, in which `program` was program `number` of its system. What is not certain is not in it. */
export function outcomeOf(run: Run, program: Program, number: number, shared: Shared): Outcome {
  const view = viewOf(run, program, number, shared)
  const made = new Map<string, Field>()
  if (view !== undefined) for (const field of fieldsOf(view, program)) made.set(`${field.kind} | ${field.name}`, field)
  return made
}

function* fieldsOf(view: View, program: Program): Generator<Field> {
  const sequential = isSequential(program)
  yield* deliveryFields(view, sequential)
  if (!sequential) return
  yield* connectionFields(view)
  yield* messageFields(view)
  yield* operationFields(view)
  yield* orderFields(view)
}

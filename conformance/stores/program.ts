/** Programs over stores: channels, operations one after another, then up to three side by side, a look at everything, then more. */
import type { Tagged } from '../../spec/values.ts'

/** Adds a channel; `expires` counts from the program's beginning. */
export interface AddStep {
  op: 'add'
  id: string
  name: string
  data: Tagged
  expires: number
}

/** One operation, or the clock going on. Times in milliseconds. */
export type StoreStep =
  | AddStep
  | { op: 'find'; id: string }
  | { op: 'set session'; id: string; value: Tagged }
  | { op: 'remove'; id: string }
  | { op: 'subscribe'; topic: string; id: string }
  | { op: 'unsubscribe'; topic: string; id: string }
  | { op: 'subscribers'; topic: string }
  | { op: 'expired' }
  | { op: 'advance'; milliseconds: number }

/** A program over stores that are opened for it and closed behind it. Plain JSON. */
export interface StoreProgram {
  /** How many entries a page of a listing holds, where the stores can be told. */
  page: number
  /** Added at first. */
  channels: AddStep[]
  prefix: StoreStep[]
  /** Side by side: their requests in the order that `choices` gives. */
  together: StoreStep[]
  after: StoreStep[]
  /** They begin all at once; otherwise each begins with its first request, so that fewer of them overlap. */
  early: boolean
  /** Of what could go on, the number of that which does, one for each time there is a choice; 0 where it is too short. */
  choices: number[]
}

/** Every operation there is. */
export const storeStepNames: readonly string[] = Object.keys({
  add: true,
  find: true,
  'set session': true,
  remove: true,
  subscribe: true,
  unsubscribe: true,
  subscribers: true,
  expired: true,
  advance: true,
} satisfies Record<StoreStep['op'], true>)

/** Every step, in the order in which they are numbered. */
export function storeSteps({ channels, prefix, together, after }: StoreProgram): StoreStep[] {
  return [...channels, ...prefix, ...together, ...after]
}

/** What the program names, in the order in which it is first named. */
export function namesIn(program: StoreProgram): { ids: string[]; topics: string[] } {
  const ids = new Set<string>()
  const topics = new Set<string>()
  for (const step of storeSteps(program)) {
    if ('id' in step) ids.add(step.id)
    if ('topic' in step) topics.add(step.topic)
  }
  return { ids: [...ids], topics: [...topics] }
}

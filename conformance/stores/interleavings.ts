/** Every order in which the requests of a program's operations can be made, one after another: depth first. */
import type { HistoryEvent } from '../../spec/history.ts'

/** One choice as it was made: of how many, and which. */
interface Made {
  of: number
  chosen: number
}

/** The choices a history tells of, in their order. */
export function choicesIn(events: readonly Pick<HistoryEvent, 'kind'>[]): Made[] {
  return (events as readonly HistoryEvent[]).flatMap((event) =>
    event.kind === 'store choice' ? [{ of: event.from.length, chosen: event.chosen }] : [],
  )
}

/** The choices of the order that follows; undefined behind the last one. */
export function nextChoices(made: readonly Made[]): number[] | undefined {
  const last = made.findLastIndex(({ of, chosen }) => chosen + 1 < of)
  const turning = made[last]
  if (turning === undefined) return undefined
  return [...made.slice(0, last).map(({ chosen }) => chosen), turning.chosen + 1]
}

/** How many orders were tried, and whether those were all. */
export interface Enumerated {
  interleavings: number
  complete: boolean
}

/**
 * Tries every order, `most` at the most.
 * @param run executes by these choices and gives back the history
 */
export async function enumerate(
  run: (choices: number[]) => Promise<readonly Pick<HistoryEvent, 'kind'>[]>,
  most: number,
  done: () => boolean = () => false,
): Promise<Enumerated> {
  let choices: number[] | undefined = []
  let interleavings = 0
  while (choices !== undefined && interleavings < most && !done()) {
    choices = nextChoices(choicesIn(await run(choices)))
    interleavings++
  }
  return { interleavings, complete: choices === undefined }
}

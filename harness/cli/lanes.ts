/** Works through systems side by side. */

/** A system waits for its sockets half of the time: two at once keep two cores busy. */
export const systemsAtOnce = 2

/** How many things are worked on at once, and what is done by those that have nothing left: `help` says whether there was something. */
export interface Lanes {
  atOnce: number
  help?(): Promise<boolean>
}

/**
 * Works through a list, so many at once; results stand in the list's order. A result said to be the last ends it. Several
 * at once begin from the end: the later systems take longer, and one begun last would run on alone.
 */
export async function inOrder<T, R>(
  list: readonly T[],
  { atOnce, help }: Lanes,
  work: (item: T) => Promise<[R] | [R, 'last']>,
): Promise<R[]> {
  const results: R[] = []
  const waiting = (atOnce === 1 ? [...list.entries()] : [...list.entries()].toReversed()).values()
  let over = false
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (over) return
      const [result, last] = await work(item)
      results[index] = result
      over ||= last !== undefined
    }
    while ((await help?.()) === true);
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results.filter((result) => result !== undefined)
}

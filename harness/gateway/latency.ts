/** Latency without a clock: turns of the event loop, in which everything else goes on. */

/** What any way takes: others come meanwhile. */
export const ordinary = 1

/** What a slow one takes: longer than a message's whole handling beside it. */
export const slow = 40

/** Resolves after so many turns. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

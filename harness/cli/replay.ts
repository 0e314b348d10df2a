/** `channel-conformance replay FILE`: runs the program of a card until it fails again, or says that it no longer does. */
import { readCard } from '../../conformance/card.ts'
import { replayCard } from '../../conformance/replay.ts'
import { hostSimulated } from '../../conformance/simulated/host.ts'
import { cardLines } from '../../reports/text/card.ts'
import { hostInChild } from '../drivers/child.ts'
import { loadSystem } from '../load-system.ts'

/** Replays a card; 1 where it fails again, 0 where it no longer does. */
export async function replay(file: string, flags: { system?: string }): Promise<number> {
  const card = await readCard(file)
  const reference = flags.system ?? card.reference ?? card.system
  const simulated = card.program.schedule !== undefined
  const host = simulated ? hostSimulated(await loadSystem(reference)) : await hostInChild(reference)
  try {
    const replayed = await replayCard(host, card)
    if (replayed.card === undefined) {
      process.stdout.write(
        `${card.requirement} no longer fails on ${host.name}: the program was run ${replayed.runs === 1 ? 'once' : `${replayed.runs} times`} without a violation\n`,
      )
      return 0
    }
    process.stdout.write(`${cardLines(replayed.card, file).join('\n')}\n\nhistory\n${replayed.card.history.join('\n')}\n`)
    return 1
  } finally {
    await host.end()
  }
}

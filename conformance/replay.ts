/** Runs a card's program again. */
import { requirements } from '../spec/requirements/index.ts'
import { unableElsewhere } from './able.ts'
import type { Card } from './card.ts'
import { makeCard } from './cards.ts'
import { deadlines } from './deadlines.ts'
import { type Host, HostError } from './host.ts'
import { Observer } from './observe.ts'
import { sizeOf } from './program.ts'

/** How often a program is tried before it counts as no longer failing: concurrency makes failures flaky. */
const tries = 20

/** A simulated program does the same every time. */
const simulatedTries = 1

/** Runs the card's program until its requirement is violated again. @throws HostError */
export async function replayCard(host: Host, card: Card): Promise<{ runs: number; card?: Card }> {
  const observer = new Observer(host, requirements, deadlines)
  const most = host.drive === undefined ? tries : simulatedTries
  try {
    // A program over stores that are not there would decide nothing, and look as if it no longer failed.
    if (card.program.stores !== undefined && (await observer.session()).hosted.stores === undefined)
      throw new HostError(`${host.name} has no stores, and the program of this card runs on stores`)
    const why = unableElsewhere(host, card.program)
    if (why !== undefined) throw new HostError(`${host.name} cannot run the program of this card: ${why}`)
    for (let run = 1; run <= most; run++) {
      const observation = await observer.observe(card.program)
      const violation = observation.violations.find((each) => each.requirement === card.requirement)
      if (violation === undefined) continue
      const { shrunkFrom, provenance } = card
      const reproduced = { times: 1, of: run }
      const again = { violation, observation, program: card.program, shrunkFrom, reproduced, provenance }
      return {
        runs: run,
        card: {
          ...makeCard({ system: host.name, ...(card.reference !== undefined && { reference: card.reference }) }, again),
          size: sizeOf(card.program),
        },
      }
    }
    return { runs: most }
  } finally {
    await observer.end()
  }
}

/** Runs a card's program again. */
import { requirements } from '../spec/requirements/index.ts'
import { unableElsewhere } from './able.ts'
import type { Card } from './card.ts'
import { makeCard } from './cards.ts'
import { deadlines } from './deadlines.ts'
import { type Host, HostError } from './host.ts'
import { Observer } from './observe.ts'
import { sizeOf } from './program.ts'
import type { Counterexample } from './shrink-failure.ts'

/** How often a program is tried before it counts as no longer failing: concurrency makes failures flaky. */
const tries = 20

/** A simulated program does the same every time. */
const simulatedTries = 1

/** What came of a replay. */
export interface Replayed {
  runs: number
  /** In how many of them the requirement was violated. */
  failed: number
  /** The card of the first that did. */
  card?: Card
}

/**
 * Runs the card's program until its requirement is violated again, or `times` times to see how often it is.
 * @throws HostError
 */
export async function replayCard(host: Host, card: Card, times?: number): Promise<Replayed> {
  const observer = new Observer(host, requirements, deadlines)
  const most = times ?? (host.drive === undefined ? tries : simulatedTries)
  const replayed: Replayed = { runs: 0, failed: 0 }
  try {
    // A program over stores that are not there would decide nothing, and look as if it no longer failed.
    if (card.program.stores !== undefined && (await observer.session()).hosted.stores === undefined)
      throw new HostError(`${host.name} has no stores, and the program of this card runs on stores`)
    const why = unableElsewhere(host, card.program)
    if (why !== undefined) throw new HostError(`${host.name} cannot run the program of this card: ${why}`)
    while (replayed.runs < most && (times !== undefined || replayed.failed === 0)) {
      replayed.runs++
      const observation = await observer.observe(card.program)
      const violation = observation.violations.find((each) => each.requirement === card.requirement)
      if (violation === undefined) continue
      replayed.failed++
      replayed.card ??= cardAgain(host, card, { violation, observation })
      // What rests on an earlier program's leavings cannot be seen on a system that has run others since.
      if (violation.ledger === true) await observer.refresh()
    }
    if (replayed.card !== undefined) replayed.card.reproduced = { times: replayed.failed, of: replayed.runs }
    return replayed
  } finally {
    await observer.end()
  }
}

function cardAgain(host: Host, card: Card, seen: Pick<Counterexample, 'violation' | 'observation'>): Card {
  const { shrunkFrom, provenance, program, reference } = card
  const again = { ...seen, program, shrunkFrom, reproduced: { times: 1, of: 1 }, provenance }
  return {
    ...makeCard({ system: host.name, ...(reference !== undefined && { reference }) }, again),
    size: sizeOf(program),
  }
}

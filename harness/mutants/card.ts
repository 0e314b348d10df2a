/** The card of a mutant: of the smallest program that violates what it is expected to, confirmed as `replay` will run it. */
import type { Card } from '../../conformance/card.ts'
import { type ConformOptions, conformHost } from '../../conformance/conform.ts'
import type { Host } from '../../conformance/host.ts'
import type { Program } from '../../conformance/program.ts'
import { families } from '../../conformance/programs/index.ts'
import { storesFamilies } from '../../conformance/programs/stores/index.ts'
import { simulatedFamilies } from '../../conformance/simulated/families.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import type { Mutant } from './mutant.ts'

/** A program that violated the expected id, and its family. */
export interface Found {
  program: Program
  family: string
}

/** What a card is made with. */
interface Shrinks {
  mutant: Mutant
  /** Hosts the mutant where it was found. */
  host: Host
  /** Hosts it as `replay` does. */
  replaying(reference: string): Promise<Host>
  how: Pick<ConformOptions, 'seed' | 'deadlines'>
}

/**
 * The card of the smallest program that shrinking comes to; undefined where the violation does not show again. What is
 * live is confirmed as `replay` hosts it, in another process, and shrunk there where it does not show each time: who is
 * faster may be another there. Most of the tries are made where the mutant was found: no event has to be sent from there.
 * @param found the programs that violated: the first alone, unless it fails now and then
 */
export async function cardOf({ mutant, host, replaying, how }: Shrinks, found: readonly Found[]): Promise<Card | undefined> {
  const first = found.slice(0, 1)
  const { name, tier = 'live' } = mutant
  const card = await shrunkOn(host, mutant, first, how)
  if (tier !== 'live' || found.length === 0) return card
  const replays = await replaying(`mutant:${name}`)
  try {
    const smaller = card === undefined ? [] : first.map((each) => ({ ...each, program: card.program }))
    const confirmed = await shrunkOn(replays, mutant, smaller, how)
    if (confirmed !== undefined && steady(confirmed))
      return { ...confirmed, shrunkFrom: card?.shrunkFrom ?? confirmed.shrunkFrom }
    return (await shrunkOn(replays, mutant, found, how)) ?? confirmed ?? card
  } finally {
    await replays.end()
  }
}

const steady = ({ reproduced: { times, of } }: Card): boolean => times === of

const all = [...families, ...simulatedFamilies, ...storesFamilies]

/** Of several programs the steadiest is shrunk. */
async function shrunkOn(
  host: Host,
  { name, expected }: Mutant,
  found: readonly Found[],
  how: Shrinks['how'],
): Promise<Card | undefined> {
  const requirement = requirementById(expected)
  if (requirement === undefined || found.length === 0) return undefined
  const alone = all.map((family) => {
    const own = found.filter((each) => each.family === family.name).map(({ program }, index) => [`${expected} ${index}`, program])
    return { ...family, runs: 0, examples: Object.fromEntries(own), exhaustive: {} }
  })
  let card: Card | undefined
  await conformHost(host, {
    ...how,
    requirements: [requirement],
    families: alone.filter(({ examples }) => Object.keys(examples).length > 0),
    reference: `mutant:${name}`,
    onCard: async (made) => {
      card = made
      return undefined
    },
  })
  return card
}

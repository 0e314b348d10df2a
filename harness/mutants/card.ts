/** The card of a mutant: of the smallest program that violates what it is expected to, confirmed as `replay` will run it. */
import type { Card } from '../../conformance/card.ts'
import { type ConformOptions, conformHost } from '../../conformance/conform.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import type { Program } from '../../conformance/program.ts'
import { families } from '../../conformance/programs/index.ts'
import { storesFamilies } from '../../conformance/programs/stores/index.ts'
import { replayCard } from '../../conformance/replay.ts'
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

/** So many cards are made of one mutant at the most, where none shows each time. */
const mostCards = 4

/**
 * The card of the smallest program that shrinking comes to; undefined where the violation does not show again. What is
 * live is confirmed as `replay` hosts it, in another process where nothing of it has run: who is faster may be another
 * there, and what earlier programs left is not there. Most of the tries are made where the mutant was found: no event has
 * to be sent from there.
 * @param found the programs that violated: of the first, unless another shows more often
 */
export async function cardOf({ mutant, host, replaying, how }: Shrinks, found: readonly Found[]): Promise<Card | undefined> {
  const [first] = found
  if (first === undefined) return undefined
  const { name, tier = 'live' } = mutant
  const card = await shrunkOn(host, mutant, first, tries, how)
  if (tier !== 'live') return card
  const confirmed = card && (await steadily(card))
  if (confirmed !== undefined) return confirmed
  let best: Card | undefined
  let made = 0
  for (const each of await alikeAfresh()) {
    const next = await replayed(each)
    if (next === undefined) continue
    if (best === undefined || share(next) > share(best)) best = next
    if (share(next) === 1 || ++made === mostCards) break
  }
  return best

  /** The card where its program fails each time; nothing smaller is tried, since that could rest on what this one leaves. */
  async function steadily(of: Card): Promise<Card | undefined> {
    const replays = await replaying(`mutant:${name}`)
    try {
      const again = await replayCard(replays, of, stalls(of) ? runs.stalled : runs.other)
      return again.failed === again.runs ? again.card : undefined
    } catch (error) {
      if (error instanceof HostError) return undefined
      throw error
    } finally {
      await replays.end()
    }
  }

  async function replayed(each: Found, confirm = tries): Promise<Card | undefined> {
    const replays = await replaying(`mutant:${name}`)
    return shrunkOn(replays, mutant, each, confirm, how).finally(() => replays.end())
  }

  /** Those that violate where nothing has run before come first: what others rest on may be gone. */
  async function alikeAfresh(): Promise<Found[]> {
    const shown: Found[] = []
    for (const each of found) if ((await replayed(each, 0)) !== undefined) shown.push(each)
    return [...shown, ...found.filter((each) => !shown.includes(each))]
  }
}

/** How often a card is confirmed. */
const runs = { stalled: 3, other: 10 }

/** Whether each run waits for what does not come. */
const stalls = ({ history }: Card): boolean => history.some((line) => line.includes('nothing came for'))

/** What fails now and then is run more than once. */
const tries = 3

const share = ({ reproduced: { times, of } }: Card): number => times / of

const all = [...families, ...simulatedFamilies, ...storesFamilies]

/** @param times how often it is run; 0: once, and what it violates is not shrunk */
async function shrunkOn(
  host: Host,
  { name, expected }: Mutant,
  { program, family }: Found,
  times: number,
  how: Shrinks['how'],
): Promise<Card | undefined> {
  const of = all.find((each) => each.name === family)
  const requirement = requirementById(expected)
  if (of === undefined || requirement === undefined) return undefined
  let card: Card | undefined
  await conformHost(host, {
    ...how,
    shrink: times > 0,
    requirements: [requirement],
    families: [
      {
        ...of,
        runs: 0,
        examples: Object.fromEntries(Array.from({ length: Math.max(1, times) }, (_, index) => [`${expected} ${index}`, program])),
        exhaustive: {},
      },
    ],
    reference: `mutant:${name}`,
    onCard: async (made) => {
      card = made
      return undefined
    },
  })
  return card
}

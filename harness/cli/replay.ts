/** `channel-conformance replay FILE`: runs the program of a card until it fails again, or says that it no longer does. */
import { type Card, readCard } from '../../conformance/card.ts'
import type { Host } from '../../conformance/host.ts'
import { replayCard } from '../../conformance/replay.ts'
import { hostSimulated } from '../../conformance/simulated/host.ts'
import { isUrl } from '../../reports/text/card.ts'
import { failedAgain, noLongerFails } from '../../reports/text/replayed.ts'
import { hostInChild } from '../drivers/child.ts'
import { loadSystem, SystemReferenceError } from '../load-system.ts'
import { bundledSystems } from '../systems.ts'
import { openHost, type UrlFlags, urlReference } from './references.ts'
import { print, printCard } from './terminal.ts'

/** Replays a card until it fails, or `times` times; 1 where it fails again, 0 where it no longer does. */
export async function replay(file: string, flags: { system?: string; times?: number } & UrlFlags): Promise<number> {
  const card = await readCard(file)
  checkWhereabouts(card, flags)
  const host = await (elsewhere(card, flags) ?? hostOf(card, flags.system ?? card.reference ?? card.system))
  try {
    const replayed = await replayCard(host, card, flags.times)
    if (replayed.card === undefined) {
      print([noLongerFails(card.requirement, host.name, replayed.runs)])
      return 0
    }
    printCard(replayed.card, file, flags.system ?? flags.url)
    print(['history', ...replayed.card.history])
    if (flags.times !== undefined) print(['', failedAgain(replayed, card.reproduced)])
    return 1
  } finally {
    await host.end()
  }
}

/** A test runner's card tells of no module. @throws Error for one of a system that has no name here either */
function checkWhereabouts({ reference, system }: Card, flags: { system?: string } & UrlFlags): void {
  if (reference !== undefined || flags.system !== undefined || flags.url !== undefined) return
  if (bundledSystems.some(({ name }) => name === system)) return
  throw new SystemReferenceError(
    `the card does not say where ${JSON.stringify(system)} is: give --system PATH, the module whose default export it is`,
  )
}

/** The host of a card that is replayed on a server somebody else has started; undefined for every other. */
function elsewhere(card: Card, flags: { system?: string } & UrlFlags): Promise<Host> | undefined {
  const { url = flags.system === undefined && isUrl(card.reference) ? card.reference : undefined } = flags
  const capabilities = flags.capabilities ?? (url === undefined ? undefined : card.capabilities?.join())
  const reference = urlReference(flags.system === undefined ? [] : [flags.system], {
    ...(url !== undefined && { url }),
    ...(capabilities !== undefined && { capabilities }),
  })
  return reference && openHost(reference)
}

async function hostOf({ program }: Card, reference: string): Promise<Host> {
  if (program.schedule !== undefined) return hostSimulated(await loadSystem(reference))
  return hostInChild(reference, undefined, program.stores === undefined ? undefined : 'stores')
}

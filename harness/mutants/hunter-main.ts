/**
 * A process that hunts mutants one after another and hosts them itself: starting a child for each and sending it every
 * event takes more than the programs do.
 */
import type { Card } from '../../conformance/card.ts'
import { hostInProcess } from '../../conformance/doors/in-process.ts'
import { loadSystem } from '../load-system.ts'
import type { Answer, Task } from './hunters.ts'
import { mutants } from './index.ts'
import { hunt } from './kill.ts'

const hosted = async (reference: string) => hostInProcess(await loadSystem(reference))

process.on('message', async ({ name, cards, ...options }: Task) => {
  const mutant = mutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
  const made: Card[] = []
  const onCard = async (card: Card): Promise<void> => void made.push(card)
  const kill = await hunt(mutant, { ...options, hosted, ...(cards && { onCard }) })
  process.send?.({ kill, cards: made } satisfies Answer)
})
process.on('disconnect', () => process.exit())

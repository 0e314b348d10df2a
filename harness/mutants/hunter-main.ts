/**
 * A process that hunts mutants one after another and hosts them itself: starting a child for each and sending it every
 * event takes more than the programs do.
 */
import type { Card } from '../../conformance/card.ts'
import { hostInProcess } from '../../conformance/doors/in-process.ts'
import { ReusedChild } from '../drivers/child-reused.ts'
import { loadSystem } from '../load-system.ts'
import { coverOf } from './cover.ts'
import type { Answer, Hunt, Task } from './hunters.ts'
import { mutants } from './index.ts'
import { hunt } from './kill.ts'

const hosted = async (reference: string) => hostInProcess(await loadSystem(reference))

/** Cards are confirmed in another process, as `replay` hosts them: one for all, since starting it takes longer than they do. */
const replays = new ReusedChild()
const replaying = (reference: string) => replays.host(reference)

async function answer({ name, cards, known, ...options }: Hunt): Promise<Answer> {
  const mutant = mutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
  const made: Card[] = []
  const onCard = async (card: Card): Promise<void> => void made.push(card)
  const cover = known === undefined ? {} : { cover: known }
  return { kill: await hunt(mutant, { ...options, ...cover, hosted, replaying, ...(cards && { onCard }) }), cards: made }
}

process.on('message', async (task: Task) => {
  process.send?.('cover' in task ? await coverOf(task.cover, hosted) : await answer(task))
})
process.on('disconnect', () => process.exit())

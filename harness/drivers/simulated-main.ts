/** The child process of the simulated tier: one share of its programs, told of as they are run. */

import { selectRequirements } from '../../conformance/select.ts'
import { conformSimulated } from '../../conformance/simulated/conform.ts'
import { requirements } from '../../spec/requirements/index.ts'
import { loadSystem } from '../load-system.ts'
import type { SimulatedReply, SimulatedTask } from './simulated.ts'

const send = (reply: SimulatedReply): void => void process.send?.(reply, undefined, undefined, () => {})

async function main({ reference, only, skip, regressions, ...options }: SimulatedTask): Promise<void> {
  const system = await loadSystem(reference)
  if (system.simulate === undefined) return send({ none: true })
  const run = await conformSimulated(system, {
    ...options,
    reference,
    regressions: regressions?.filter((card) => card.system === system.name),
    ...(only === undefined && skip === undefined ? {} : { requirements: selectRequirements(requirements, only, skip) }),
    onProgress: ({ programs, violated }) => {
      if (programs % 50 === 0) send({ programs, violated })
    },
    onCard: async (card) => {
      send({ card })
      return undefined
    },
  })
  send({ run })
}

process.once('message', (task: SimulatedTask) => {
  main(task)
    .catch((error: unknown) => send({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }))
    .finally(() => process.disconnect())
})

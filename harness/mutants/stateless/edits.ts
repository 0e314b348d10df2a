/** The sources that this area's mutants edit. */
import type { Area } from '../../../spec/requirement.ts'
import type { Edit, Mutant } from '../mutant.ts'

const inFile =
  (file: string) =>
  (find: string, replace: string): Edit => ({ file, find, replace })

export const inConnect = inFile('adapters/serverless/connect.ts')
export const inMessage = inFile('adapters/serverless/message.ts')
export const inRemoval = inFile('adapters/serverless/removal.ts')
export const inTopics = inFile('adapters/serverless/topics.ts')
export const inSweep = inFile('adapters/serverless/sweep.ts')
export const inClaim = inFile('adapters/serverless/claim.ts')
export const inPost = inFile('adapters/serverless/post.ts')
export const inOutbox = inFile('adapters/serverless/outbox.ts')
export const inRecords = inFile('adapters/serverless/records.ts')
export const inDeliver = inFile('adapters/serverless/deliver.ts')
export const inOpenChannel = inFile('adapters/serverless/open-channel.ts')
export const inTimes = inFile('adapters/serverless/times.ts')
export const inChannelStore = inFile('adapters/memory-serverless/channel-store.ts')

const areas: readonly [prefix: string, Area][] = [
  ['SUB-', 'subscriptions'],
  ['LIFE-', 'lifecycle'],
]

const areaOf = (id: string): Area => areas.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'stateless'

/** A defect of the serverless handlers, over their stores in memory. */
export const defect = ({
  also = {},
  ...of
}: Pick<Mutant, 'name' | 'expected' | 'standsFor' | 'edits'> & { also?: Mutant['also'] }): Mutant => ({
  ...of,
  area: areaOf(of.expected),
  base: 'memory-serverless',
  also,
})

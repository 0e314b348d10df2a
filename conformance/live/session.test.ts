import { expect, test } from 'vitest'
import type { Host, Hosted } from '../host.ts'
import type { KeptCrowd } from './crowd.ts'
import { Session } from './session.ts'

const never = new Promise<void>(() => {})

/** A system whose clients' going is never over. */
const hosted = { observes: new Set(), idle: () => never, stop: async () => {} } as unknown as Hosted
const host = { name: 'slow', launch: async () => hosted } as unknown as Host

const crowdOf = (size: number): KeptCrowd =>
  ({ topic: 't', members: Array.from({ length: size }, () => ({ client: { vanish: () => {} } })) }) as unknown as KeptCrowd

test('a crowd has a limit for every hundred of it to go within', async () => {
  const session = await Session.start(host, { stall: 4, hang: 6, absent: 5, start: 5 })
  session.keepCrowd(crowdOf(40))
  await expect(session.dismissCrowds()).rejects.toThrow('no answer within 0.01 s when asking slow to let its crowd go')
  session.keepCrowd(crowdOf(250))
  await expect(session.dismissCrowds()).rejects.toThrow('no answer within 0.03 s')
  await session.dismissCrowds()
})

/** `crowd`: subscribes whoever connects to the topic of its query, and traces nothing, so that a thousand can (PUB-12). */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeServices } from '../environment.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const crowd = probeChannel({
  name: 'crowd',
  route: '/crowd',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: false,
  onMessage: false,
})

const subscribeToQuery = ({ eventHub, channel }: ProbeServices): Promise<void> =>
  eventHub.subscribe((channel.openingData as { topic: string }).topic, channel.channelId)

export function wireCrowd(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: crowd.name,
    route: crowd.route,
    onConnect: api.pikkuChannelConnectionFunc(subscribeToQuery),
    onMessageWiring: { action: { fence: { func: api.pikkuChannelFunc(handlers.fence), auth: false } } },
  })
}

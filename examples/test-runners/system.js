/** The server of server.js as a system under test: all four runners are given this. */
import { createApplication, interfaceOf } from 'channel-conformance/runtime'
import { createHub, serve } from './server.js'

/** @type {import('channel-conformance').System} */
export default {
  name: 'channels on crossws',
  capabilities: [
    ...['stateful', 'ordered', 'pathParameters', 'binary', 'customSubscribers'],
    ...['closeCodes', 'protocolCloseCodes', 'gracefulStop', 'handshakeStatus'],
  ],
  async start(probe, { host, port, deadlines, beforeListen }) {
    const application = createApplication()
    probe.wire(interfaceOf(application))
    const { singletonServices, createSessionServices } = probe
    const hub = createHub(singletonServices.logger)
    await beforeListen?.(hub)
    const server = await serve({
      application, hub, host, port, singletonServices, createSessionServices,
      handlerDeadline: deadlines?.handler, stopDeadline: deadlines?.stop,
    })
    return { url: server.url, hub, residue: async () => server.residue(), stop: () => server.stop() }
  },
}

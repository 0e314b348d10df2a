/** The uws adapter as a system under test. */
import { createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import { capabilities, createHub, serveUws } from '../../adapters/uws/index.ts'
import type { System } from '../../spec/system.ts'

/** uWebSockets.js with its native topics. */
export const uws: System = {
  name: 'uws',
  capabilities,
  async start(probe, { host, port, limits, deadlines, beforeListen }) {
    const application = createApplication()
    probe.wire(interfaceOf(application))
    const { singletonServices, createSessionServices } = probe
    const hub = createHub(singletonServices.logger)
    await beforeListen?.(hub)
    const server = await serveUws({
      application,
      singletonServices,
      createSessionServices: (singletons, event) => createSessionServices(singletons, event),
      hub,
      host,
      port,
      maxPayload: limits?.maxPayload,
      handlerDeadline: deadlines?.handler,
      stopDeadline: deadlines?.stop,
    })
    return { url: server.url, hub, residue: async () => server.residue(), stop: () => server.stop() }
  },
}

export default uws

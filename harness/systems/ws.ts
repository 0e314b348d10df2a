/** The ws adapter as a system under test. */
import { createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import { capabilities, createHub, serveWs } from '../../adapters/ws/index.ts'
import type { System } from '../../spec/system.ts'

/** ws 8 over Node's http server. */
export const ws: System = {
  name: 'ws',
  capabilities,
  async start(probe, { host, port, limits, deadlines, beforeListen }) {
    const application = createApplication()
    probe.wire(interfaceOf(application))
    const { singletonServices, createSessionServices } = probe
    const hub = createHub(singletonServices.logger)
    await beforeListen?.(hub)
    const server = await serveWs({
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

export default ws

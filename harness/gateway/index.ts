/**
 * An emulator of a WebSocket gateway in front of functions. How a system uses it:
 *
 *     const clock = new SteppedClock()
 *     const invoker = inProcess(async (invocation, guard) => {
 *       // Stores and gateway with every request made through guard.request(name, make): faults end invocations there.
 *       const handlers = handlersOver(portsThrough(guard))
 *       switch (invocation.event) {
 *         case 'connect': {
 *           const { status, protocol } = await handlers.connect(requested(invocation))
 *           return { outcome: 'ok', status, headers: protocol ? { 'sec-websocket-protocol': protocol } : {} }
 *         }
 *         case 'message': await handlers.message({ ...invocation, body: bodyOf(invocation) }); return { outcome: 'ok', status: 200 }
 *         …                                     // 'disconnect', 'deliver', 'sweep'; lambdaAnswer() for Lambda handlers, given invocation.payload
 *       }
 *     })
 *     const platform = new Platform({ routes, invoker, channelIdOf, note: relay.note, clock, seed, stores })
 *     const front = await Front.listen(platform, host, port)
 *     return { url: front.url, idle: () => front.idle(), platform: (command) => platform.command(command), … }
 *
 * The gateway port of an in-process system is `platform.management.post(connectionId, endpoint, text, { channelId })`
 * and `.close(…)`, which answer an HTTP status (0: the connection was refused); `platform.addressOf(channelId)` gives
 * connection id and endpoint. Its defer port is `platform.defer(channelId)`. Invocations of the platform overlap and
 * are not ordered. A system that uses an SDK against it listens first, and gives the platform the base of its endpoints:
 *
 *     const api = await ConnectionsApi.listen(host)
 *     const platform = new Platform({ …, base: api.base })     // endpointOf(requestContext.apiId, api.base) is an API's endpoint
 *     api.serve(platform.management)                           // and fitSdkClient(client) for each client, for the fault `refused`
 *
 * To spread invocations over processes, `Workers.start({ module, … })` is the invoker: the module's default export, a
 * `WorkerModule`, makes the handler in each of them. The system's `gate` is then `workers.openGate` beside the probe's own, and
 * its clock's `advance` is that of the clock, then that of the workers.
 *
 * Without a front, clients are `ClientEnd`s: `platform.connect`, `receive` and `left`.
 */
export { apiIdOf, type ConnectionAddress, endpointOf, stage } from './api.ts'
export { SteppedClock } from './clock.ts'
export type { ClientEnd } from './connection.ts'
export { ConnectionsApi } from './connections-api.ts'
export { Front } from './front.ts'
export {
  bodyOf,
  type ConnectionRequested,
  type DeliverPayload,
  type Invocation,
  type InvokeAnswer,
  type Invoker,
  lambdaAnswer,
  requested,
  type SweepPayload,
} from './invocation.ts'
export { type Handle, inProcess } from './invokers/in-process.ts'
export type { WorkerModule, WorkerSurroundings } from './invokers/worker-host.ts'
export { Workers, type WorkersOptions } from './invokers/workers.ts'
export type { ProxyEvent, RequestContext } from './lambda-events.ts'
export { slow, turns } from './latency.ts'
export { limits } from './limits.ts'
export { type ConnectRequest, type Handshake, Platform, type PlatformOptions } from './platform.ts'
export { RequestGuard } from './request-guard.ts'
export { fitSdkClient } from './sdk-client.ts'

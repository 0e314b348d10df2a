/** Channels over `ws` and Node's http server. */
export { capabilities } from './capabilities.ts'
export { createHub } from './hub.ts'
export type { WsOptions, WsServer } from './options.ts'
export { serveWs } from './server.ts'

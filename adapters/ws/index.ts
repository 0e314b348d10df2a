/** Channels over `ws` and Node's http server. */
export { capabilities } from './capabilities.ts'
export { createHub } from './hub.ts'
export { serveWs, type WsOptions, type WsServer } from './server.ts'

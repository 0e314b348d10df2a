/** Channels over uWebSockets.js. */
export { capabilities } from './capabilities.ts'
export { createHub, type UwsHub } from './hub.ts'
export { serveUws, type UwsOptions, type UwsServer } from './server.ts'

/**
 * What an adapter may declare, with what the declaration promises. A requirement or clause tagged with a
 * capability binds only the systems that declare it; an unknown name is an error, never a skip.
 */
export const capabilities = {
  stateful: 'one process keeps the connection for as long as it lasts',
  ordered: 'messages of one connection are handled one at a time, in the order sent',
  pathParameters: 'a route may hold `:name` segments, which become opening data',
  binary: 'binary messages are received and sent',
  closeCodes: 'the server closes with the code the contract names (1000, 1001, 1011)',
  gracefulStop: 'stopping lets handlers settle, closes every connection and runs its onDisconnect',
  limits: 'payload, buffer, held-message, connection and handshake limits can be set',
  heartbeat: 'peers that leave pings unanswered are closed',
  customSubscribers: 'the application may register a subscriber of its own with the hub',
  sse: 'an event-stream route is a subscriber of the hub',
  protocolCloseCodes: 'protocol errors are closed with 1002, 1007 and 1009',
  handshakeStatus: 'a refused handshake carries the status the contract names',
  origin: 'handshakes are checked against `allowedOrigins`',
  stateless: 'every event may meet a process that has never seen the connection',
  store: 'channel and hub state live in stores that can be tested on their own',
  distributed: 'topics span processes',
} as const

/** The name of one capability. */
export type Capability = keyof typeof capabilities

/** Every capability name, in the order above. */
export const capabilityNames = Object.keys(capabilities) as Capability[]

/** Whether `name` is a capability the contract knows. */
export function isCapability(name: string): name is Capability {
  return Object.hasOwn(capabilities, name)
}

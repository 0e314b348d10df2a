/** What this adapter promises beyond the contract's common part. Not protocolCloseCodes: uWebSockets sends no close frame for protocol errors. */
export const capabilities = [
  'stateful',
  'ordered',
  'pathParameters',
  'binary',
  'closeCodes',
  'gracefulStop',
  'customSubscribers',
  'handshakeStatus',
] as const

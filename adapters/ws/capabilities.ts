/** What this adapter promises beyond the contract's common part. */
export const capabilities = [
  'stateful',
  'ordered',
  'pathParameters',
  'binary',
  'closeCodes',
  'gracefulStop',
  'customSubscribers',
  'protocolCloseCodes',
  'handshakeStatus',
] as const

/** What this adapter promises beyond the contract's common part. */
export const capabilities = ['handshakeStatus', 'stateless', 'store', 'distributed'] as const

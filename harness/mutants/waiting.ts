/**
 * Mutants whose hunt takes half a minute or more of waiting, for what hangs or for a lease to end: begun first, they are
 * waited for while others are hunted.
 */
export const waiting: ReadonlySet<string> = new Set([
  'claim-without-a-token',
  'close-behind-the-queue',
  'close-in-connect-skips-disconnect',
  'close-leaves-the-socket',
  'close-waits-for-its-handler',
  'connecting-needs-session',
  'connects-behind-a-lookup',
  'disconnect-lost-with-the-queue',
  'disconnecting-needs-session',
  'handler-deadline-never-set',
  'late-close-does-nothing',
  'loses-the-close-with-the-lease',
  'loses-without-a-word',
  'mark-without-a-token',
  'misses-cut-sockets',
  'nothing-tracked',
  'one-queue-for-all',
  'repeats-the-rest-after-a-lease',
  'stop-forgets-disconnects',
  'stop-forgets-its-sockets',
  'stop-leaves-before-disconnects',
  'stop-leaves-its-sockets',
  'stop-takes-new-connections',
  'stop-waits-for-ever',
  'subscribers-of-its-own-process',
])

/** Subscribing and unsubscribing (STORE-06, STORE-07). */
import { requirement } from '../../requirement.ts'
import { judgmentsFor } from './laws/index.ts'

export const store06 = requirement({
  id: 'STORE-06',
  title: 'Subscribe is idempotent and refuses a removed or unknown channel',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    accepted: { promise: 'subscribing a channel that is there resolves to true', needs: ['stores'] },
    again: { promise: 'so does subscribing it again', needs: ['stores'] },
    'listed once': { promise: 'subscribed several times, it is listed once', needs: ['stores'] },
    'undone at once': { promise: 'one unsubscribe ends any number of subscribes', needs: ['stores'] },
    removed: { promise: 'subscribing a channel that was removed resolves to false', needs: ['stores'] },
    unknown: { promise: 'subscribing an id that nobody added resolves to false', needs: ['stores'] },
    'lists nobody refused': {
      promise: 'an id that nobody added is not listed, though it was to be subscribed',
      needs: ['stores'],
    },
    'nothing kept': { promise: 'nothing is kept of an id that nobody added', needs: ['stores', 'store residue'] },
  },
  source: {
    decision:
      'an application subscribes as often as it sees fit (SUB-03); a subscription that nothing will ever end must not begin',
  },
  judge: (run) => judgmentsFor('STORE-06', run),
})

export const store07 = requirement({
  id: 'STORE-07',
  title: 'Unsubscribe is idempotent',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    resolves: { promise: 'an unsubscribe of a subscriber resolves', needs: ['stores'] },
    'not subscribed': { promise: 'so does one of a channel that is not subscribed, or is none', needs: ['stores'] },
    'takes away': { promise: 'after it the topic does not list the channel', needs: ['stores'] },
    twice: { promise: 'a second one resolves too and changes nothing', needs: ['stores'] },
    'subscribed again': { promise: 'a subscribe after any number of them is listed', needs: ['stores'] },
  },
  source: { decision: 'an application need not know whether it was subscribed, and may ask twice where an answer was lost' },
  judge: (run) => judgmentsFor('STORE-07', run),
})

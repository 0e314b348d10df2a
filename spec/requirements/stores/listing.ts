/** Listing a topic (STORE-08), names (STORE-09) and expiry (STORE-10). */
import { requirement } from '../../requirement.ts'
import { judgmentsFor } from './laws/index.ts'

export const store08 = requirement({
  id: 'STORE-08',
  title: "Listing a topic's subscribers, page by page, gives each live one once; none that was there throughout is missed",
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    each: { promise: 'a live channel that was subscribed throughout is listed', needs: ['stores'] },
    once: { promise: 'no channel is listed twice', needs: ['stores'] },
    'nobody else': { promise: 'no channel is listed that was subscribed to other topics alone', needs: ['stores'] },
    'across pages': { promise: 'also where the listing has several pages', needs: ['stores', 'store pages'] },
    'while others change': { promise: 'also while others subscribe, unsubscribe and are removed', needs: ['stores'] },
  },
  source: {
    decision: 'a publish reaches whom the listing gives: whoever is missed loses a message, whoever is given twice is sent two',
  },
  judge: (run) => judgmentsFor('STORE-08', run),
})

export const store09 = requirement({
  id: 'STORE-09',
  title: 'Topics and ids are opaque strings (SUB-05)',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    ids: { promise: 'no channel id is taken for another, nor for a part of a key', needs: ['stores'] },
    topics: { promise: 'no topic is taken for another, for a pattern, nor for a part of a key', needs: ['stores'] },
  },
  source: {
    decision:
      'applications name topics after what their users type: separators, wildcards, the empty string and names of properties among it',
  },
  judge: (run) => judgmentsFor('STORE-09', run),
})

export const store10 = requirement({
  id: 'STORE-10',
  title: 'Expired records are not returned, and a sweep finds them without reading the live ones',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    'not found': { promise: 'an expired channel is not found', needs: ['stores'] },
    'not listed': { promise: 'no topic lists an expired channel', needs: ['stores'] },
    'not subscribed': { promise: 'an expired channel is not subscribed to anything any more', needs: ['stores'] },
    swept: { promise: 'an expired channel that nobody removed is listed for the sweep', needs: ['stores'] },
    'no live ones': { promise: 'a channel that has not expired is not', needs: ['stores'] },
    'no removed ones': { promise: 'neither is one that was removed', needs: ['stores'] },
    'live ones unread': { promise: 'no record of a live channel is read for it', needs: ['stores', 'live reads'] },
  },
  source: {
    decision:
      'a disconnect may never be delivered: time alone ends such a channel, at once for every reader, and what a sweep costs grows with what has expired',
  },
  judge: (run) => judgmentsFor('STORE-10', run),
})

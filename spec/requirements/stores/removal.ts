/** What a remove tells and does (STORE-04, STORE-05). */
import { requirement } from '../../requirement.ts'
import { judgmentsFor } from './laws/index.ts'

export const store04 = requirement({
  id: 'STORE-04',
  title: 'Remove tells exactly one of any number of concurrent callers that it was the one, and gives it the record',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    one: { promise: 'removing a channel that is there gives its record to one caller', needs: ['stores'] },
    'an expired one': {
      promise: 'a channel that has expired is given to the one that removes it, as a sweep does',
      needs: ['stores'],
    },
    'side by side': { promise: 'of removes that run side by side no second one is given the record', needs: ['stores'] },
    again: { promise: 'a remove of a channel that was removed resolves to undefined', needs: ['stores'] },
    unknown: { promise: 'a remove of an id that nobody added resolves to undefined', needs: ['stores'] },
    record: { promise: 'the record is what was added', needs: ['stores'] },
    session: { promise: 'the record holds the session set last', needs: ['stores'] },
    gone: { promise: 'a channel that was removed is not found', needs: ['stores'] },
  },
  source: {
    decision:
      'a disconnect, a close and a post to somebody gone may all find out at once; onDisconnect runs for one of them, with what it is promised',
  },
  judge: (run) => judgmentsFor('STORE-04', run),
})

export const store05 = requirement({
  id: 'STORE-05',
  title: 'After remove has resolved no topic lists the channel, whatever ran beside it',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    'subscribed before': { promise: 'a subscription made before the remove is not listed after it', needs: ['stores'] },
    'subscribed beside': {
      promise: 'neither is one whose subscribe ran beside the remove, once both have ended',
      needs: ['stores'],
    },
    'subscribed afterwards': { promise: 'nor one that was asked for after it, once it was refused', needs: ['stores'] },
    'nothing kept': { promise: 'nothing is kept of the channel but a mark', needs: ['stores', 'store residue'] },
  },
  source: {
    decision:
      'a publish tries whom the topic lists: a subscriber left behind costs every publish to come, and nobody would ever take it out',
  },
  judge: (run) => judgmentsFor('STORE-05', run),
})

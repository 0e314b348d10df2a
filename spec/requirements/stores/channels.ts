/** Channels that are added (STORE-01, STORE-02). */
import { requirement } from '../../requirement.ts'
import { judgmentsFor } from './laws/index.ts'

export const store01 = requirement({
  id: 'STORE-01',
  title: 'A channel added is found with its opening data and channel name, unchanged',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    added: { promise: 'an id that nobody had is added', needs: ['stores'] },
    found: { promise: 'a channel that was added is found', needs: ['stores'] },
    unknown: { promise: 'an id that nobody added is not found', needs: ['stores'] },
    'opening data': { promise: 'what is found holds the opening data as added', needs: ['stores'] },
    'channel name': { promise: 'what is found holds the name as added', needs: ['stores'] },
    times: { promise: 'what is found holds the times of its connection and of its expiry as added', needs: ['stores'] },
  },
  source: {
    decision:
      'every later invocation takes what it knows of a channel from there: what a store changes, no handler can make up for',
  },
  judge: (run) => judgmentsFor('STORE-01', run),
})

export const store02 = requirement({
  id: 'STORE-02',
  title: 'Adding an id twice, or one that was removed (within the time of STATELESS-05), is refused',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    twice: { promise: 'adding an id that was added before resolves to false', needs: ['stores'] },
    'side by side': { promise: 'of adds of one id that run side by side one resolves to true', needs: ['stores'] },
    removed: { promise: 'adding an id that was removed resolves to false', needs: ['stores'] },
  },
  source: {
    decision:
      'platforms repeat their events: a connect that comes again must find that it has come before, also when its channel is closed by then',
  },
  judge: (run) => judgmentsFor('STORE-02', run),
})

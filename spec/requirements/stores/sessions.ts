/** Sessions (STORE-03). */
import { requirement } from '../../requirement.ts'
import { judgmentsFor } from './laws/index.ts'

export const store03 = requirement({
  id: 'STORE-03',
  title: 'The session set last is the one read, strongly consistent, per channel',
  level: 'must',
  area: 'stores',
  since: '1.0',
  capabilities: ['store'],
  clauses: {
    accepted: { promise: 'setting the session of a channel that is there resolves to true', needs: ['stores'] },
    refused: { promise: 'setting the session of a channel that was removed or never added resolves to false', needs: ['stores'] },
    none: { promise: 'where none was set, none is read', needs: ['stores'] },
    last: { promise: 'the session set last is read by whoever looks afterwards', needs: ['stores'] },
    'side by side': { promise: 'of sessions set side by side, whole one or whole other is read', needs: ['stores'] },
    stays: { promise: 'what was read after such sets is read again until another is set', needs: ['stores'] },
    'per channel': { promise: 'no channel reads the session of another', needs: ['stores'] },
  },
  source: {
    decision:
      'the next message may be handled anywhere, and must find what the last one stored: whoever signed out is out at once',
  },
  judge: (run) => judgmentsFor('STORE-03', run),
})

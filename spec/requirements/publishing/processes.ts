/** Topics that span processes (PUB-14). */
import { requirement } from '../../requirement.ts'
import { deliveries, ordinary } from '../../run/deliveries.ts'
import { mustArrive } from '../arrival.ts'

export const pub14 = requirement({
  id: 'PUB-14',
  title: 'A topic spans processes: a publish in one reaches subscribers connected through another',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  capabilities: ['distributed'],
  clauses: {
    'other processes': {
      promise: 'a publish reaches whoever subscribed in another process',
      needs: ['trace'],
      heavy: true,
    },
  },
  source: {
    seed: 'guide',
    quote:
      'In stateless environments, it offloads subscription management to a shared service, allowing messages to route correctly even when connections are handled by different function instances.',
  },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      const { publish, changes } = delivery
      const subscribed = changes.findLast((change) => change.change === 'subscribe')?.op.begin.process
      if (delivery.excluded || !ordinary(delivery) || subscribed === undefined || subscribed === publish.begin.process) continue
      if (publish.op === undefined) continue
      const where = `is subscribed in process ${subscribed}, while the publish was made in ${publish.begin.process}`
      yield* mustArrive('other processes', delivery, where)
    }
  },
})

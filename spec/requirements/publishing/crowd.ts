/** A topic with many subscribers (PUB-12). */
import { decide, requirement } from '../../requirement.ts'
import { markOf } from '../../run/deliveries.ts'
import { sameWire } from '../../wire.ts'

export const pub12 = requirement({
  id: 'PUB-12',
  title: 'A topic with 1,000 subscribers is delivered to all 1,000, once each',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    all: { promise: 'each of 1,000 subscribers is given a publish', needs: ['trace'], heavy: true },
    'once each': { promise: 'none of them is given it twice', needs: ['trace'], heavy: true },
  },
  source: { decision: 'a hub that is good for a handful of receivers only would be found out in production' },
  *judge(run) {
    for (const crowd of run.of('crowd')) {
      // Who has gone, or has not answered, may have missed what was published.
      if (crowd.size < 1_000 || crowd.open < crowd.size || crowd.proven < crowd.size) continue
      const assembled = run.of('ack').find((each) => each.step === crowd.step)
      for (const publish of run.publishes) {
        if (
          publish.topic !== crowd.topic ||
          publish.exclude !== null ||
          publish.outcome !== 'ok' ||
          markOf(publish.value) === undefined
        )
          continue
        if (run.before(assembled, publish.begin) !== 'yes') continue
        const { wire } = publish
        const text = JSON.stringify(publish.value)
        const { connections, copies } = crowd.received.find((each) => wire !== undefined && sameWire(wire, each)) ?? {
          connections: 0,
          copies: 0,
        }
        yield decide('all', connections === crowd.size, {
          events: [publish.begin, publish.end, crowd],
          expected: `the publish ${text} with each of the ${crowd.size} subscribers of ${JSON.stringify(crowd.topic)}`,
          observed: `${connections} had it when all of them had been given everything sent before`,
        })
        yield decide('once each', copies <= connections, {
          events: [publish.begin, publish.end, crowd],
          expected: `one copy of the publish ${text} for each of the ${crowd.size} subscribers of ${JSON.stringify(crowd.topic)}`,
          observed: `${connections} subscribers were given ${copies} copies`,
        })
      }
    }
  },
})

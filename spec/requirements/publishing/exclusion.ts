/** Whom a publish leaves out (PUB-02). */
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'

export const pub02 = requirement({
  id: 'PUB-02',
  title: "With a subscriber's id, everyone but that one",
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'everyone else': { promise: 'every other subscriber of the topic is given the publish', needs: ['trace'] },
    'not the excluded one': { promise: 'the excluded subscriber is not given it', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)' },
  *judge(run) {
    for (const publish of run.publishes) {
      const excluded = publish.exclude === null ? undefined : run.byChannelId.get(publish.exclude)
      if (excluded === undefined || run.subscribed(excluded, publish) !== 'must') continue
      for (const connection of run.connections) {
        const receipt = publish.receipts.find((each) => each.conn === connection)
        if (connection === excluded) {
          yield decide('not the excluded one', receipt === undefined, {
            events: [publish.begin, receipt?.event],
            expected: `nothing of this publish on ${connection.name}, whose channel it excludes`,
            observed: `${connection.name} received it`,
          })
          continue
        }
        const expected = run.subscribed(connection, publish)
        if (expected === 'may') yield undecided('everyone else')
        if (expected !== 'must') continue
        if (receipt !== undefined) yield kept('everyone else', publish.begin, receipt.event)
        else if (connection.fenced !== undefined) {
          yield broken('everyone else', {
            events: [publish.begin, publish.end, connection.fenced],
            expected: `the publish to ${JSON.stringify(publish.topic)} on ${connection.name}, which is subscribed and not excluded`,
            observed: `it had not arrived when ${connection.name} had everything sent before`,
          })
        }
      }
    }
  },
})

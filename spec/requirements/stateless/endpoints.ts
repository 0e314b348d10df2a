/** Where a channel is addressed (STATELESS-18). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import { accepted, answeredGone, invocationsOf, type Post } from '../../run/invocations.ts'
import type { Connection, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { advanced, crashed, mayExpireAfter, postsTo } from './faults.ts'

export const stateless18 = requirement({
  id: 'STATELESS-18',
  title:
    'A channel is addressed with its own platform endpoint, from wherever the publish starts; an answer of another endpoint never removes it',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'from another endpoint': {
      promise: 'a publish that starts with a channel of another endpoint is posted to the own endpoint of each receiver',
      needs: ['trace', 'platform'],
    },
    'from the host': {
      promise: 'so is one that starts with no channel at hand',
      needs: ['trace', 'platform', 'hub'],
    },
    'the answer of another': {
      promise: 'that a channel of another endpoint is gone removes none of this one',
      needs: ['trace', 'platform'],
    },
  },
  source: {
    decision: 'connection ids are unique per interface only, and an application may have several, each with channels of its own',
  },
  *judge(run) {
    const own = new Map(run.connections.map((connection) => [connection, endpointOf(run, connection)]))
    for (const connection of run.connections) {
      const endpoint = own.get(connection)
      if (endpoint === undefined) continue
      for (const post of postsTo(run, connection.channelId)) yield* addressed(run, connection, endpoint, post, own)
      yield* remains(run, connection, endpoint)
    }
  },
})

/** The endpoint of a connection's own API: where a post to it, or to another of the same channel of the probe, was accepted. */
function endpointOf(run: Run, connection: Connection): string | undefined {
  const direct = postsTo(run, connection.channelId).find(accepted)
  if (direct !== undefined) return direct.endpoint
  const alike = run.connections.filter((other) => other.channel === connection.channel)
  return alike.flatMap((other) => postsTo(run, other.channelId)).find(accepted)?.endpoint
}

/** Where a post comes from, if it is a publish's: the endpoint of its publisher's channel, or none for the host. */
function publisherEndpoint(run: Run, post: Post, own: ReadonlyMap<Connection, string | undefined>): string | null | undefined {
  const { data } = post
  if (data === undefined) return undefined
  const publish = run.publishes.find(({ wire }) => wire !== undefined && sameWire(wire, data))
  if (publish === undefined) return undefined
  if (publish.op === undefined) return null
  const publisher = run.byChannelId.get(publish.op.call.channelId)
  return publisher === undefined ? undefined : own.get(publisher)
}

function* addressed(
  run: Run,
  connection: Connection,
  endpoint: string,
  post: Post,
  own: ReadonlyMap<Connection, string | undefined>,
): Generator<Judgment<'from another endpoint' | 'from the host'>> {
  const from = publisherEndpoint(run, post, own)
  if (from === undefined || from === endpoint) {
    if (post.endpoint === endpoint) return
  }
  yield decide(from === null ? 'from the host' : 'from another endpoint', post.endpoint === endpoint, {
    events: [post.begin, post.answer],
    expected: `a post for ${connection.name} at its own endpoint, ${endpoint}`,
    observed: `it was made at ${post.endpoint}`,
  })
}

/** A channel that nothing of its own ends, while one of another endpoint was answered "gone". */
function* remains(run: Run, connection: Connection, endpoint: string): Generator<Judgment<'the answer of another'>> {
  const gone = run.connections
    .flatMap((other) => (other === connection ? [] : postsTo(run, other.channelId)))
    .concat(postsTo(run, connection.channelId))
    .find((post) => answeredGone(post) && post.endpoint !== endpoint)
  if (gone === undefined || crashed(run) || advanced(run) >= mayExpireAfter) return
  if (postsTo(run, connection.channelId).some((post) => answeredGone(post) && post.endpoint === endpoint)) return
  const onDisconnect = connection.calls.find((call) => call.handler === 'onDisconnect')
  const ended = invocationsOf(run, connection.channelId, 'disconnect').some(
    ({ begin }) => run.before(onDisconnect?.enter, begin) !== 'yes',
  )
  if (onDisconnect !== undefined && !ended && run.before(onDisconnect.enter, connection.ending) !== 'no') {
    yield broken('the answer of another', {
      events: [gone.begin, gone.answer, onDisconnect.enter],
      expected: `${connection.name} untouched by the answer of ${gone.endpoint}, which is not its endpoint`,
      observed: 'its onDisconnect ran, though nothing of its own had ended',
    })
  } else if (fenceAfter(run, connection, gone.answer) !== undefined)
    yield kept('the answer of another', gone.answer, connection.fenced)
}

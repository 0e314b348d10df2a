/** What other answers to a post mean (STATELESS-07). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { answeredGone, type Post } from '../../run/invocations.ts'
import { advancedAtMost, anyKilled, idleAfter, postsTo } from '../../run/platform.ts'
import type { Call, Connection, Receipt, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { leaves } from './faults.ts'
import { removedForNothing, stillThere } from './removal.ts'

type Clause =
  | 'throttled is retried'
  | 'a refused connection is retried'
  | 'in order'
  | 'unknown is not retried'
  | 'unknown is logged'
  | 'refused for good is logged'
  | 'the channel stays'

/** What an answer that is neither acceptance nor gone says. */
type Says = 'throttled' | 'unreachable' | 'unknown' | 'refused'

/** 0: the connection to the management interface failed. */
function saysOf({ answer }: Post): Says | undefined {
  if (answer === undefined) return undefined
  const { status } = answer
  if (status === 429) return 'throttled'
  if (status === 0) return 'unreachable'
  if (status === 403 || status === 413) return 'refused'
  return status >= 500 ? 'unknown' : undefined
}

export const stateless07 = requirement<Clause>({
  id: 'STATELESS-07',
  title:
    'Only 410 means gone: a refusal that proves non-delivery is retried in order, an answer that leaves it unknown is logged and not retried, 413 and 403 are logged; the channel stays',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'throttled is retried': { promise: 'a post answered 429 is made again', needs: ['trace', 'platform', 'idle'] },
    'a refused connection is retried': {
      promise: 'a post whose connection was refused is made again',
      needs: ['trace', 'platform', 'idle'],
    },
    'in order': { promise: 'what is sent behind it does not overtake it', needs: ['trace', 'platform'] },
    'unknown is not retried': { promise: 'a post answered 5xx is not made again', needs: ['trace', 'platform', 'idle'] },
    'unknown is logged': { promise: 'it is logged with the channel', needs: ['trace', 'platform', 'idle'] },
    'refused for good is logged': {
      promise: 'a post answered 413 or 403 is logged with the channel',
      needs: ['trace', 'platform', 'idle'],
    },
    'the channel stays': { promise: 'none of these answers removes the channel', needs: ['trace', 'platform', 'idle'] },
  },
  source: {
    decision: 'at most once wins over at least once (PUB-05): only what proves that nothing was delivered allows another try',
  },
  *judge(run) {
    if (anyKilled(run)) return
    for (const connection of run.connections) {
      const posts = postsTo(run, connection.channelId)
      const told = posts.filter((post) => post.data !== undefined && saysOf(post) !== undefined)
      for (const post of posts) if (post.data === undefined) yield* closedAgain(run, connection, post)
      if (told.length === 0) continue
      for (const post of told) {
        yield* retried(run, connection, post)
        yield* logged(run, connection, post)
      }
      yield* stays(run, connection, told)
      for (const call of connection.calls) yield* inOrder(connection, call, told)
    }
  },
})

/** Posts of the same data that began after this one was answered. */
const repetitions = (run: Run, post: Post): Post[] =>
  postsTo(run, post.channelId).filter(
    (other) =>
      other.data !== undefined &&
      post.data !== undefined &&
      sameWire(other.data, post.data) &&
      run.before(post.answer, other.begin) === 'yes',
  )

/** Whether other posts may carry the same text for a reason of their own. */
const ambiguous = (run: Run, { channelId, data }: Post): boolean => {
  const same = run.publishes.filter(({ wire }) => wire !== undefined && data !== undefined && sameWire(wire, data)).length
  const repeated = run.of('invoked').some((event) => event.channelId === channelId && event.repeat === true)
  return same > 1 || repeated || !('text' in (data ?? {})) || !/"m":"[\d.a-z~]+"/.test((data as { text: string }).text)
}

function* retried(run: Run, connection: Connection, post: Post): Iterable<Judgment<Clause>> {
  const says = saysOf(post)
  if (ambiguous(run, post) || says === 'refused') return
  const [again] = repetitions(run, post)
  const idle = idleAfter(run, post.answer)
  if (says === 'unknown') {
    if (again === undefined && idle === undefined) return
    yield decide('unknown is not retried', again === undefined, {
      events: [post.begin, post.answer, again?.begin],
      expected: `no second post of ${text(post)} to ${connection.name}: the answer ${post.answer?.status} leaves open whether it was delivered`,
      observed: 'it was posted again',
    })
    return
  }
  const clause = says === 'throttled' ? 'throttled is retried' : 'a refused connection is retried'
  if (again !== undefined) yield kept(clause, post.begin, post.answer, again.begin)
  else if (idle !== undefined && !earlierTries(run, post) && !mayBeOver(run, connection, post, idle)) {
    yield broken(clause, {
      events: [post.begin, post.answer, idle],
      expected: `${text(post)} to be posted to ${connection.name} again: the answer proves that it was not delivered`,
      observed: 'it had not been when every invocation had returned',
    })
  }
}

/** A close that proves not to have been heard; to close twice does no harm. */
function* closedAgain(run: Run, connection: Connection, post: Post): Iterable<Judgment<Clause>> {
  const says = saysOf(post)
  if (says !== 'throttled' && says !== 'unreachable') return
  const closes = postsTo(run, connection.channelId).filter(({ data }) => data === undefined)
  const again = closes.find((other) => run.before(post.answer, other.begin) === 'yes')
  const idle = idleAfter(run, post.answer)
  const first = closes.every((other) => other === post || run.before(post.begin, other.begin) === 'yes')
  const gone = postsTo(run, connection.channelId).some(answeredGone)
  if (again === undefined && (idle === undefined || !first || gone || leaves(run, connection, idle))) return
  yield decide(says === 'throttled' ? 'throttled is retried' : 'a refused connection is retried', again !== undefined, {
    events: [post.begin, post.answer, again?.begin ?? idle],
    expected: `${connection.name}, which was to be closed, to be closed again: the answer proves that nobody was told`,
    observed: 'it had not been when every invocation had returned',
  })
}

/** Retries are bounded: the last of several tries may be given up. */
const earlierTries = (run: Run, post: Post): boolean =>
  postsTo(run, post.channelId).some(
    (other) =>
      other.data !== undefined &&
      post.data !== undefined &&
      sameWire(other.data, post.data) &&
      run.before(other.begin, post.begin) === 'yes',
  )

/** Whether a connection may have ended, or a lease or deadline, before it could be posted again: by `idle` it had to be. */
const mayBeOver = (run: Run, { ending }: Connection, post: Post, idle: HistoryEvent): boolean =>
  (ending !== undefined && run.before(idle, ending) !== 'yes') ||
  advancedAtMost(run, undefined, undefined) > 0 ||
  postsTo(run, post.channelId).some(answeredGone)

const text = ({ data }: Post): string => (data !== undefined && 'text' in data ? data.text : 'bytes')

function* logged(run: Run, connection: Connection, post: Post): Iterable<Judgment<Clause>> {
  const says = saysOf(post)
  if (says !== 'unknown' && says !== 'refused') return
  const idle = idleAfter(run, post.answer)
  const named = JSON.stringify(post.channelId).slice(1, -1)
  const entry = run
    .of('log')
    .find(
      (event) =>
        (event.level === 'warn' || event.level === 'error') &&
        (event.message.includes(post.channelId) || JSON.stringify(event.details).includes(named)) &&
        run.before(event, post.begin) !== 'yes',
    )
  if (entry === undefined && idle === undefined) return
  yield decide(says === 'unknown' ? 'unknown is logged' : 'refused for good is logged', entry !== undefined, {
    events: [post.begin, post.answer, entry, idle],
    expected: `a warning or an error in the log that names the channel of ${connection.name}, to which ${text(post)} was posted and answered ${post.answer?.status}`,
    observed: 'there is none',
  })
}

function* stays(run: Run, connection: Connection, told: readonly Post[]): Iterable<Judgment<Clause>> {
  const removed = removedForNothing(run, connection)
  const post = told.find((each) => removed === undefined || run.before(each.begin, removed) === 'yes')
  const sign = stillThere(run, connection, told.at(-1)?.answer)
  if (post === undefined || (removed === undefined && sign === undefined)) return
  yield decide('the channel stays', removed === undefined, {
    events: [post.begin, post.answer, removed ?? sign],
    expected: `${connection.name} to stay: a post to it was answered ${post.answer?.status}, which is not gone`,
    observed: removed?.kind === 'enter' ? 'its onDisconnect ran' : 'its messages run no handler any more',
  })
}

/** What one handler sent on its own connection, the first of which met a refusal that is retried. */
function* inOrder(connection: Connection, call: Call, told: readonly Post[]): Iterable<Judgment<Clause>> {
  const sent = connection.received.filter(
    ({ answers, copy }) =>
      copy === 1 && answers?.kind === 'send' && answers.op.call === call && typeof answers.op.args.value === 'object',
  )
  const index = (receipt: Receipt): number => (receipt.answers?.kind === 'send' ? receipt.answers.op.index : -1)
  for (const first of sent) {
    const late = told.find(
      (post) =>
        ['throttled', 'unreachable'].includes(saysOf(post) ?? '') && post.data !== undefined && sameWire(post.data, first.wire),
    )
    if (late === undefined) continue
    for (const second of sent.filter((each) => index(each) > index(first))) {
      yield decide('in order', first.event.seq < second.event.seq, {
        events: [late.begin, late.answer, first.event, second.event],
        expected: `${text(late)} before ${JSON.stringify(second.json)} on ${connection.name}, as its handler sent them`,
        observed: 'the other way round',
      })
    }
  }
}

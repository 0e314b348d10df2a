/** What a client is told when its handler throws (SEND-10, SEND-14). */
import { decide, requirement, undecided } from '../../requirement.ts'
import type { Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { accounts } from './dues.ts'
import { type ExpectedError, expectedErrors, publicThrows } from './error-replies.ts'

const ownClasses = ['public subclass', 'subclass of unauthorised', 'named like a public error']

/** The requirement and clause that say what the reply to such a throw holds. */
function contentClause(
  because: string,
): ['SEND-10', 'public errors' | 'masked errors'] | ['SEND-14', 'its own subclass' | 'any other class'] {
  if (ownClasses.includes(because)) return ['SEND-14', publicThrows.includes(because) ? 'its own subclass' : 'any other class']
  return ['SEND-10', publicThrows.includes(because) ? 'public errors' : 'masked errors']
}

const thrown = (run: Run): ExpectedError[] =>
  expectedErrors(run).filter((each) => each.because !== 'unsendable' && each.because !== 'refused output')

/** A reply came, and says what it must; a missing one says nothing. */
function content(expected: ExpectedError) {
  const seen = expected.receipt ?? expected.instead
  return {
    holds: expected.receipt !== undefined,
    seen,
    finding: {
      events: [expected.message.event, expected.call.leave, seen?.event],
      expected: `the error reply ${JSON.stringify(expected.json)} to step ${expected.call.step} on ${expected.conn.name}, which threw ${expected.because}`,
      observed: seen === undefined ? 'no error reply' : `it received ${showWire(seen.wire, 300)}`,
    },
  }
}

export const send10 = requirement({
  id: 'SEND-10',
  title: 'A message handler that throws gets one error reply, after what it had sent; only public errors show name and message',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'one reply': {
      promise: 'the message is answered with exactly one error reply',
      needs: ['trace'],
    },
    'after its own sends': {
      promise: 'the error reply comes after everything that the handler had sent',
      needs: ['trace'],
    },
    'public errors': {
      promise: 'a public error shows its name and message, with the routing key and nothing else',
      needs: ['trace'],
    },
    'masked errors': {
      promise: 'anything else that is thrown shows as InternalError and nothing of its own',
      needs: ['trace'],
    },
  },
  source: { seed: 'guide', quote: 'Handles errors gracefully' },
  *judge(run) {
    for (const expected of thrown(run)) {
      yield* one(expected)
      yield* last(run, expected)
      const [id, clause] = contentClause(expected.because)
      const { holds, seen, finding } = content(expected)
      if (id === 'SEND-10' && seen !== undefined) yield decide(clause, holds, finding)
    }
  },
})

function* one(expected: ExpectedError) {
  const { conn, call, proof, surplus } = expected
  const seen = expected.receipt ?? expected.instead
  if (surplus === undefined && proof === undefined) {
    yield undecided('one reply')
    return
  }
  yield decide('one reply', surplus === undefined && seen !== undefined, {
    events: [call.leave, seen?.event, surplus?.event, proof],
    expected: `one error reply to step ${call.step} on ${conn.name}, whose handler threw`,
    observed:
      surplus === undefined
        ? 'none had arrived when it had everything sent before'
        : `another like it, ${showWire(surplus.wire)}`,
  })
}

function* last(run: Run, { conn, call, receipt, unique }: ExpectedError) {
  if (receipt === undefined || !unique) return
  const account = accounts(run).find((each) => each.conn === conn)
  const own = (account?.dues ?? []).filter(
    (due) => due.call === call && due.origin === 'send' && due.unique && due.mark !== undefined && due.receipt !== undefined,
  )
  if (own.length === 0) return
  const late = own.find((due) => (due.receipt?.event.seq ?? 0) > receipt.event.seq)
  yield decide('after its own sends', late === undefined, {
    events: [receipt.event, late?.receipt?.event],
    expected: `the error reply to step ${call.step} on ${conn.name} after all that its handler had sent`,
    observed: `it came before ${late === undefined ? '' : showWire(late.wire)}`,
  })
}

export const send14 = requirement({
  id: 'SEND-14',
  title:
    'A subclass of the public base class that the application defines shows its own name and message; a subclass of anything else is masked',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'its own subclass': {
      promise: 'a subclass of PublicError, or of one of its subclasses, shows its own name and message',
      needs: ['trace'],
    },
    'any other class': {
      promise: 'an error of any other class is masked, whatever it calls itself',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'applications have errors of their own to show, and must not show one by accident',
  },
  *judge(run) {
    for (const expected of thrown(run)) {
      const [id, clause] = contentClause(expected.because)
      const { holds, seen, finding } = content(expected)
      if (id === 'SEND-14' && seen !== undefined) yield decide(clause, holds, finding)
    }
  },
})

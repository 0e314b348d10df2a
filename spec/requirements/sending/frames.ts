/** Whether what was sent came in frames that a client can read (SEND-12). */
import { broken, kept } from '../../requirement.ts'
import type { Connection } from '../../run/run.ts'

/**
 * A client that cannot read a frame fails the connection by itself (RFC 6455, 7.1.7): the server is never told of it, and
 * what is lost by it looks like what any closed connection loses.
 */
export function* readable({ name, closed, received }: Connection) {
  const clause = 'frames that can be read'
  if (closed?.fault !== undefined) {
    yield broken(clause, {
      events: [received.at(-1)?.event, closed],
      expected: `frames on ${name} that a client can read (RFC 6455)`,
      observed: `the client could not: ${closed.fault}`,
    })
  } else if (received.length > 0) yield kept(clause, received.at(-1)?.event)
}

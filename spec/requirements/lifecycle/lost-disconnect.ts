/** onDisconnect where the platform never told of the end (LIFE-10 `[stateless]`). */
import { decide, type Judgment } from '../../requirement.ts'
import { invocationsOf } from '../../run/invocations.ts'
import { anyKilled, idleAfter } from '../../run/platform.ts'
import type { Run } from '../../run/run.ts'
import { sweptAt } from '../stateless/expiry.ts'
import { foundGone } from '../stateless/gone.ts'
import { disconnectCalls, hasDisconnect, wasConnected } from './endings.ts'

/** Connections whose disconnect never came, and that a post or a sweep found to be gone; a second run is another clause's. */
export function* lostDisconnects(run: Run): Iterable<Judgment<'lost disconnect'>> {
  for (const connection of run.connections) {
    if (!hasDisconnect(connection) || !wasConnected(connection) || anyKilled(run)) continue
    if (invocationsOf(run, connection.channelId, 'disconnect').length > 0) continue
    const found = foundGone(run, connection)?.answer ?? sweptAt(run, connection)
    const idle = idleAfter(run, found)
    if (found === undefined || idle === undefined) continue
    const [call] = disconnectCalls(connection)
    yield decide('lost disconnect', call !== undefined, {
      events: [connection.ending, found, call?.enter, idle],
      expected: `onDisconnect of ${connection.name}, whose disconnect never came, once it was found to be gone`,
      observed: 'it had not run when every invocation had returned',
    })
  }
}

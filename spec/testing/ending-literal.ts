/** Literal histories of connections that end. */
import type { Outcome } from '../history.ts'
import type { Op } from '../probe/ops.ts'
import type { Json } from '../values.ts'
import { Literal } from './literal.ts'

/** A `Literal` with the events of a connection's end. Chainable where nothing has to be given back. */
export class EndingLiteral extends Literal {
  /** The client ends its connection: asked for, seen by the client as `code` (unless null), acknowledged. */
  ends(conn: string, how: 'close' | 'vanish' | 'violate' = 'close', code: number | null = 1000): this {
    const step = this.nextStep()
    this.client({ at: 'client', kind: 'invoke', conn, step, action: { do: how } })
    return code === null ? this : this.closed(conn, code)
  }

  closed(conn: string, code = 1000): this {
    return this.client({ at: 'client', kind: 'closed', conn, code, reason: '' })
  }

  gate(name = 'g'): this {
    return this.client({ at: 'client', kind: 'gate', name })
  }

  /** A message whose handler waits at the gate `g`; gives back its call and what lets it go on. */
  holding(conn: string): { call: number; step: string; goOn(): void } {
    const step = this.message(conn, { action: 'probe' })
    const call = this.enter(conn, step)
    return { call, step, goOn: this.held(call) }
  }

  /** The call begins to wait at the gate `g`; what is given back ends the wait. */
  held(call: number): () => void {
    const index = this.begin(call, { op: 'hold', gate: 'g' })
    return () => void this.end(call, index, 'hold')
  }

  /** onDisconnect enters and leaves. */
  disconnects(conn: string, of: { data?: Json; openingData?: Json; outcome?: Outcome } = {}): this {
    const opening = of.openingData ?? {}
    const data = of.data ?? { ...(opening as object), channelId: `id-${conn}` }
    const call = this.enter(conn, `${conn}~`, { handler: 'onDisconnect', state: 'closed', data, openingData: opening })
    return this.leave(call, of.outcome, 'closed')
  }

  stall(step?: string): this {
    return this.client({ at: 'client', kind: 'stall', step, waitingFor: 'something', patience: 5 })
  }

  absent(conn: string, what: 'the close' | 'onDisconnect'): this {
    return this.client({ at: 'client', kind: 'absent', conn, what, patience: 5 })
  }

  residue(channels: string[] = [], subscriptions: [string, string][] = []): this {
    return this.client({ at: 'client', kind: 'residue', channels, subscriptions })
  }

  /** A close() that tells the state at its return. */
  closes(call: number, state = 'closed', outcome: Outcome['outcome'] = 'ok'): this {
    const op: Op = { op: 'close' }
    return this.end(call, this.begin(call, op), 'close', { outcome, value: { state } }, state)
  }
}

/** How a handler ends that throws. */
export const threw = (message = 'boom'): Outcome => ({ outcome: 'rejected', error: { name: 'Error', message, typeError: false } })

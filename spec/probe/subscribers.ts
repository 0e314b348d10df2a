/** Subscribers of the application's own (SUB-11): what they receive becomes a trace event. */

import { toHex } from '../values.ts'
import { bytesIn } from '../wire.ts'
import type { Env } from './environment.ts'
import type { Op } from './ops.ts'

/** Registering and ending receivers through the hub at hand. */
export function customSubscribers(env: Env) {
  return {
    async register(op: Extract<Op, { op: 'register' }>): Promise<void> {
      const { register } = env.services.eventHub
      if (register === undefined) throw new Error('this hub has no register')
      const receive = (encoded: string | Uint8Array): Promise<void> => {
        const bytes = bytesIn(encoded)
        env.emit({
          at: 'server',
          kind: 'custom',
          id: op.id,
          data: bytes === undefined ? { text: encoded as string } : { hex: toHex(bytes) },
        })
        if (op.opens !== undefined) env.gates.open(op.opens)
        if (op.throws === 'at once') throw new Error(`receiver ${op.id} threw`)
        return accept()
      }
      const accept = async (): Promise<void> => {
        if (op.throws === true) throw new Error(`receiver ${op.id} threw`)
        if (op.gate === undefined) return
        await env.gates.wait(op.gate)
        env.emit({ at: 'server', kind: 'passed', id: op.id, gate: op.gate })
      }
      const earlier = env.registered.get(op.id)
      const made = await env.services.eventHub.register?.(op.id, receive)
      if (made !== undefined) env.registered.set(op.id, { close: () => made.close() })
      // Whoever ends what has ended already ends nothing, not even another by the same id.
      if (earlier?.over === true) await Promise.resolve(earlier.close()).catch(() => {})
      for (const topic of op.topics) await env.services.eventHub.subscribe(topic, op.id)
    },
    async unregister(id: string): Promise<void> {
      const made = env.registered.get(id)
      if (made === undefined || made.over === true) return
      made.over = true
      await made.close()
    },
  }
}

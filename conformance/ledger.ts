/** The ledger of one started system: what its programs leave for those that follow to be judged by. */
import type { Ledger, Run } from '../spec/run/run.ts'
import { receivedKey } from '../spec/run/run.ts'

/** A ledger that is being kept. */
export interface OpenLedger extends Ledger {
  channelIds: Map<string, number>
  received: Map<string, number>
  disconnected: Map<string, number>
}

/** The ledger of a system that has run no program yet. */
export function newLedger(): OpenLedger {
  return { channelIds: new Map(), received: new Map(), disconnected: new Map() }
}

/** Enters what a program leaves, once it has been judged. */
export function enterInto(ledger: OpenLedger, run: Run, program: number): void {
  for (const { channelId, ending, received } of run.connections) {
    if (channelId === undefined) continue
    ledger.channelIds.set(channelId, program)
    // What has ended receives nothing in a later program.
    if (ending !== undefined) continue
    for (const { wire, json, copy, answers } of received) {
      const marked = typeof json?.m === 'string' && json.m.startsWith(`${program}.`)
      if (marked && copy === 1 && (answers?.kind === 'send' || answers?.kind === 'publish') && onlyCause(run, json.m))
        ledger.received.set(receivedKey(channelId, wire), program)
    }
  }
  for (const { handler, channelId } of run.calls)
    if (handler === 'onDisconnect' && !ledger.disconnected.has(channelId)) ledger.disconnected.set(channelId, program)
}

/** Whether one operation or publish alone carries the mark: another would be the cause of a second message. */
function onlyCause(run: Run, mark: unknown): boolean {
  const quoted = JSON.stringify(mark)
  const carries = (value: unknown): boolean => JSON.stringify(value ?? null).includes(quoted)
  const byHandlers = run.calls.flatMap((call) => call.ops).filter((op) => carries(op.args)).length
  return byHandlers + run.publishes.filter((publish) => publish.op === undefined && carries(publish.value)).length === 1
}

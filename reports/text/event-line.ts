/** Every event as one line of text. */
import type { HistoryEvent } from '../../spec/history.ts'
import type { Json } from '../../spec/values.ts'
import { showWire } from '../../spec/wire.ts'
import { longStrings, storeValue } from './store-value.ts'

const short = (value: Json | undefined, length = 100): string => {
  const text = JSON.stringify(value ?? null)
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** What happened, without where. */
export function what(event: HistoryEvent, others: readonly string[] = []): string {
  switch (event.kind) {
    case 'invoke':
      return `begins ${short(event.action, 160)}`
    case 'ack':
      return 'is acknowledged'
    case 'skip':
      return `is skipped: ${event.why}`
    case 'message':
      return `sends ${showWire(event.data, 160)}`
    case 'open':
      return `is open${event.protocol === '' ? '' : ` with sub-protocol ${event.protocol}`}`
    case 'refused':
      return `is refused${event.status === null ? '' : ` with status ${event.status}`}`
    case 'receive':
      return `receives ${showWire(event.data, 160)}`
    case 'closed':
      if (event.fault !== undefined) return `cannot read a frame, and fails the connection: ${event.fault}`
      return `sees its socket close with ${event.code}${event.reason === '' ? '' : ` (${event.reason})`}`
    case 'fenced':
      return 'has everything that was sent before'
    case 'gate':
      return `gate ${event.name} is opened`
    case 'residue':
      return `the system still holds channels ${short(event.channels)} and subscriptions ${short(event.subscriptions)}`
    case 'crowd':
      return `of a crowd of ${event.size} on ${event.topic} ${event.open} are open and ${event.proven} have everything; they received ${short(event.received)}`
    case 'stall':
      return `nothing came for ${event.patience} ms while waiting for ${event.waitingFor}; gates are opened`
    case 'timeout':
      return `no answer within ${event.patience} ms while waiting for ${event.waitingFor}`
    case 'absent':
      return `${event.what} has not come within ${event.patience} ms`
    case 'stopping':
      return 'the system has begun to stop'
    case 'hosted':
      return event.outcome === 'ok' ? 'is done' : `fails with ${event.error?.name}: ${event.error?.message}`
    case 'enter':
      return `${event.handler} is entered, state ${event.state}, data ${short(event.data)}`
    case 'begin':
      return `op ${event.op} ${event.name} begins ${short(event.args)}`
    case 'end':
      return `op ${event.op} ${event.name} ${outcome(event)}`
    case 'leave':
      return `${event.handler} ${event.outcome === 'ok' ? 'returns' : 'throws'} ${event.outcome === 'ok' ? short(event.value) : `${event.error?.name}: ${event.error?.message}`}`
    case 'settled':
      return `${event.handler} has settled`
    case 'services':
      return `services of a ${event.event} are made`
    case 'disposed':
      return `services are disposed by ${event.by.join(', ')}`
    case 'custom':
      return `subscriber ${event.id} receives ${showWire(event.data)}`
    case 'passed':
      return `subscriber ${event.id} has passed gate ${event.gate}`
    case 'waits':
      return `the schema of its opening data waits at gate ${event.gate}`
    case 'log':
      return `logs ${event.level}: ${event.message} ${short(event.details)}`
    case 'idle':
      return 'every invocation has returned'
    case 'platform':
      return 'the platform has done so'
    case 'invoked':
      return `invocation ${event.invocation} (${event.event}${event.repeat === true ? ', repeated' : ''}) begins${event.worker === undefined ? '' : ` in ${event.worker}`}`
    case 'returned':
      return `invocation ${event.invocation} (${event.event}) ${event.outcome === 'ok' ? `answers ${event.status ?? 'nothing'}` : event.outcome === 'failed' ? 'fails' : 'is killed'}`
    case 'request': {
      const fault = event.fault === undefined ? '' : event.fault === 'answer lost' ? ', its answer lost' : `, ${event.fault}`
      return `${event.invocation === undefined ? 'the host' : `invocation ${event.invocation}`} asks the stores for ${event.request} of ${event.about}${fault}`
    }
    case 'post':
      return event.data === undefined
        ? `post ${event.post} asks for a close`
        : `post ${event.post} carries ${showWire(event.data)}`
    case 'posted':
      return `post ${event.post} is answered ${event.status}${event.delivered ? '' : ' and not delivered'}`
    case 'store begin':
      return `operation ${event.op}, ${event.name}, begins ${storeValue(event.args, others)}`
    case 'store end':
      return `operation ${event.op}, ${event.name}, ${outcome(event, (value) => storeValue(value, others))}`
    case 'store request':
      return `${event.op === null ? 'a request' : `operation ${event.op} makes its request`} ${event.name}`
    case 'store choice':
      return `${event.from[event.chosen]} goes on, of ${event.from.join(', ')}`
    case 'store stall':
      return `nothing came for ${event.patience} ms while waiting for ${event.waitingFor}`
    case 'fault':
      return `${event.what}: ${event.message}`
  }
}

const outcome = (
  event: { outcome: 'ok' | 'rejected'; value?: Json; error?: { name: string; message: string } },
  show: (value: Json) => string = short,
): string =>
  event.outcome === 'ok'
    ? `resolves${event.value === undefined ? '' : ` to ${show(event.value)}`}`
    : `rejects with ${event.error?.name}: ${event.error?.message}`

/** One line: where, which step, what. `others` are the long strings beside which it is read (`longStrings`). */
export function eventLine(event: HistoryEvent, others: readonly string[] = []): string {
  const where = [
    event.at === 'client' ? 'client' : 'server',
    event.conn,
    event.step === undefined ? undefined : `step ${event.step}`,
  ]
  return `${where.filter((part) => part !== undefined).join(' ')}: ${what(event, others)}`
}

/** Events that are read together, a line each. */
export function eventLines(events: readonly HistoryEvent[]): string[] {
  const others = longStrings(events)
  return events.map((event) => eventLine(event, others))
}

/** A whole history, each line with its number. */
export function historyLines(events: readonly HistoryEvent[]): string[] {
  return eventLines(events).map((line, index) => `${String(index).padStart(4)} ${line}`)
}

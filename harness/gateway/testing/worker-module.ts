/** What worker processes host in tests: a message's body says what is to be done with it. */

import { bodyOf } from '../invocation.ts'
import type { WorkerModule } from '../invokers/worker-host.ts'

/** What a message asks for, one after another. */
export type Doing =
  | { hold: string }
  | { open: string }
  | { requests: number }
  | { defer: true }
  | { ask: unknown }
  | { report: unknown }
  | { wait: number }
  | { reject: string }

const module: WorkerModule = async ({ probe, clock, settings, defer, ask, report, told }) => {
  if (settings === 'broken') throw new TypeError('broken on purpose')
  const log = (message: string, details?: unknown): void => probe.singletonServices.logger.info(message, details)
  told((message) => log('told', message))
  return async ({ event, channelId = '', ...invocation }, guard) => {
    log(event, { clock: Math.round((clock.now() - Date.now()) / 1000), settings })
    if (event === 'deliver') return { outcome: 'ok', status: 200 }
    const doings = event === 'message' ? (JSON.parse(bodyOf({ event, ...invocation })) as Doing[]) : []
    for (const doing of doings) {
      if ('hold' in doing) await probe.gates.wait(doing.hold)
      else if ('open' in doing) probe.gates.open(doing.open)
      else if ('defer' in doing) await defer(channelId)
      else if ('ask' in doing) log('answer', await ask(doing.ask).catch(String))
      else if ('report' in doing) report(doing.report)
      else if ('wait' in doing) await clock.wait(doing.wait)
      else if ('reject' in doing) throw new Error(doing.reject)
      else for (let made = 1; made <= doing.requests; made++) await guard.request('any', async () => log(`request ${made}`))
    }
    if (event === 'connect')
      for (let made = 1; made <= 3; made++) await guard.request('any', async () => log(`connect request ${made}`))
    return { outcome: 'ok', status: 200 }
  }
}

export default module

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { loadSystem } from '../harness/load-system.ts'
import { deadlines } from './deadlines.ts'
import { hostInProcess } from './doors/in-process.ts'
import { Observer } from './observe.ts'
import { freshClient } from './programs/pubsub.ts'

test('what a program showed can go once nobody looks at it: a run has thousands, some with megabytes', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const host = hostInProcess(await loadSystem('ws'))
  const observer = new Observer(host, [], deadlines)
  const observe = async (): Promise<WeakRef<object>> => {
    const { execution } = await observer.observe({ clients: [freshClient], prefix: [], phases: [] })
    expect(execution.events.length).toBeGreaterThan(0)
    return new WeakRef(execution.events)
  }
  try {
    const first = await observe()
    // The session holds on to the latest, and connections that are used again to their first.
    await observe()
    await new Promise((resolve) => setImmediate(resolve))
    collect()
    expect(first.deref()).toBeUndefined()
  } finally {
    await observer.end()
    await host.end()
  }
})

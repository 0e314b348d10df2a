/** Systems that misbehave as whole processes, for the tests of the command line: HOSTILE says how. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { minimalSystem } from '../../conformance/testing/minimal-system.ts'
import type { ProbeFunction } from '../../spec/probe/api.ts'
import type { Running, System } from '../../spec/system.ts'
import { ws } from '../systems/ws.ts'

const how = process.env.HOSTILE
const minimal = minimalSystem({ hangs: how === 'silent', excludesNobody: how === 'violates and dies' })

/** After so many messages what is to happen happens. */
let messages = how === 'violates and dies' ? 60 : 20

/** Does something in the middle of a handler. */
function disturbed(act: () => void): System['start'] {
  return (probe, options) =>
    minimal.start(
      {
        ...probe,
        wire: (api) => {
          const wrap = (of: unknown) => {
            const func = (typeof of === 'function' ? of : (of as { func: ProbeFunction }).func) as ProbeFunction
            return (...args: Parameters<ProbeFunction>) => {
              if (--messages === 0) act()
              return func(...args)
            }
          }
          probe.wire({ ...api, pikkuChannelFunc: (of: unknown) => api.pikkuChannelFunc(wrap(of) as never) } as never)
        },
      },
      options,
    )
}

/** A server that speaks no WebSocket at all. */
const garbage: System['start'] = async (_probe, options) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end('220 this is not the protocol you are looking for\r\n')
  })
  await new Promise<void>((resolve) => server.listen(options.port, options.host, resolve))
  return {
    url: `ws://${options.host}:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The ws adapter, which answers all questions of its host but one, and that wrongly or never. */
function answering(wrong: (running: Running) => Partial<Running>): System['start'] {
  return async (probe, options) => {
    const running = await ws.start(probe, options)
    return { ...running, ...wrong(running) }
  }
}

const never = () => new Promise<never>(() => {})

const starts: Record<string, System['start']> = {
  'busy loop': disturbed(() => {
    for (;;) {
      // Never gives the event loop back.
    }
  }),
  dies: disturbed(() => process.exit(3)),
  'violates and dies': disturbed(() => process.exit(7)),
  'keeps its residue': answering(() => ({ residue: never })),
  'fails at its residue': answering(() => ({ residue: () => Promise.reject(new Error('boom')) })),
  'never stops': answering(() => ({ stop: never })),
  'crashes at start': () => Promise.reject(new Error('the port is taken')),
  garbage,
  'never starts': () => new Promise(() => {}),
  silent: minimal.start,
}

export default { ...minimal, name: 'hostile', start: starts[how ?? ''] ?? minimal.start } satisfies System

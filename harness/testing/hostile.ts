/** Systems that misbehave as whole processes, for the tests of the command line: HOSTILE says how. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { minimalSystem } from '../../conformance/testing/minimal-system.ts'
import type { ProbeFunction } from '../../spec/probe/api.ts'
import type { System } from '../../spec/system.ts'

const how = process.env.HOSTILE
const minimal = minimalSystem({ hangs: how === 'silent' })

/** After so many messages what is to happen happens. */
let messages = 20

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

const starts: Record<string, System['start']> = {
  'busy loop': disturbed(() => {
    for (;;) {
      // Never gives the event loop back.
    }
  }),
  dies: disturbed(() => process.exit(3)),
  'crashes at start': () => Promise.reject(new Error('the port is taken')),
  garbage,
  'never starts': () => new Promise(() => {}),
  silent: minimal.start,
}

export default { ...minimal, name: 'hostile', start: starts[how ?? ''] ?? minimal.start } satisfies System

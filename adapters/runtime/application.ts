/** Applications: sets of channels that a server serves. */
import type { ChannelWiring } from '../../spec/application.ts'
import { type CompiledChannel, compileChannel } from './compile.ts'
import { type RouteMatch, RouteTable } from './route-table.ts'
import type { WireChannel } from './wiring.ts'

/** A set of channels, kept apart from any other's. */
export interface Application {
  wireChannel: WireChannel
  /** The channel a path leads to, with the parameters the path gives; for adapters. */
  match(path: string): RouteMatch<CompiledChannel>
  /** The channel of this name; for adapters whose events name it. */
  named(name: string): CompiledChannel | undefined
  /** Every channel, in the order wired; for adapters. */
  channels(): Iterable<CompiledChannel>
}

/** Makes an application with no channels. */
export function createApplication(): Application {
  const routes = new RouteTable<CompiledChannel>()
  const names = new Map<string, CompiledChannel>()
  return {
    wireChannel(wiring) {
      const channel = compileChannel(wiring as unknown as ChannelWiring)
      const namesake = names.get(channel.name)
      if (namesake !== undefined) {
        throw new Error(`channel "${channel.name}" (route "${channel.route}") is already wired, to route "${namesake.route}"`)
      }
      const twin = routes.twin(channel.route)
      if (twin !== undefined) {
        const owner = [...names.values()].find(({ route }) => route === twin)
        throw new Error(
          `channel "${channel.name}": route "${channel.route}" matches the same paths as route "${twin}", already wired to channel "${owner?.name}"`,
        )
      }
      names.set(channel.name, channel)
      routes.add(channel.route, channel)
    },
    match: (path) => routes.match(path),
    named: (name) => names.get(name),
    channels: () => names.values(),
  }
}

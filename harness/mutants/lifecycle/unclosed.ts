import type { Edit, Mutant } from '../mutant.ts'

const inHandles = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/handles.ts',
  find,
  replace,
})

type Defect = Pick<Mutant, 'name' | 'expected' | 'standsFor' | 'edits'> & {
  also?: Mutant['also']
}
const defect = ({ also = {}, ...of }: Defect): Mutant => ({
  ...of,
  area: 'lifecycle',
  base: 'ws',
  also,
})

/** Defects in which a socket that should close stays open until its client closes it. */
export const unclosedMutants: readonly Mutant[] = [
  defect({
    name: 'close-leaves-the-socket',
    expected: 'LIFE-14',
    also: {
      'LIFE-21': 'a timer closes by the same means',
    },
    standsFor: 'a close() that ends the channel on the server and forgets the socket',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '  hangUp(): void {\n    this.#end(1000)',
        replace: '  hangUp(): void {\n    this.#end(undefined)',
      },
    ],
  }),
  defect({
    name: 'stop-forgets-its-sockets',
    expected: 'LIFE-18',
    standsFor: 'a stop that only stops listening: connections that are there go on being served',
    edits: [
      {
        file: 'adapters/runtime/connections.ts',
        find: '    for (const channel of this.#sockets.keys()) channel.drain()\n',
        replace: '    if (deadline >= 0) return\n',
      },
      {
        file: 'adapters/ws/server.ts',
        find: '      await closed\n',
        replace: '      void closed\n',
      },
    ],
  }),
  defect({
    name: 'late-close-does-nothing',
    expected: 'LIFE-21',
    also: {
      'LIFE-14': 'a close() by a timer is refused, also where its client has closed before it',
      'SUB-12': 'a channel that was told to close is still published to',
    },
    standsFor: 'a channel object whose close() is refused, and does nothing, once its handler has returned',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    this.#accounting = false\n',
        replace: '    this.#accounting = false\n    Object.assign(this, { over: true })\n',
      },
      inHandles(
        '      const closed = this.#port.hangUp()',
        "      if ('over' in this.#account) throw new ChannelClosedError()\n      const closed = this.#port.hangUp()",
      ),
    ],
  }),
]

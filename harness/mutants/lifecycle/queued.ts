import type { Edit, Mutant } from '../mutant.ts'

const inChannel = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/local-channel.ts',
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

/** Defects in how connections end whose messages still wait. */
export const queuedMutants: readonly Mutant[] = [
  defect({
    name: 'close-behind-the-queue',
    expected: 'LIFE-14',
    standsFor: 'a socket that is not read while messages wait, and a close() put off until it is read again',
    edits: [
      inChannel(
        '    this.#end(1000)',
        '    const waits = this.#connected && this.backlog > 0\n    if (waits) (this.#transport as unknown as { pause(): void }).pause()\n    this.#end(waits ? undefined : 1000)',
      ),
      {
        file: 'adapters/ws/connection.ts',
        find: '  /** Cuts the client off. */\n',
        replace: '  pause(): void {\n    this.#socket.pause()\n  }\n\n  /** Cuts the client off. */\n',
      },
    ],
  }),
  defect({
    name: 'disconnect-lost-with-the-queue',
    expected: 'LIFE-10',
    standsFor: 'a disconnect put into the queue behind the messages, all of which close() throws away',
    edits: [
      inChannel('    this.#end(1000)', '    this.#end(1000)\n    if (waiting) this.#connected = false'),
      inChannel('  hangUp(): void {\n', '  hangUp(): void {\n    const waiting = this.#connected && this.backlog > 0\n'),
    ],
  }),
  defect({
    name: 'disconnect-before-the-queue',
    expected: 'LIFE-11',
    also: {
      'LIFE-14': 'what was queued behind a close() is handled',
      'LIFE-19': 'so is what was held for a client that has gone',
    },
    standsFor: 'a disconnect put at the front of the queue, from which the next message is taken all the same',
    edits: [
      inChannel('    this.#queue = undefined\n    this.#host.hub', '    this.#host.hub'),
      inChannel(
        '    if (running === undefined) this.#over()',
        '    const late = this.#queue?.[0]\n    if (running !== undefined && late !== undefined) void dispatchMessage(this, late)\n    if (running === undefined) this.#over()',
      ),
    ],
  }),
]

import type { Edit, Mutant } from '../mutant.ts'

const connection = 'adapters/ws/connection.ts'
const channel = 'adapters/runtime/local-channel.ts'
const sending = '  send(encoded: Encoded): boolean {\n    if (this.#socket.readyState !== WebSocket.OPEN) return false\n'

/** What a connection has gathered, and writes all at once. */
const gathered = `  readonly #gathered: Encoded[] = []

  flush(): void {
    for (const each of this.#gathered.splice(0)) if (this.#socket.readyState === WebSocket.OPEN) writeFrame(this.#stream, each)
  }

`
const closing: Edit = {
  file: connection,
  find: '    this.#socket.close(code)',
  replace: '    this.flush()\n    this.#socket.close(code)',
}

/** Defects of connections that do not write at once what they are given. */
export const batchingMutants: readonly Mutant[] = [
  {
    name: 'replies-past-sends',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-01',
    also: { 'SEND-10': 'error replies go past them as well' },
    standsFor: 'sends gathered for one write in a turn of the loop, and replies written at once',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'this.#port.transmit(encoded)',
        replace: 'this.#port.transmit(encoded, true)',
      },
      {
        file: channel,
        find: '  transmit(encoded: Encoded): void {',
        replace: '  transmit(encoded: Encoded, gathers = false): void {',
      },
      {
        file: channel,
        find: 'this.#transport.send(encoded)',
        replace: 'this.#transport.send(encoded, gathers && this.#connected)',
      },
      {
        file: connection,
        find: sending,
        replace: `${gathered}${sending.replace('Encoded)', 'Encoded, gathers = false)')}    if (gathers) {
      if (this.#gathered.push(encoded) === 1) setImmediate(() => this.flush())
      return true
    }
`,
      },
      {
        file: connection,
        find: 'deliver(frame: Buffer): void {\n',
        replace: 'deliver(frame: Buffer): void {\n    this.flush()\n',
      },
      closing,
    ],
  },
  {
    name: 'publishes-past-sends',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-07',
    also: {},
    standsFor: 'output gathered for some milliseconds, while what the handlers of others publish is written at once',
    edits: [
      {
        file: connection,
        find: sending,
        replace: `${gathered}${sending}    if (this.#gathered.push(encoded) === 1) setTimeout(() => this.flush(), 5)
    return true
`,
      },
      closing,
      {
        file: channel,
        find: '  hangUp(): void {',
        replace: '  flush(): void {\n    this.#transport.flush?.()\n  }\n\n  hangUp(): void {',
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: '  track(pending: Promise<unknown>): void {',
        replace: '  flush(): void {\n    this.#port.flush()\n  }\n\n  track(pending: Promise<unknown>): void {',
      },
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: 'payload: unknown): Promise<void> {\n    try {\n',
        replace: 'payload: unknown): Promise<void> {\n    this.#account.flush?.()\n    try {\n',
      },
    ],
  },
]

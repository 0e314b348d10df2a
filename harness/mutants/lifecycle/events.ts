import type { Edit, Mutant } from '../mutant.ts'

const inDispatch = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/dispatch.ts',
  find,
  replace,
})
const inChannel = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/local-channel.ts',
  find,
  replace,
})
const inInvocation = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/invocation.ts',
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

/** Defects in what an event's handler is given, and in what its failure leads to. */
export const eventMutants: readonly Mutant[] = [
  defect({
    name: 'no-id-after-the-end',
    expected: 'LIFE-03',
    also: {
      'LIFE-12': 'the id in the data of onDisconnect is not what its channel says',
      'LIFE-24': 'nor is the id that its services were made for',
    },
    standsFor: 'a channel made anew for the disconnect, of what a closed socket still knows',
    edits: [
      inInvocation(
        '    services.eventHub = new HubFacade(this.#port.hub, this)\n',
        "    services.eventHub = new HubFacade(this.#port.hub, this)\n    if (this.#kind === 'disconnect') Object.defineProperty(services.channel, 'channelId', { value: '' })\n",
      ),
    ],
  }),
  defect({
    name: 'lifecycle-data-is-flat',
    expected: 'LIFE-04',
    also: { 'LIFE-12': 'onDisconnect is given the same' },
    standsFor: 'data of onConnect and onDisconnect made of a dictionary of strings, in which a repeated field is its first value',
    edits: [
      inDispatch(
        '/** Runs onConnect; resolves',
        'const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)\nconst flat = (data: object): object => Object.fromEntries(Object.entries(data).map(([name, value]) => [name, first(value)]))\n\n/** Runs onConnect; resolves',
      ),
      inDispatch("'connect', onConnect, port.openingData()", "'connect', onConnect, flat(port.openingData())"),
      inDispatch('const data = port.openingData()\n', 'const data = flat(port.openingData())\n'),
    ],
  }),
  defect({
    name: 'closed-until-connected',
    expected: 'LIFE-05',
    also: { 'SEND-09': 'what onConnect sends is taken although the state says closed' },
    standsFor: 'a state made of one flag, which is set once onConnect has settled',
    edits: [
      inChannel(
        '    this.#connected = succeeded\n',
        '    this.#connected = succeeded\n    Object.assign(this, { flag: true })\n',
      ),
      {
        file: 'adapters/runtime/handles.ts',
        find: 'return this.#port.state\n',
        replace: "return 'flag' in this.#port ? this.#port.state : 'closed'\n",
      },
    ],
  }),
  defect({
    name: 'output-of-connect-withheld',
    expected: 'LIFE-14',
    standsFor: 'what onConnect sends kept until the connection is accepted, and dropped where it has closed itself by then',
    edits: [
      inChannel('  #draining = false\n', '  #draining = false\n  readonly #kept: Encoded[] = []\n'),
      inChannel(
        '      taken = this.#transport.send(encoded)',
        '      if (this.#connected) taken = this.#transport.send(encoded)\n      else this.#kept.push(encoded)',
      ),
      inChannel(
        '    this.#connected = succeeded\n',
        "    this.#connected = succeeded\n    if (this.state !== 'closed') for (const each of this.#kept) this.#transport.send(each)\n",
      ),
    ],
  }),
  defect({
    name: 'error-ends-the-others',
    expected: 'LIFE-17',
    also: { 'LIFE-13': 'what onDisconnect throws ends them too' },
    standsFor: "a handler's error emitted on the server, whose listener ends every other connection",
    edits: [
      inInvocation(
        '/** One event of one connection',
        'const everybody = new Set<ChannelPort>()\n\n/** One event of one connection',
      ),
      inInvocation(
        '    this.#session = new SessionHandle(port, this)\n',
        '    this.#session = new SessionHandle(port, this)\n    everybody.add(port)\n',
      ),
      inInvocation(
        '      this.#log(error)\n',
        '      this.#log(error)\n      for (const other of everybody) if (other !== this.#port) void other.hangUp()\n',
      ),
    ],
  }),
  defect({
    name: 'disposals-end-with-the-first-failure',
    expected: 'LIFE-24',
    standsFor: 'one catch around the whole loop of disposals',
    edits: [
      {
        file: 'adapters/runtime/dispose.ts',
        find: '      failed(error)\n    }\n  }',
        replace: '      failed(error)\n      return\n    }\n  }',
      },
    ],
  }),
]

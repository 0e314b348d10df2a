/** Literal cards: of a run, of the simulation, of stores; and what would do harm on a terminal. */
import type { TerminalCard } from '../card.ts'

/** As the kit found it on a hub that looks at everything but the exclusion. */
export const excluded: TerminalCard = {
  system: 'mutant:excludes-nobody',
  reference: 'mutant:excludes-nobody',
  requirement: 'PUB-02',
  clause: 'not the excluded one',
  signature: 'PUB-02 [not the excluded one] a connection received it',
  title: "With a subscriber's id, everyone but that one",
  source: 'guide: "publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)"',
  level: 'must',
  program: {
    clients: [{ channel: 'main' }],
    prefix: [
      { do: 'act', client: 0, ops: [{ op: 'subscribe', topic: 't' }] },
      { do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', exclude: 'self' }] },
    ],
    phases: [],
  },
  size: 2,
  shrunkFrom: 3,
  reproduced: { times: 10, of: 10 },
  expected: 'nothing of the publish {"m":"1.0"} to "t" on c0, which it excludes',
  observed: 'c0 received it',
  events: [
    'server c0 step 0: op 0 subscribe resolves',
    'server c0 step 1: op 0 publish begins {"op":"publish","topic":"t","exclude":"self","value":{"m":"1.0"}}',
    'client c0: receives {"m":"1.0"}',
  ],
  sequence: [
    { lane: 'c0', label: 'is open already, on main', step: 'c0' },
    { lane: 'c0', to: 'server', label: '{"action":"probe","id":"0","ops":[{"op":"subscribe","topic":"t"}]}', step: '0' },
    { lane: 'server', label: 'c0: action:probe begins', step: '0' },
    { lane: 'server', label: 'c0: subscribe resolves', step: '0', evidence: true },
    { lane: 'server', to: 'c0', label: '{"action":"probe"}' },
    {
      lane: 'c0',
      to: 'server',
      label: '{"action":"probe","id":"1","ops":[{"op":"publish","topic":"t","exclude":"self","value":{"m":"1.0"}}]}',
      step: '1',
    },
    { lane: 'server', label: 'c0: action:probe begins', step: '1' },
    { lane: 'server', label: 'c0: publish begins', step: '1', evidence: true },
    { lane: 'server', label: 'c0: publish resolves', step: '1' },
    { lane: 'server', to: 'c0', label: '{"m":"1.0"}', evidence: true },
    { lane: 'server', to: 'c0', label: '{"action":"probe"}' },
  ],
}

/** Two lanes, four lifelines. */
export const lanes: TerminalCard = {
  system: 'mutant:excludes-nobody',
  reference: 'mutant:excludes-nobody',
  requirement: 'PUB-05',
  clause: 'in order',
  signature: 'PUB-05 [in order] another order',
  title: 'Publishes awaited in turn arrive at each subscriber in that order',
  source: 'guide: "publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)"',
  level: 'must',
  program: {
    clients: [{ channel: 'main' }, { channel: 'main' }],
    prefix: [{ do: 'act', client: 1, ops: [{ op: 'subscribe', topic: 't' }] }],
    phases: [
      {
        lanes: [
          [
            { do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', value: 'one' }] },
            { do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', value: 'two' }] },
          ],
          [{ do: 'text', client: 1, text: 'beside' }],
        ],
      },
    ],
  },
  size: 4,
  shrunkFrom: 31,
  reproduced: { times: 9, of: 10 },
  expected: '"one" before "two" on c1',
  observed: '"two", then "one"',
  events: ['client c1: receives "two"', 'client c1: receives "one"'],
  sequence: [
    { lane: 'c1', to: 'server', label: '{"action":"probe","id":"0","ops":[{"op":"subscribe","topic":"t"}]}', step: '0' },
    {
      lane: 'c0',
      to: 'server',
      label: '{"action":"probe","id":"1","ops":[{"op":"publish","topic":"t","value":"one"}]}',
      step: '1',
    },
    { lane: 'c1', to: 'server', label: 'beside', step: '3' },
    {
      lane: 'c0',
      to: 'server',
      label: '{"action":"probe","id":"2","ops":[{"op":"publish","topic":"t","value":"two"}]}',
      step: '2',
    },
    { lane: 'server', label: 'c0: publish resolves', step: '2' },
    { lane: 'server', to: 'c1', label: '"two"', evidence: true },
    { lane: 'server', to: 'c1', label: '"one"', evidence: true },
    { lane: 'kit', label: 'the system has begun to stop' },
  ],
}

/** A scheduler chose; the adapter tried again and again. */
export const scheduled: TerminalCard = {
  system: 'mutant:connect-without-a-token',
  reference: 'mutant:connect-without-a-token',
  requirement: 'STATELESS-11',
  clause: 'answer lost',
  signature: 'STATELESS-11 [answer lost] it was refused with status 504',
  title: 'Partial batch results, paged reads and throttling by the store lose nothing',
  source:
    'decided: stores answer so under load and by design, and an adapter that takes such an answer for the whole loses quietly',
  level: 'must',
  program: {
    clients: [{ channel: 'main', late: true }],
    prefix: [
      { do: 'stores', fault: 'answer lost', times: 2 },
      { do: 'connect', client: 0 },
    ],
    phases: [],
    schedule: [0, 2, 0, 1],
  },
  size: 1,
  shrunkFrom: 2,
  reproduced: { times: 2, of: 2 },
  expected: 'c0 connected, though requests to the store failed meanwhile (answer lost)',
  observed: 'it was refused with status 504',
  events: [
    'client step 0: begins {"do":"stores","fault":"answer lost","times":2}',
    'client c0 step 1: begins {"do":"connect","client":0,"addressed":true,"channel":"main","late":true,"conn":"k1","step":"1"}',
    'client c0 step 1: is refused with status 504',
  ],
  sequence: [
    { lane: 'kit', label: 'stores', step: '0', evidence: true },
    { lane: 'kit', label: 'the platform has done so', step: '0' },
    { lane: 'c0', to: 'server', label: 'connects to main', step: '1', evidence: true },
    { lane: 'server', label: 'c0: invocation 1 (connect) begins', step: '1' },
    {
      lane: 'server',
      label: 'invocation 1 asks the stores for channels.schedule of 50tmidprb7/test/4Sp-BRcxzx2-76I=, its answer lost',
    },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.schedule of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    {
      lane: 'server',
      label: 'invocation 1 asks the stores for channels.add of 50tmidprb7/test/4Sp-BRcxzx2-76I=, its answer lost',
    },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.add of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.find of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.find of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.find of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    { lane: 'server', label: 'invocation 1 asks the stores for channels.find of 50tmidprb7/test/4Sp-BRcxzx2-76I=' },
    { lane: 'server', label: 'c0: invocation 1 (connect) answers 410', step: '1' },
    { lane: 'server', to: 'c0', label: 'is refused with status 504', step: '1', evidence: true },
  ],
}

/** Stores have no connections: operations beside each other. */
export const stores: TerminalCard = {
  system: 'map',
  reference: './my-stores.ts',
  requirement: 'STORE-05',
  clause: 'subscribed beside',
  signature: 'STORE-05 [subscribed beside] it is listed',
  title: 'After remove has resolved no topic lists the channel, whatever ran beside it',
  source:
    'decided: a publish tries whom the topic lists: a subscriber left behind costs every publish to come, and nobody would ever take it out',
  level: 'must',
  program: {
    clients: [],
    prefix: [],
    phases: [],
    stores: {
      page: 100,
      channels: [{ op: 'add', id: 'a', name: 'n', data: {}, expires: 3600000 }],
      prefix: [],
      together: [
        { op: 'subscribe', topic: 't', id: 'a' },
        { op: 'remove', id: 'a' },
      ],
      after: [],
      early: false,
      choices: [0, 1],
    },
  },
  size: 3,
  shrunkFrom: 3,
  reproduced: { times: 10, of: 10 },
  expected: 'operation 4, subscribers "t" does not list "a": operation 2, remove "a" had removed it',
  observed: 'it is listed; it resolved to [["a"]]',
  events: [
    'server: operation 0, add, begins {"id":"a","name":"n","connectedAt":4102444800000,"expires":4102448400000,"openingData":{}}',
    'server: operation 0 makes its request add',
    'server: operation 0, add, resolves to true',
    'server: operation 1, subscribe, begins {"topic":"t","id":"a"}',
    'server: operation 1 makes its request look before subscribe',
    'server: operation 2, remove, begins {"id":"a"}',
    'server: operation 2 makes its request remove',
    'server: operation 2, remove, resolves to {"id":"a","name":"n","connectedAt":4102444800000,"expires":4102448400000,"openingData":{},"session":{"$":"undefined"}}',
    'server: operation 1 makes its request subscribe',
    'server: operation 1, subscribe, resolves to true',
    'server: operation 4, subscribers, begins {"topic":"t"}',
    'server: operation 4 makes its request page',
    'server: operation 4, subscribers, resolves to [["a"]]',
  ],
  sequence: [
    { lane: 'operation 0', label: 'add begins', evidence: true },
    { lane: 'operation 0', to: 'stores', label: 'add', evidence: true },
    { lane: 'operation 0', label: 'add resolves to true', evidence: true },
    { lane: 'operation 1', label: 'subscribe begins', evidence: true },
    { lane: 'operation 1', to: 'stores', label: 'look before subscribe', evidence: true },
    { lane: 'operation 2', label: 'remove begins', evidence: true },
    { lane: 'operation 2', to: 'stores', label: 'remove', evidence: true },
    {
      lane: 'operation 2',
      label:
        'remove resolves to {"id":"a","name":"n","connectedAt":4102444800000,"expires":4102448400000,"openingData":{},"session":{"$":"undefined"}}',
      evidence: true,
    },
    { lane: 'operation 1', to: 'stores', label: 'subscribe', evidence: true },
    { lane: 'operation 1', label: 'subscribe resolves to true', evidence: true },
    { lane: 'operation 3', label: 'find begins' },
    { lane: 'operation 3', to: 'stores', label: 'find' },
    { lane: 'operation 3', label: 'find resolves to {"$":"undefined"}' },
    { lane: 'operation 4', label: 'subscribers begins', evidence: true },
    { lane: 'operation 4', to: 'stores', label: 'page', evidence: true },
    { lane: 'operation 4', label: 'subscribers resolves to [["a"]]', evidence: true },
  ],
}

/** A card with `text` wherever something of the system, its author or the program's generator is told. */
export function saying(text: string): TerminalCard {
  return {
    ...lanes,
    system: text,
    engine: text,
    clause: text,
    title: text,
    source: text,
    expected: text,
    observed: text,
    signature: text,
    events: [text, text],
    program: {
      clients: [{ channel: text }],
      prefix: [{ do: 'text', client: 0, text }],
      phases: [{ lanes: [[{ do: 'text', client: 0, text }], [{ do: text }]] }],
    },
    sequence: [
      { lane: 'c0', to: 'server', label: text, step: text },
      { lane: 'c0', to: text, label: text, step: '1', evidence: true },
      { lane: text, label: text },
      { lane: 'server', label: text },
    ],
  }
}

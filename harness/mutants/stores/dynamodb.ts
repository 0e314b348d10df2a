import type { Mutant } from '../mutant.ts'

const folder = 'adapters/dynamodb-serverless'
const of = { area: 'stores', base: 'dynamodb-serverless', tier: 'interleaved' } as const

/** Defects in how the stores are laid out in a table of DynamoDB. */
export const dynamodbMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'table-null-session-is-none',
    expected: 'STORE-03',
    also: { 'STORE-04': 'who removes a channel whose session is null is given none' },
    standsFor: 'an attribute that is written only where the value is neither null nor undefined',
    edits: [
      {
        file: `${folder}/expression.ts`,
        find: `value === undefined ? undefined : { S: toJsonText(value) })`,
        replace: `value == null ? undefined : { S: toJsonText(value) })`,
      },
    ],
  },
  {
    ...of,
    name: 'table-add-overwrites',
    expected: 'STORE-02',
    also: { 'STORE-03': 'the record that is written again has lost its session' },
    standsFor: 'a put without the condition that nothing is there yet',
    edits: [
      {
        file: `${folder}/channel-store.ts`,
        find: 'return (await requests.putIf(itemOf(record), isAbsent)) !== undefined',
        replace: 'await requests.put(itemOf(record))\n      return true',
      },
    ],
  },
  {
    ...of,
    name: 'table-keys-unescaped',
    expected: 'STORE-09',
    also: {},
    standsFor: 'parts of keys joined as they are, so that what holds the separator, or is empty, is another key or none',
    edits: [
      {
        file: `${folder}/keys.ts`,
        find: `  if (text === '') return '%empty'\n`,
        replace: `  if (text === '') return '%empty'\n  if (text.length < 100) return text\n`,
      },
    ],
  },
  {
    ...of,
    name: 'table-first-page-only',
    expected: 'STORE-08',
    also: {
      'STORE-07': 'who is not listed cannot be seen to be listed still',
      'STORE-09': 'nor under which topic',
    },
    standsFor: 'a query whose LastEvaluatedKey nobody looks at',
    edits: [
      { file: `${folder}/requests.ts`, find: '} while (from !== undefined)', replace: '} while (from === undefined && false)' },
    ],
  },
  {
    ...of,
    name: 'table-close-whatever-the-state',
    expected: 'STORE-04',
    also: {},
    standsFor: 'a removal that asks whether there is a record, not whether another removal has closed it',
    edits: [
      {
        file: `${folder}/channel-store.ts`,
        find: 'requests.putIf(itemOfMark(mark), inStates(states))',
        replace: `requests.putIf(itemOfMark(mark), { condition: 'attribute_exists(#pk)', names: { '#pk': 'pk' }, values: {} })`,
      },
    ],
  },
  {
    ...of,
    name: 'table-removal-forgets-forwards',
    expected: 'STORE-05',
    also: {},
    standsFor: 'a removal that deletes what stands beside the channel and not what stands beside the topic',
    edits: [
      {
        file: `${folder}/event-hub-store.ts`,
        find: '    await requests.writeAll(topicKeys.map((topicKey) => deletion(forwardOf(topicKey, channelId))))\n',
        replace: '',
      },
    ],
  },
  {
    ...of,
    name: 'table-sweep-of-full-hours',
    expected: 'STORE-10',
    also: {},
    standsFor: 'a sweep that leaves the present hour for the next, and never comes back to it',
    edits: [
      {
        file: `${folder}/sweep.ts`,
        find: 'for (let hour = from; hour <= present; hour++) {',
        replace: 'for (let hour = from; hour < present; hour++) {',
      },
    ],
  },
  {
    name: 'subscribers-of-its-own-process',
    area: 'publishing',
    base: 'dynamodb-serverless',
    expected: 'PUB-14',
    also: {
      'SUB-01': 'whoever subscribed in another process gets nothing',
      'PUB-01': 'nobody in another process gets what is published',
      'PUB-09': 'nor what the host publishes',
      'STATELESS-01': 'which process serves an event decides what it does',
    },
    standsFor: 'subscribers looked up in what the process has in memory, as a hub of one process may',
    edits: [
      {
        file: `${folder}/event-hub-store.ts`,
        find: 'export function createEventHubStore(',
        replace: 'const entered = new Set<string>()\n\nexport function createEventHubStore(',
      },
      {
        file: `${folder}/event-hub-store.ts`,
        find: '      const ttl = ttlOf(expires + retention)\n',
        replace: '      const ttl = ttlOf(expires + retention)\n      entered.add(channelId)\n',
      },
      {
        file: `${folder}/event-hub-store.ts`,
        find: 'yield items.map(',
        replace: 'yield items.filter((item) => entered.has(idOf(text(item.sk), item))).map(',
      },
    ],
  },
]

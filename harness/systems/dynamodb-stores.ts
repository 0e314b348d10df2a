/**
 * The DynamoDB stores on their own, as the store suites see them: every request of the SDK's client is one of theirs.
 * All openings share one table; each has partitions of its own, by a prefix that the stores know nothing of.
 */
import { randomUUID } from 'node:crypto'
import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createChannelStore, createEventHubStore, createTable } from '../../adapters/dynamodb-serverless/index.ts'
import { storeOperations } from '../../adapters/serverless/index.ts'
import type { StoreSurroundings, StoreSystem } from '../../spec/stores.ts'
import type { Engine } from '../engines/engine.ts'
import { asSweep, sweeping } from '../serverless/sweeping.ts'
import { clientOf } from './dynamodb-host.ts'
import { TableResidue } from './dynamodb-residue.ts'

type Item = Record<string, AttributeValue>

/** What a command is given, as far as it is looked at. */
interface Input {
  Key?: Item
  Item?: Item
  ExclusiveStartKey?: Item
  ExpressionAttributeValues?: Item
  Limit?: number
  RequestItems?: Record<string, Write[]>
}

interface Write {
  PutRequest?: { Item: Item }
  DeleteRequest?: { Key: Item }
}

interface Command {
  input: Input
}

/** The stores of dynamodb-serverless on the engine that `open` gives. */
export function dynamodbStores(open: () => Promise<Engine>): StoreSystem {
  let table: Promise<{ client: DynamoDBClient; table: string }> | undefined
  let openings = 0
  const made = async () => {
    const client = clientOf((await open()).endpoint)
    const name = `stores-${randomUUID()}`
    await createTable(client, name)
    return { client, table: name }
  }
  return {
    name: 'dynamodb-serverless',
    pages: true,
    async open(surroundings) {
      table ??= made()
      const { client, table: name } = await table
      return opened(client, name, `${++openings}~`, surroundings)
    },
  }
}

function opened(client: DynamoDBClient, table: string, prefix: string, { now, request, page }: StoreSurroundings) {
  const own = new Partitions(client, prefix)
  const residue = new TableResidue(
    own.client((command) => own.send(command)),
    table,
  )
  let liveReads = 0
  const send = async (command: Command): Promise<unknown> => {
    const written = writtenBy(command)
    for (const pk of written) residue.written(pk, false)
    // Only listings come in pages as small as that: what else is queried need not.
    if (pkIn(command.input.ExpressionAttributeValues)?.startsWith('T#') === true) command.input.Limit = page
    const sent = request(command.constructor.name, () => own.send(command)).finally(() => {
      for (const pk of written) residue.written(pk, true)
    })
    const output = (await sent) as { Item?: Item; Items?: Item[] }
    if (sweeping()) liveReads += [output.Item ?? {}, ...(output.Items ?? [])].filter((item) => isLive(item, now())).length
    return output
  }
  const options = {
    client: own.client((command) => separately(command, send)),
    table,
    clock: { now, wait: async () => undefined },
  }
  let tokens = 0
  const token = (): string => `t${++tokens}`
  const operations = storeOperations(createChannelStore(options), createEventHubStore(options), { now, token })
  return {
    operations: { ...operations, expired: (at: number) => asSweep(operations.expired(at)) },
    residue: () => residue.read(),
    liveReads: () => liveReads,
    close: async () => undefined,
  }
}

/** A batch is not atomic: each of its writes is a request, and they are made in any order. */
async function separately(command: Command, send: (command: Command) => Promise<unknown>): Promise<unknown> {
  const [[table, writes] = ['', []]] = Object.entries(command.input.RequestItems ?? {})
  if (writes.length < 2) return send(command)
  const one = (write: Write) => send(new BatchWriteItemCommand({ RequestItems: { [table]: [write] } } as never) as never)
  await Promise.all(writes.map(one))
  return { UnprocessedItems: {} }
}

const pkIn = (item: Item | undefined): string | undefined => item?.pk?.S ?? item?.[':pk']?.S

const writesOf = ({ input }: Command): Write[] => Object.values(input.RequestItems ?? {}).flat()

function writtenBy(command: Command): string[] {
  const batched = writesOf(command).map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key)
  const single = command.constructor.name === 'GetItemCommand' ? [] : [command.input.Item ?? command.input.Key]
  return [...single, ...batched].flatMap((item) => pkIn(item) ?? [])
}

/** A record that has not expired, or the row of one that a sweep would find later. */
function isLive({ state, expires, pk, sk }: Item, now: number): boolean {
  if (pk?.S?.startsWith('X#') === true) return Number(sk?.S?.split('#')[0]) > now
  return state !== undefined && state.S !== 'closed' && Number(expires?.N) > now
}

/** Partitions of one opening. */
class Partitions {
  readonly #client: DynamoDBClient
  readonly #prefix: string

  constructor(client: DynamoDBClient, prefix: string) {
    this.#client = client
    this.#prefix = prefix
  }

  /** What the stores take for their client. */
  client(send: (command: Command) => Promise<unknown>): DynamoDBClient {
    return { send } as unknown as DynamoDBClient
  }

  /** Sends a command, its keys and those of its answer moved into these partitions and out of them. */
  async send({ input, constructor: made }: Command): Promise<unknown> {
    const moved: Input = { ...input }
    for (const name of ['Key', 'Item', 'ExclusiveStartKey', 'ExpressionAttributeValues'] as const)
      if (input[name] !== undefined) moved[name] = this.#in(input[name])
    if (input.RequestItems !== undefined)
      moved.RequestItems = Object.fromEntries(
        Object.entries(input.RequestItems).map(([table, writes]) => [table, writes.map((write) => this.#write(write))]),
      )
    const command = new (made as new (input: Input) => never)(moved)
    const output = (await this.#client.send(command)) as { Items?: Item[]; LastEvaluatedKey?: Item }
    const { Items, LastEvaluatedKey } = output
    return {
      ...output,
      ...(Items === undefined ? {} : { Items: Items.map((item) => this.#out(item)) }),
      ...(LastEvaluatedKey === undefined ? {} : { LastEvaluatedKey: this.#out(LastEvaluatedKey) }),
    }
  }

  #write({ PutRequest, DeleteRequest }: Write): Write {
    return PutRequest === undefined
      ? { DeleteRequest: { Key: this.#in(DeleteRequest?.Key ?? {}) } }
      : { PutRequest: { Item: this.#in(PutRequest.Item) } }
  }

  #in(item: Item): Item {
    const name = item[':pk'] === undefined ? 'pk' : ':pk'
    const pk = item[name]?.S
    return pk === undefined ? item : { ...item, [name]: { S: this.#prefix + pk } }
  }

  #out(item: Item): Item {
    return item.pk?.S === undefined ? item : { ...item, pk: { S: item.pk.S.slice(this.#prefix.length) } }
  }
}

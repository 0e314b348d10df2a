/** The requests that the stores make: single items, strongly consistent; queries of one partition; batches of writes. */
import type { AttributeValue, DynamoDBClient, WriteRequest } from '@aws-sdk/client-dynamodb'
import type { Clock } from '../serverless/ports.ts'
import type { Key } from './keys.ts'
import { explained } from './misuse.ts'
import { dynamodbSdk } from './sdk.ts'

/** An item as the SDK gives it. */
export type Item = Record<string, AttributeValue>

/** A condition or an update, with what its placeholders stand for. */
export interface Expression {
  readonly condition: string
  readonly update?: string
  readonly names: Record<string, string>
  readonly values: Record<string, AttributeValue>
}

/** What a query reads: a partition, up to a limit of its sort keys. */
export interface Range {
  readonly pk: string
  /** Only sort keys that begin so. */
  readonly prefix?: string
  /** Only sort keys below it. */
  readonly below?: string
  /** Only these attributes. */
  readonly attributes: readonly string[]
}

/** What a table is reached by. */
export interface TableAccess {
  /**
   * Its retries are the only ones for throttling and lost answers. They are safe: a conditional write that is repeated
   * though the first was carried out is refused, and the protocol's tokens tell its author; the other writes are
   * idempotent.
   */
  readonly client: DynamoDBClient | Promise<DynamoDBClient>
  readonly table: string
  readonly clock: Clock
}

/** How many items one request of a batch may write. */
const batchSize = 25
/** Pauses before what a batch left undone is sent again: from, to, in milliseconds; and how often at most in a row. */
const pauses = { shortest: 20, longest: 1_000, count: 60 }

/** The requests on one table. */
export class Requests {
  readonly #access: TableAccess
  readonly #table: string

  constructor(access: TableAccess) {
    this.#access = access
    this.#table = access.table
  }

  /** What is wrong with the table, or with how it is reached, is told in words. */
  async #told<T>(send: (client: DynamoDBClient) => Promise<T>): Promise<T> {
    const client = await this.#access.client
    try {
      return await send(client)
    } catch (error) {
      throw await explained(error, { client, table: this.#table })
    }
  }

  /** One item, strongly consistent. */
  async get(key: Key): Promise<Item | undefined> {
    const { GetItemCommand } = await dynamodbSdk()
    const table = this.#table
    const command = new GetItemCommand({ TableName: table, Key: marshalled(key), ConsistentRead: true })
    return (await this.#told((client) => client.send(command))).Item
  }

  /** Puts an item, in any case. */
  async put(item: Item): Promise<void> {
    const { PutItemCommand } = await dynamodbSdk()
    const table = this.#table
    await this.#told((client) => client.send(new PutItemCommand({ TableName: table, Item: item })))
  }

  /** Puts an item where the condition holds: gives what was there, undefined where the condition was refused. */
  async putIf(item: Item, { condition, names, values }: Expression): Promise<Item | undefined> {
    const { PutItemCommand } = await dynamodbSdk()
    const table = this.#table
    const command = new PutItemCommand({
      TableName: table,
      Item: item,
      ConditionExpression: condition,
      ...placeholders(names, values),
      ReturnValues: 'ALL_OLD',
    })
    return this.#told((client) => unlessRefused(async () => (await client.send(command)).Attributes ?? {}))
  }

  /** Updates an item where the condition holds: gives what is there now, undefined where the condition was refused. */
  async updateIf(key: Key, { condition, update, names, values }: Expression): Promise<Item | undefined> {
    const { UpdateItemCommand } = await dynamodbSdk()
    const table = this.#table
    const command = new UpdateItemCommand({
      TableName: table,
      Key: marshalled(key),
      ConditionExpression: condition,
      ...(update === undefined ? {} : { UpdateExpression: update }),
      ...placeholders(names, values),
      ReturnValues: 'ALL_NEW',
    })
    return this.#told((client) => unlessRefused(async () => (await client.send(command)).Attributes ?? {}))
  }

  /** Deletes an item, if it is there. */
  async delete(key: Key): Promise<void> {
    const { DeleteItemCommand } = await dynamodbSdk()
    const table = this.#table
    await this.#told((client) => client.send(new DeleteItemCommand({ TableName: table, Key: marshalled(key) })))
  }

  /** The items of a range, page by page, strongly consistent. */
  async *query({ pk, prefix, below, attributes }: Range): AsyncGenerator<Item[]> {
    const { QueryCommand } = await dynamodbSdk()
    const table = this.#table
    const names = Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name]))
    const values: Record<string, AttributeValue> = { ':pk': { S: pk } }
    let condition = '#pk = :pk'
    if (prefix !== undefined) {
      condition += ' AND begins_with(#sk, :sk)'
      values[':sk'] = { S: prefix }
    } else if (below !== undefined) {
      condition += ' AND #sk < :sk'
      values[':sk'] = { S: below }
    }
    let from: Item | undefined
    do {
      const command = new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: condition,
        ProjectionExpression: Object.keys(names).join(', '),
        ExpressionAttributeNames: { ...names, '#pk': 'pk', ...(':sk' in values ? { '#sk': 'sk' } : {}) },
        ExpressionAttributeValues: values,
        ExclusiveStartKey: from,
      })
      const { Items, LastEvaluatedKey } = await this.#told((client) => client.send(command))
      from = LastEvaluatedKey
      if (Items !== undefined && Items.length > 0) yield Items
    } while (from !== undefined)
  }

  /**
   * Writes many items, in requests of 25 one after another. What the table left undone is sent again until it is done
   * (STATELESS-11). Not atomic, and no item may be there twice.
   * @throws Error where the table goes on leaving some undone for about a minute
   */
  async writeAll(writes: readonly WriteRequest[]): Promise<void> {
    const { BatchWriteItemCommand } = await dynamodbSdk()
    const { clock } = this.#access
    const table = this.#table
    for (let start = 0; start < writes.length; start += batchSize) {
      let undone = writes.slice(start, start + batchSize)
      for (let attempt = 0; undone.length > 0; attempt++) {
        if (attempt > pauses.count) throw new Error(`the table ${table} leaves ${undone.length} writes of a batch undone`)
        if (attempt > 0) await clock.wait(Math.min(pauses.shortest * 2 ** (attempt - 1), pauses.longest))
        const command = new BatchWriteItemCommand({ RequestItems: { [table]: undone } })
        const { UnprocessedItems } = await this.#told((client) => client.send(command))
        undone = UnprocessedItems?.[table] ?? []
      }
    }
  }
}

/** A key as attributes. */
export const marshalled = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } })

/** A write of a batch that deletes. */
export const deletion = (key: Key): WriteRequest => ({ DeleteRequest: { Key: marshalled(key) } })

/** A write of a batch that puts. */
export const putting = (item: Item): WriteRequest => ({ PutRequest: { Item: item } })

/** DynamoDB refuses empty maps of placeholders. */
function placeholders(names: Record<string, string>, values: Record<string, AttributeValue>): object {
  return {
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  }
}

async function unlessRefused(send: () => Promise<Item>): Promise<Item | undefined> {
  try {
    return await send()
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return undefined
    throw error
  }
}

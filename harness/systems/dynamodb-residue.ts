/** What is left in the table: for the kit alone. The adapter itself never looks for what it has not been asked for. */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { decodeKey } from '../../adapters/dynamodb-serverless/keys.ts'
import type { Residue } from '../../spec/system.ts'

type Item = Record<string, AttributeValue>

/** The attributes a mark may have (SUB-06). */
const markAttributes = new Set(['pk', 'sk', 'state', 'by', 'from', 'ttl'])

/** Finds what is left by the partitions written to: what one was seen to hold is what it holds until it is written to again. */
export class TableResidue {
  readonly #client: DynamoDBClient
  readonly #table: string
  /** To be looked at. */
  readonly #written = new Set<string>()
  /** Writes that are under way, by partition; one whose process was killed stays so, and may still be carried out. */
  readonly #underWay = new Map<string, number>()
  readonly #held = new Map<string, Item[]>()
  #reading: Promise<unknown> = Promise.resolve()

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client
    this.#table = table
  }

  /** A partition is about to be written to, or (`done`) has been. */
  written(pk: string, done: boolean): void {
    if (pk === 'X#cursor') return
    this.#written.add(pk)
    const left = (this.#underWay.get(pk) ?? 0) + (done ? -1 : 1)
    if (left > 0) this.#underWay.set(pk, left)
    else this.#underWay.delete(pk)
  }

  /** Channels that are not closed, or of which more than a mark is left; subscriptions and traces of them. */
  read(): Promise<Residue> {
    // One after another: what a reading has taken on, no other may leave out.
    const reading = this.#reading.then(() => this.#read())
    this.#reading = reading.catch(() => undefined)
    return reading
  }

  async #read(): Promise<Residue> {
    // What is written to from now on is looked at the next time, and so is what is being written to, whatever is seen here.
    const partitions = [...this.#written]
    this.#written.clear()
    for (const pk of this.#underWay.keys()) this.#written.add(pk)
    try {
      await Promise.all(partitions.map(async (pk) => this.#held.set(pk, await this.#left(pk))))
    } catch (error) {
      for (const pk of partitions) this.#written.add(pk)
      throw error
    }
    for (const pk of partitions) if (this.#held.get(pk)?.length === 0) this.#held.delete(pk)
    const channels = new Set<string>()
    const subscriptions: Residue['subscriptions'] = []
    for (const item of [...this.#held.values()].flat()) {
      const pk = item.pk?.S ?? ''
      const sk = item.sk?.S ?? ''
      if (pk.startsWith('T#')) subscriptions.push([textOf(pk.slice(2, pk.lastIndexOf('#'))), textOf(sk)])
      else if (pk.startsWith('X#')) channels.add(textOf(sk.slice(sk.indexOf('#') + 1)))
      else if (sk.startsWith('S#')) subscriptions.push([textOf(sk.slice(2)), textOf(pk.slice(2))])
      else channels.add(textOf(pk.slice(2)))
    }
    return { channels: [...channels], subscriptions }
  }

  /** What a partition holds beside a mark. */
  async #left(pk: string): Promise<Item[]> {
    const items: Item[] = []
    let from: Item | undefined
    do {
      const command = new QueryCommand({
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ExclusiveStartKey: from,
      })
      const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await this.#client.send(command)
      items.push(...(page.Items ?? []))
      from = page.LastEvaluatedKey
    } while (from !== undefined)
    return items.filter((item) => item.state?.S !== 'closed' || Object.keys(item).some((name) => !markAttributes.has(name)))
  }
}

const textOf = (part: string): string => decodeKey(part) ?? part

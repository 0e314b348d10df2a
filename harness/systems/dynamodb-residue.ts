/** What is left in the table: for the kit alone. The adapter itself never looks for what it has not been asked for. */
import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { decodeKey } from '../../adapters/dynamodb-serverless/keys.ts'
import type { Residue } from '../../spec/system.ts'

type Item = Record<string, AttributeValue>

/** The attributes a mark may have (SUB-06). */
const markAttributes = new Set(['pk', 'sk', 'state', 'by', 'from', 'ttl'])

/** Finds what is left by the partitions written to: one that holds nothing but a mark is looked at again once it is written to. */
export class TableResidue {
  readonly #client: DynamoDBClient
  readonly #table: string
  readonly #written = new Set<string>()

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client
    this.#table = table
  }

  /** A partition is about to be written to. */
  written(pk: string): void {
    if (pk !== 'X#cursor') this.#written.add(pk)
  }

  /** Channels that are not closed, or of which more than a mark is left; subscriptions and traces of them. */
  async read(): Promise<Residue> {
    const channels = new Set<string>()
    const subscriptions: Residue['subscriptions'] = []
    // What is written to from now on is looked at the next time, whatever is seen of it here.
    const partitions = [...this.#written]
    this.#written.clear()
    const left = await Promise.all(partitions.map((pk) => this.#left(pk)))
    for (const [index, items] of left.entries()) {
      if (items.length > 0) this.#written.add(partitions[index] as string)
      for (const item of items) {
        const pk = item.pk?.S ?? ''
        const sk = item.sk?.S ?? ''
        if (pk.startsWith('T#')) subscriptions.push([textOf(pk.slice(2, pk.lastIndexOf('#'))), textOf(sk)])
        else if (pk.startsWith('X#')) channels.add(textOf(sk.slice(sk.indexOf('#') + 1)))
        else if (sk.startsWith('S#')) subscriptions.push([textOf(sk.slice(2)), textOf(pk.slice(2))])
        else channels.add(textOf(pk.slice(2)))
      }
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

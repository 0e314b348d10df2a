/** The one table that channels and subscriptions live in. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { explained, foreign, misfit } from './misuse.ts'
import { dynamodbSdk } from './sdk.ts'

/** How long a new table may take to become usable, in seconds. */
const patience = 120

/** How long is waited between two looks at a table that is being made, in seconds: short at first, for engines that take no time. */
const betweenLooks = { minDelay: 0.02, maxDelay: 2 }

/**
 * Makes the table, billed by request, with keys `pk` and `sk` and with deletion of what has passed its `ttl`; resolves
 * when it can be used. A table of that name that is there already is checked and kept.
 * @throws TableError as `checkTable` does
 */
export async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  const { CreateTableCommand, waitUntilTableExists } = await dynamodbSdk()
  const command = new CreateTableCommand({
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
  })
  let active = false
  try {
    const { TableDescription, $metadata } = await client.send(command)
    // Whatever answers without a description would be asked for the table until patience ends.
    if (TableDescription === undefined) throw await foreign($metadata.httpStatusCode, client)
    active = TableDescription.TableStatus === 'ACTIVE'
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw await explained(error, { client, table })
  }
  // An engine that makes tables at once says so, now or when it is asked.
  if (!active) await waitUntilTableExists({ client, maxWaitTime: patience, ...betweenLooks }, { TableName: table })
  await checkTable(client, table)
  await expireByTtl(client, table)
}

/**
 * Resolves if the table is there and has the right keys.
 * @throws TableError that says what is wrong and what to do: no such table, wrong keys, no credentials, no region, no
 *   permission, no answer, an answer of something else
 */
export async function checkTable(client: DynamoDBClient, table: string): Promise<void> {
  const { DescribeTableCommand } = await dynamodbSdk()
  let description: Parameters<typeof misfit>[1]
  try {
    const { Table, $metadata } = await client.send(new DescribeTableCommand({ TableName: table }))
    if (Table === undefined) throw await foreign($metadata.httpStatusCode, client)
    description = Table
  } catch (error) {
    throw await explained(error, { client, table })
  }
  const wrong = misfit(table, description)
  if (wrong !== undefined) throw wrong
}

async function expireByTtl(client: DynamoDBClient, table: string): Promise<void> {
  const { UpdateTimeToLiveCommand } = await dynamodbSdk()
  const TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true }
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }))
  } catch (error) {
    const { name, message } = error as Error
    // Engines for tests may know no ttl; readers go by `expires` and need none.
    if (name === 'UnknownOperationException') return
    if (name === 'ValidationException' && /already enabled/i.test(message)) return
    throw await explained(error, { client, table })
  }
}

/** What is wrong where a table cannot be used, and what to do about it, in words. */
import type { DynamoDBClient, TableDescription } from '@aws-sdk/client-dynamodb'

/** The table cannot be used as it is, or cannot be reached. `cause` is the SDK's own error, where there is one. */
export class TableError extends Error {
  override name = 'TableError'
}

/** A table, and by what it is reached. */
interface Place {
  readonly client: DynamoDBClient
  readonly table: string
}

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']
const unknownCaller = [
  'CredentialsProviderError',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ExpiredTokenException',
  'MissingAuthenticationTokenException',
  'IncompleteSignatureException',
]

/** The error in words where its cause is the set-up; any other error as it is. */
export async function explained(error: unknown, { client, table }: Place): Promise<unknown> {
  const { name, code, message } = error as NodeJS.ErrnoException
  const told = (text: string): TableError => new TableError(text, { cause: error })
  if (table === '') return told('no table is named: give `table` the name of one that createTable has made')
  if (name === 'ResourceNotFoundException')
    return told(
      `there is no table ${JSON.stringify(table)} ${await whereOf(client)}: make it with createTable(client, ${JSON.stringify(table)}), or name one that is there`,
    )
  if (
    name === 'ValidationException' &&
    /key element does not match|missing the key|size of the key|type mismatch for key|number of conditions on the keys/i.test(
      message,
    )
  )
    return told(`${wrongKeys(table)}; DynamoDB says: ${message}`)
  if (name === 'ValidationException' && /item size.*exceeded/i.test(message))
    return told(
      "a channel's opening data, session and undelivered output of onConnect are together over DynamoDB's 400 KB an item: keep what is large elsewhere, and its key here",
    )
  if (unknownCaller.includes(name))
    return told(
      `no valid AWS credentials (${message}): run where a role gives them, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the client \`credentials\``,
    )
  if (name === 'AccessDeniedException')
    return told(
      `not allowed to use the table ${JSON.stringify(table)}: give the role what template.yaml gives it; AWS says: ${message}`,
    )
  if (/region is missing/i.test(message)) return told('no AWS region is set: set AWS_REGION, or give the client `region`')
  if (name === 'TimeoutError' || (code !== undefined && unreachable.includes(code)))
    return told(
      `DynamoDB does not answer ${await whereOf(client)} (${code ?? message}): see that the engine runs there and that the client's \`endpoint\`, AWS_ENDPOINT_URL_DYNAMODB and the network lead to it`,
    )
  if (isForeign(error as Answered)) return foreign((error as Answered).$metadata?.httpStatusCode, client, error)
  return error
}

/** What the SDK throws, and with which answer. */
type Answered = Error & { $metadata?: { httpStatusCode?: number; requestId?: string } }

/** Whether an error comes of an answer that no DynamoDB gives: no JSON, or a refusal without name and request id. */
const isForeign = ({ name, $metadata }: Answered): boolean =>
  $metadata !== undefined &&
  (name === 'SyntaxError' || ((name === 'Unknown' || name === 'UnknownError') && $metadata.requestId === undefined))

/** The error for an endpoint where something else answers. */
export async function foreign(status: number | undefined, client: DynamoDBClient, cause?: unknown): Promise<TableError> {
  return new TableError(
    `the endpoint ${await whereOf(client)} answers, but not as DynamoDB does (status ${status ?? 'unknown'}): see that the client's \`endpoint\`, AWS_ENDPOINT_URL_DYNAMODB or DYNAMODB_ENDPOINT is the address of DynamoDB or of an engine, such as http://127.0.0.1:8000`,
    { cause },
  )
}

/** What keeps a table from being used; undefined where its keys are right. */
export function misfit(table: string, { KeySchema = [], AttributeDefinitions = [] }: TableDescription): TableError | undefined {
  const keys = KeySchema.map(({ AttributeName, KeyType }) => {
    const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType
    return `${AttributeName} (${KeyType}, ${type})`
  }).join(' and ')
  if (keys === 'pk (HASH, S) and sk (RANGE, S)') return undefined
  return new TableError(`${wrongKeys(table)}; it has ${keys}`)
}

const wrongKeys = (table: string): string =>
  `the table ${JSON.stringify(table)} has the wrong keys: it needs pk (HASH, S) and sk (RANGE, S); make another with createTable and give its name`

/** `at http://…` where the client or the environment has an endpoint of its own, otherwise `in region …`. */
async function whereOf(client: DynamoDBClient): Promise<string> {
  const endpoint = await client.config.endpoint?.()
  if (endpoint !== undefined) {
    const { protocol, hostname, port } = endpoint
    return `at ${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`
  }
  // The client does not tell where the environment sends it.
  const told = process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL
  if (told !== undefined && told !== '') return `at ${told}`
  return `in region ${await client.config.region().catch(() => 'unknown')}`
}

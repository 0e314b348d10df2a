/** An engine that somebody else runs: the one `DYNAMODB_ENDPOINT` names. */
import { engineDeadlines } from '../../conformance/deadlines.ts'
import { type Answer, ask } from './ask.ts'
import type { Engine } from './engine.ts'

const remedy =
  'start an engine there (java -jar DynamoDBLocal.jar -inMemory -sharedDb, or a container of amazon/dynamodb-local), or unset DYNAMODB_ENDPOINT for an embedded engine'

/**
 * The engine at `endpoint`. Its version cannot be asked for; `told` is what the one who started it says it is, as
 * `name version` (the variable DYNAMODB_ENGINE).
 * @throws Error that names the variable and what to do, where no DynamoDB answers there
 */
export async function engineAt(endpoint: string, told?: string, patience = engineDeadlines.endpoint): Promise<Engine> {
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new Error(
      `DYNAMODB_ENDPOINT is ${JSON.stringify(endpoint)}, which is no address: expected one like http://127.0.0.1:8000`,
    )
  let answer: Answer
  try {
    answer = await listTables(endpoint, patience)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(`DYNAMODB_ENDPOINT is ${endpoint}, and nothing answers there (${code ?? message}): ${remedy}`)
  }
  if (!speaksDynamoDB(answer))
    throw new Error(
      `DYNAMODB_ENDPOINT is ${endpoint}, and what answers there is not DynamoDB (status ${answer.status}): ${remedy}`,
    )
  return { ...identity(answer, told), endpoint, foreign: true, stop: () => Promise.resolve() }
}

/** Asks for the tables, without a signature: whatever speaks DynamoDB refuses that in DynamoDB's way. @throws Error where nothing answers */
export function listTables(endpoint: string, patience: number): Promise<Answer> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' }
  return ask({ url: new URL(endpoint) }, patience, { method: 'POST', headers }, '{}')
}

/** Whether an answer to `listTables` is one of DynamoDB's: with a request id, and tables or a refusal of its kind. */
export function speaksDynamoDB({ headers, body }: Answer): boolean {
  return headers['x-amzn-requestid'] !== undefined && /"(__type|TableNames)"/.test(body)
}

function identity({ headers }: Answer, told: string | undefined): { name: string; version?: string } {
  const [, name, version] = /^(.*?)(?: (\d\S*))?$/.exec(told?.trim() ?? '') ?? []
  if (name !== undefined && name !== '') return version === undefined ? { name } : { name, version }
  // AWS's own local engine is the one behind Jetty.
  return { name: String(headers.server).startsWith('Jetty') ? 'DynamoDB Local' : 'DynamoDB' }
}

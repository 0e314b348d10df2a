/** Work for later by having the function invoke itself: AWS keeps such an invocation, and repeats it where it fails. */
import type { LambdaClient } from '@aws-sdk/client-lambda'
import type { Defer } from '../serverless/index.ts'
import type { OwnEvent } from './events.ts'
import { lambdaSdk } from './sdk.ts'

/** Settings of `deferToFunction`. */
export interface DeferOptions {
  /** The function that has these channels' handler; in AWS Lambda its own name is in `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly functionName: string
  /** Default: one of the environment's region and credentials. Repetitions by the SDK do no harm: `deliver` may come twice. */
  readonly client?: LambdaClient
}

/** Defers to an asynchronous invocation; resolves once AWS has accepted it, which makes it durable. */
export function deferToFunction({ functionName, client }: DeferOptions): Defer {
  let opened: Promise<LambdaClient> | undefined
  const open = async (): Promise<LambdaClient> => {
    const { LambdaClient } = await lambdaSdk()
    return new LambdaClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    })
  }
  return async (channelId) => {
    const { InvokeCommand } = await lambdaSdk()
    opened ??= client === undefined ? open() : Promise.resolve(client)
    const event: OwnEvent = { deliver: channelId }
    const Payload = Buffer.from(JSON.stringify(event))
    await (await opened).send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }))
  }
}

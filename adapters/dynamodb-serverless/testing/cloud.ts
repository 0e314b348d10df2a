/** Tests: the Lambda handler on an engine, with a gateway and a deferral that only tell what they were asked. */
import {
  type Application,
  createApplication,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
} from '../../runtime/index.ts'
import type { PostAnswer } from '../../serverless/index.ts'
import { channelIdOf } from '../addresses.ts'
import { createLambdaHandler, type LambdaAnswer } from '../lambda.ts'
import { connectEvent, disconnectEvent, messageEvent } from './proxy-events.ts'
import { counted, type OpenedStores, openStores } from './stores.ts'

/** When the samples' connections are made. */
const start = 4_100_000_000_000

/** An application that joins, leaves, publishes, keeps sessions and closes; `ended` is what onDisconnect was told. */
function chat(ended: unknown[]): Application {
  const application = createApplication()
  application.wireChannel({
    name: 'chat',
    route: '/chat',
    auth: false,
    onConnect: pikkuChannelConnectionFunc<unknown, { hello?: string; refuse?: string }>(async ({ channel }) => {
      if (channel.openingData.refuse !== undefined) throw new Error('refused')
      return channel.openingData.hello === undefined ? undefined : { hello: channel.openingData.hello }
    }),
    onDisconnect: pikkuChannelDisconnectionFunc(async ({ userSession }, data) => {
      ended.push([(data as { channelId: string }).channelId, await userSession.get()])
    }),
    onMessageWiring: {
      action: {
        nothing: pikkuChannelFunc(async () => {}),
        join: pikkuChannelFunc<{ topics: string[] }, unknown>(async ({ eventHub, channel }, { topics }) => {
          for (const topic of topics) await eventHub.subscribe(topic, channel.channelId)
        }),
        leave: pikkuChannelFunc<{ topic: string }, unknown>(async ({ eventHub, channel }, { topic }) => {
          await eventHub.unsubscribe(topic, channel.channelId)
        }),
        say: pikkuChannelFunc<{ topic: string; text: string }, unknown>(async ({ eventHub }, { topic, text }) => {
          await eventHub.publish(topic, null, { text })
        }),
        session: pikkuChannelFunc<{ value: unknown }, unknown>(async ({ userSession }, { value }) =>
          userSession.set(value as never),
        ),
        close: pikkuChannelFunc(async ({ channel }) => channel.close()),
        fail: pikkuChannelFunc(async () => {
          throw new Error('secret')
        }),
      },
    },
  })
  return application
}

/** One table, one API, and whatever happened. Each event meets a handler that has seen nothing before. */
export class Cloud {
  readonly stores: OpenedStores
  readonly posts: { id: string; text: string }[] = []
  readonly deferred: string[] = []
  readonly ended: unknown[] = []
  readonly logged: string[] = []
  /** Connection ids that answer 410. */
  readonly gone = new Set<string>()
  /** Posts being made at once, at most. */
  mostPosts = 0
  time = start
  readonly #application = chat(this.ended)
  #posting = 0
  #tokens = 0

  constructor(stores: OpenedStores) {
    this.stores = stores
  }

  static async open(endpoint: string): Promise<Cloud> {
    return new Cloud(await openStores(endpoint))
  }

  /** One invocation. */
  invoke(event: unknown): Promise<LambdaAnswer> {
    const { client, table } = this.stores
    const log = (message: string): void => void this.logged.push(message)
    const answer = async ({ channelId }: { channelId: string }, text?: string): Promise<PostAnswer> => {
      this.#posting += 1
      this.mostPosts = Math.max(this.mostPosts, this.#posting)
      await new Promise((resolve) => setImmediate(resolve))
      this.#posting -= 1
      const id = channelId.split('/')[2] ?? ''
      if (this.gone.has(id)) return 'gone'
      if (text === undefined) this.gone.add(id)
      else this.posts.push({ id, text })
      return 'ok'
    }
    const handler = createLambdaHandler({
      application: this.#application,
      singletonServices: { logger: { debug: log, info: log, warn: log, error: log } },
      table,
      route: '/chat',
      dynamodb: client,
      gateway: { post: answer, close: (address) => answer(address) },
      defer: async (channelId) => void this.deferred.push(channelId),
      clock: {
        now: () => this.time,
        wait: async (milliseconds) => {
          this.time += milliseconds
        },
      },
      token: () => `token${this.#tokens++}`,
    })
    return handler(event)
  }

  async connect(id: string, query: Record<string, string> = {}): Promise<number> {
    const of = { connectionId: id, connectedAt: start }
    return (await this.invoke(connectEvent(of, { queryStringParameters: query }))).statusCode
  }

  message(id: string, body: object): Promise<LambdaAnswer> {
    return this.invoke(messageEvent(JSON.stringify(body), { connectionId: id, connectedAt: start }))
  }

  disconnect(id: string): Promise<LambdaAnswer> {
    return this.invoke(disconnectEvent({ connectionId: id, connectedAt: start }))
  }

  /** Runs what was deferred. */
  async deliver(): Promise<void> {
    for (const channelId of this.deferred.splice(0)) await this.invoke({ deliver: channelId })
  }

  /** What requests `work` makes of the table, and how many posts. */
  async costs(
    work: () => Promise<unknown>,
  ): Promise<{ get: number; query: number; write: number; requests: number; posts: number }> {
    this.stores.sent.length = 0
    const before = this.posts.length
    await work()
    const { other, ...counts } = counted(this.stores.sent)
    if (other !== 0) throw new Error(`requests of other kinds: ${this.stores.sent.map(({ operation }) => operation).join(', ')}`)
    return { ...counts, posts: this.posts.length - before }
  }

  /** The channel of a connection. */
  channelId(connectionId: string): string {
    return channelIdOf({ apiId: 'abcdef1234', stage: 'prod', connectionId })
  }
}

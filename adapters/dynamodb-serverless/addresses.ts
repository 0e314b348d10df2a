/** How connections of API Gateway are named: their own ids are unique per API only (STATELESS-18). */

/** A connection as API Gateway names it. */
export interface ConnectionName {
  readonly apiId: string
  readonly stage: string
  readonly connectionId: string
}

/** The id of a connection's channel: `<API>/<stage>/<connection id>`; of these only the last may hold a slash. */
export function channelIdOf({ apiId, stage, connectionId }: ConnectionName): string {
  return `${encodeURIComponent(apiId)}/${encodeURIComponent(stage)}/${connectionId}`
}

/** The connection id in a channel's id. */
export function connectionIdOf(channelId: string): string {
  return channelId.slice(channelId.indexOf('/', channelId.indexOf('/') + 1) + 1)
}

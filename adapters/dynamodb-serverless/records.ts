/** A channel's record and its mark as items of the table, and back. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { ChannelRecord, ClosedMark, LiveState, Pending } from '../serverless/ports.ts'
import { toJsonText } from './json-text.ts'
import { channelKey, decodeKey, encodeKey, isHashed } from './keys.ts'
import { type Item, marshalled } from './requests.ts'

/**
 * The attribute of a record's ttl: DynamoDB wants whole seconds, so a ttl is read back up to a second later than it was
 * written.
 */
export const ttlOf = (milliseconds: number): AttributeValue => ({ N: String(Math.ceil(milliseconds / 1_000)) })

/** How long after a channel's expiry its rows are kept at least, in milliseconds (STATELESS-09). */
export const retention = 24 * 3_600_000

/** What a row says of a channel whose id is too long to stand in its key. */
export function idBeside(channelId: string): Item {
  return isHashed(encodeKey(channelId)) ? { id: { S: channelId } } : {}
}

/** The channel of a row, by the part of its key and what stands beside it. */
export const idOf = (part: string, item: Item): string => decodeKey(part) ?? text(item.id)

/** A live channel's item. */
export function itemOf(record: ChannelRecord): Item {
  const { channelId, pending, claim } = record
  return {
    ...marshalled(channelKey(channelId)),
    state: { S: record.state },
    by: { S: record.by },
    name: { S: record.name },
    endpoint: { S: record.endpoint },
    openingData: { S: toJsonText(record.openingData) },
    ...(record.session === undefined ? {} : { session: { S: toJsonText(record.session) } }),
    connectedAt: { N: String(record.connectedAt) },
    expires: { N: String(record.expires) },
    ttl: ttlOf(record.ttl),
    ...(pending === undefined ? {} : { pending: { S: toJsonText(pending) } }),
    ...(claim === undefined ? {} : { claimBy: { S: claim.by }, claimUntil: { N: String(claim.until) } }),
  }
}

/** A closed channel's item. */
export function itemOfMark(mark: ClosedMark): Item {
  return {
    ...marshalled(channelKey(mark.channelId)),
    state: { S: 'closed' },
    by: { S: mark.by },
    from: { S: mark.from },
    ttl: ttlOf(mark.ttl),
  }
}

/** What an item says of the channel whose it is. */
export function recordOf(channelId: string, item: Item): ChannelRecord | ClosedMark {
  const by = text(item.by)
  const ttl = number(item.ttl) * 1_000
  const state = text(item.state)
  if (state === 'closed') return { channelId, state, by, from: text(item.from) as ClosedMark['from'], ttl }
  return {
    channelId,
    endpoint: text(item.endpoint),
    state: state as LiveState,
    by,
    name: text(item.name),
    openingData: JSON.parse(text(item.openingData)) as object,
    session: item.session === undefined ? undefined : JSON.parse(text(item.session)),
    connectedAt: number(item.connectedAt),
    expires: number(item.expires),
    ttl,
    ...(item.pending === undefined ? {} : { pending: JSON.parse(text(item.pending)) as Pending }),
    ...(item.claimBy === undefined ? {} : { claim: { by: text(item.claimBy), until: number(item.claimUntil) } }),
  }
}

/** A live channel's record. */
export const liveRecordOf = (channelId: string, item: Item): ChannelRecord => recordOf(channelId, item) as ChannelRecord

/** An attribute that is a text. */
export const text = (value: AttributeValue | undefined): string => value?.S ?? ''

/** An attribute that is a number. */
export const number = (value: AttributeValue | undefined): number => Number(value?.N)

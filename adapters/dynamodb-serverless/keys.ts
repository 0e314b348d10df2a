/**
 * Primary keys of the protocol's records. Ids and topics are opaque (SUB-05, STORE-09), so whatever the key syntax could
 * confuse is written otherwise; different texts never share a key, and no key is empty or over DynamoDB's limits
 * (2,048 bytes of partition key, 1,024 of sort key).
 */
import { createHash } from 'node:crypto'

/** A primary key. */
export interface Key {
  readonly pk: string
  readonly sk: string
}

/** Texts whose encoding is longer, in bytes, are named by their hash: topics never are, at 3 bytes a byte of 256. */
const longest = 900

/** `%` begins what is not the text itself, so it is encoded too; lone surrogates have no UTF-8 of their own. */
const confusing = /[%#]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A part of a key for any text: never empty, without `#`, at most 900 bytes. */
export function encodeKey(text: string): string {
  if (text === '') return '%empty'
  const encoded = text.replace(confusing, (each) =>
    each === '%' ? '%25' : each === '#' ? '%23' : `%u${each.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  // The text in UTF-16, since in UTF-8 all lone surrogates are alike.
  if (Buffer.byteLength(encoded) > longest) return `${hashed}${createHash('sha256').update(text, 'utf16le').digest('hex')}`
  return encoded
}

const hashed = '%sha256-'

/** The text of a part of a key; undefined where only its hash is there. */
export function decodeKey(part: string): string | undefined {
  if (part === '%empty') return ''
  if (isHashed(part)) return undefined
  return part.replace(/%(?:u([0-9A-F]{4})|(25|23))/g, (_, unit?: string, ascii?: string) =>
    String.fromCharCode(Number.parseInt(unit ?? ascii ?? '', 16)),
  )
}

/** What a row must say of the text whose part of a key holds only its hash. */
export const isHashed = (part: string): boolean => part.startsWith(hashed)

/** In which of so many shards a channel's forwards and expiry are: always the same. */
export function shardOf(channelId: string, shards: number): number {
  if (shards === 1) return 0
  return createHash('sha256').update(channelId, 'utf16le').digest().readUInt32BE() % shards
}

/** Where a channel's record, or its mark, is. */
export const channelKey = (channelId: string): Key => ({ pk: `C#${encodeKey(channelId)}`, sk: 'A#meta' })

/** The beginning of the sort keys of a channel's intents. */
export const intentPrefix = 'S#'

/** Where the intent of a channel to be in a topic is: what its removal cleans up from. `topicKey` is encoded. */
export const intentKey = (channelId: string, topicKey: string): Key => ({
  pk: `C#${encodeKey(channelId)}`,
  sk: `${intentPrefix}${topicKey}`,
})

/** The partition of a topic's forwards. */
export const forwardPartition = (topicKey: string, shard: number): string => `T#${topicKey}#${shard}`

/** Where what a publish reads of a subscriber is. `topicKey` is encoded. */
export const forwardKey = (topicKey: string, channelId: string, shard: number): Key => ({
  pk: forwardPartition(topicKey, shard),
  sk: encodeKey(channelId),
})

/** The hour that a time in milliseconds falls into, counted from 1970. */
export const hourOf = (time: number): number => Math.floor(time / 3_600_000)

/** The partition of what expires in an hour. */
export const expiryPartition = (hour: number, shard: number): string => `X#${hour}#${shard}`

/** Times as the beginning of sort keys, which are compared as text. */
export const timeDigits = (time: number): string => String(Math.floor(time)).padStart(13, '0')

/** Where what makes a channel findable once it has expired is. */
export const expiryKey = (channelId: string, expires: number, shard: number): Key => ({
  pk: expiryPartition(hourOf(expires), shard),
  sk: `${timeDigits(expires)}#${encodeKey(channelId)}`,
})

/** Where it is written how far sweeps have come. */
export const cursorKey = (shard: number): Key => ({ pk: 'X#cursor', sk: String(shard) })

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { TableResidue } from './dynamodb-residue.ts'

/** A table as a map of partitions, telling which are read. */
function table() {
  const partitions = new Map<string, object[]>()
  const read: string[] = []
  const send = async ({ input }: { input: { ExpressionAttributeValues: { ':pk': { S: string } } } }) => {
    const pk = input.ExpressionAttributeValues[':pk'].S
    read.push(pk)
    return { Items: partitions.get(pk) ?? [] }
  }
  const residue = new TableResidue({ send } as unknown as DynamoDBClient, 'table')
  const write = (pk: string, ...items: object[]): void => {
    residue.written(pk, false)
    partitions.set(pk, items)
    residue.written(pk, true)
  }
  return { partitions, residue, write, reads: () => read.splice(0) }
}

const channel = (name: string) => ({ pk: { S: `C#${name}` }, sk: { S: 'A#meta' }, state: { S: 'open' } })
const mark = (name: string) => ({ pk: { S: `C#${name}` }, sk: { S: 'A#meta' }, state: { S: 'closed' }, by: { S: 't' } })

test('a partition is read once for each time it was written to, and its content is told until then', async () => {
  const { residue, write, reads } = table()
  write('C#a', channel('a'))
  write('C#b', mark('b'))
  expect(await residue.read()).toEqual({ channels: ['a'], subscriptions: [] })
  expect(reads()).toEqual(['C#a', 'C#b'])
  expect(await residue.read()).toEqual({ channels: ['a'], subscriptions: [] })
  expect(reads()).toEqual([])
  write('C#a', mark('a'))
  expect(await residue.read()).toEqual({ channels: [], subscriptions: [] })
  expect(reads()).toEqual(['C#a'])
})

test('a partition that is being written to is read each time, also where its end is never heard of', async () => {
  const { residue, partitions, reads } = table()
  residue.written('C#a', false)
  expect(await residue.read()).toEqual({ channels: [], subscriptions: [] })
  partitions.set('C#a', [channel('a')])
  expect(await residue.read()).toEqual({ channels: ['a'], subscriptions: [] })
  partitions.set('C#a', [mark('a')])
  expect(await residue.read()).toEqual({ channels: [], subscriptions: [] })
  expect(reads()).toEqual(['C#a', 'C#a', 'C#a'])
})

test('readings at the same time leave nothing out', async () => {
  const { residue, write } = table()
  write('C#a', channel('a'))
  const both = await Promise.all([residue.read(), residue.read()])
  expect(both.map(({ channels }) => channels)).toEqual([['a'], ['a']])
})

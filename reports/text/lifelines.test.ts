import { expect, test } from 'vitest'
import { drawable, lifelinesOf, mostDrawn } from './lifelines.ts'
import type { SequenceEvent } from './sequence.ts'

const arrow = (lane: string, to: string, more: Partial<SequenceEvent> = {}): SequenceEvent => ({ lane, to, label: 'x', ...more })

test('lifelines: the kit, connections by number, what answers them', () => {
  const events = [arrow('server', 'c10'), arrow('c2', 'server'), { lane: 'kit', label: 'stop' }, arrow('c2+1', 'server')]
  expect(lifelinesOf(events)).toEqual(['kit', 'c2', 'c2+1', 'c10', 'server'])
  expect(lifelinesOf([arrow('operation 2', 'stores'), arrow('operation 1', 'stores')])).toEqual([
    'operation 1',
    'operation 2',
    'stores',
  ])
})

test('of very many events all evidence is drawn, and the last of the others', () => {
  const many = Array.from({ length: 100 }, (_, index) => arrow('c0', 'server', { label: String(index) }))
  const first = { ...many[0], evidence: true } as SequenceEvent
  const drawn = drawable([first, ...many.slice(1)])
  expect(drawn).toHaveLength(mostDrawn)
  expect(drawn[0]).toBe(first)
  expect(drawn.at(-1)?.label).toBe('99')
})

import { expect, test } from 'vitest'
import type { SequenceEvent } from '../../text/sequence.ts'
import { drawable, layout, lifelinesOf, mostDrawn } from './layout.ts'
import { wrap } from './wrap.ts'

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

test('everything stands below what came before it, within the picture', () => {
  const { drawn, height, width } = layout([
    arrow('c0', 'server', { label: 'long '.repeat(40) }),
    { lane: 'server', label: 'note' },
  ])
  const [first, second] = drawn
  expect(first?.lines.length).toBeGreaterThan(1)
  expect(second?.y).toBeGreaterThan(first?.y ?? 0)
  expect(height).toBeGreaterThan((second?.y ?? 0) + (second?.height ?? 0))
  for (const each of drawn) expect(each.from + each.width / 2).toBeLessThanOrEqual(width)
})

test('a step is told where it begins, and only those of the program', () => {
  const events = ['c0', '0', '0', undefined, '0', '1'].map((step) => arrow('c0', 'server', { step }))
  expect(layout(events).drawn.map(({ step }) => step)).toEqual([undefined, 'step 0', undefined, undefined, undefined, 'step 1'])
})

test('of very many events all evidence is drawn, and the last of the others', () => {
  const many = Array.from({ length: 100 }, (_, index) => arrow('c0', 'server', { label: String(index) }))
  const first = { ...many[0], evidence: true } as SequenceEvent
  const drawn = drawable([first, ...many.slice(1)])
  expect(drawn).toHaveLength(mostDrawn)
  expect(drawn[0]).toBe(first)
  expect(drawn.at(-1)?.label).toBe('99')
})

test('text breaks behind punctuation, anywhere where there is none, and ends in an ellipsis where it is too long', () => {
  expect(wrap('{"action":"probe","id":"0"}', 18, 3)).toEqual(['{"action":"probe",', '"id":"0"}'])
  expect(wrap('x'.repeat(25), 10, 3)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)])
  expect(wrap('x'.repeat(25), 10, 2)).toEqual(['x'.repeat(10), `${'x'.repeat(9)}…`])
  expect(wrap('', 10, 2)).toEqual([])
})

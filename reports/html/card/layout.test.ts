import { expect, test } from 'vitest'
import type { SequenceEvent } from '../../text/sequence.ts'
import { layout } from './layout.ts'

const arrow = (lane: string, to: string, more: Partial<SequenceEvent> = {}): SequenceEvent => ({ lane, to, label: 'x', ...more })

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

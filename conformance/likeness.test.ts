import { expect, test } from 'vitest'
import { Likeness, traitsOf } from './likeness.ts'
import type { Program, Step } from './program.ts'

const program = (...prefix: Step[]): Program => ({ clients: [{ channel: 'main' }], prefix, phases: [] })
const text: Step = { do: 'text', client: 0, text: 'x' }
const close: Step = { do: 'close', client: 0 }
const stop: Step = { do: 'stop' }

test('traits tell of steps, of what follows on what, and of values, but of no long text', () => {
  const traits = [...traitsOf(program({ ...text, text: 'y'.repeat(50) }, close))]
  expect(traits).toContain('.prefix: text, then close')
  expect(traits).toContain('.prefix: close, then no more')
  expect(traits.join('\n')).not.toContain('yyy')
})

test('the likest have what the deciding had and others lacked', () => {
  const likeness = new Likeness()
  for (let times = 0; times < 10; times++) {
    likeness.add(program(text, close), ['X-01 a'])
    likeness.add(program(text, stop), [])
    likeness.add(program(text), [])
  }
  const candidates = [program(text, stop), program(close, text), program(text, text), program(text, text, close)]
  const [first] = likeness.likest(
    candidates.map((each) => ({ program: each })),
    'X-01 a',
    1,
  )
  expect(first?.program.prefix).toContainEqual(close)
  expect(likeness.rate('X-01 a')).toBeCloseTo(1 / 3)
  expect(likeness.rate('X-01 b')).toBe(0)
})

import { expect, test } from 'vitest'
import { describe } from './values.ts'

test('bytes are described by what is in them, and those that were taken away by nothing', () => {
  const buffer = Uint8Array.of(0, 255, 16).buffer
  const [bytes, view] = [new Uint8Array(buffer), new DataView(buffer, 1, 2)]
  expect([bytes, buffer, view].map((each) => describe(each))).toEqual([
    { $: 'bytes', of: '00ff10' },
    { $: 'buffer', of: '00ff10' },
    { $: 'view', of: 'ff10' },
  ])
  structuredClone(buffer, { transfer: [buffer] })
  expect([bytes, buffer].map((each) => describe(each))).toEqual([
    { $: 'bytes', of: '' },
    { $: 'buffer', of: '' },
  ])
})

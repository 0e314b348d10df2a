/** Values that programs send, by what they are about. In their strings `*` becomes the name of the operation. */
import type { Tagged } from '../../../spec/values.ts'

/** Values with a JSON form, objects and others. */
export const json = {
  marked: { m: '*' },
  withKey: { m: '*', action: 'stolen' },
  likeReply: { m: '*', result: 1, error: 'none' },
  nested: { m: '*', list: [1, { a: null }], none: { $: 'undefined' } },
  odd: {
    m: '*',
    list: [{ $: 'undefined' }, { $: 'nan' }, { $: 'date', of: '2020-01-01T00:00:00.000Z' }, { $: '-0' }, {}, []] as Tagged[],
    text: ' <b>&amp;</b> 2020-01-01T00:00:00Z ',
    within: { $: 'toJSON', of: { action: 'kept', infinite: { $: 'infinity' } } },
  },
  toJson: { $: 'toJSON', of: { m: '*' } },
  toJsonWithKey: { $: 'toJSON', of: { m: '*', action: 'stolen' } },
  proto: {
    $: 'object',
    of: [
      ['__proto__', 'own'],
      ['m', '*'],
    ],
  },
  empty: {},
  list: ['*', 0, [null]],
  emptyList: [],
  one: 1,
  yes: true,
  date: { $: 'date', of: '2020-01-01T00:00:00.000Z' },
  toJsonZero: { $: 'toJSON', of: 0 },
} satisfies Record<string, Tagged>

/** Values that a careless test for presence takes for none. */
export const falsy = {
  zero: 0,
  minusZero: { $: '-0' },
  empty: '',
  no: false,
  nothing: null,
  nan: { $: 'nan' },
} satisfies Record<string, Tagged>

/** Strings, some of which look like something else. */
export const strings = {
  text: 'text of *',
  jsonLike: '{"m":"not *"}',
  quoted: '"*"',
  nullLike: 'null',
} satisfies Record<string, Tagged>

/** Strings of every kind of character, and long ones. */
export const demanding = {
  emoji: '😀 👩‍👩‍👧 *',
  separators: 'a\u2028b\u2029 *',
  nul: 'nul \u0000 *',
  byteOrderMark: '\ufeff *',
  controls: '\u007f\u0085\r\n\t *',
  combining: 'e\u0301 é ﬁ *',
  latin: 'é ÿ \u0080 *',
  inside: { m: '*', text: '😀 \u2028 \u0000 \ufeff "\\' },
  key: { m: '*', '\u2028 ключ 😀': 1 },
} satisfies Record<string, Tagged>

/** About 64 KiB of UTF-8: where lengths need another form, or are taken for negative. */
export const long = {
  text: { $: 'repeat', of: ['é', 32_768] },
  signed: { $: 'repeat', of: ['x', 40_000] },
  shorter: { $: 'repeat', of: ['y', 65_535] },
} satisfies Record<string, Tagged>

/** ASCII on both sides of where the length of a frame is written otherwise (RFC 6455, 5.2). */
export const frames = {
  short: { $: 'repeat', of: ['s', 125] },
  medium: { $: 'repeat', of: ['m', 126] },
  more: { $: 'repeat', of: ['m', 127] },
  most: { $: 'repeat', of: ['l', 65_535] },
  large: { $: 'repeat', of: ['l', 65_536] },
} satisfies Record<string, Tagged>

export const bytes = {
  bytes: { $: 'bytes', of: '00ff7b7d' },
  buffer: { $: 'buffer', of: '0102' },
  view: { $: 'view', of: '0a0b0c' },
  wide: { $: 'view', of: '0d0e0f10' },
  none: { $: 'bytes', of: '' },
} satisfies Record<string, Tagged>

/** Values that cannot be encoded. */
export const unsendable = {
  cycle: { $: 'cycle' },
  bigint: { m: '*', n: { $: 'bigint', of: '1' } },
  throwing: { $: 'throwing toJSON' },
  undefinedJson: { $: 'undefined toJSON' },
  function: { $: 'function' },
  symbol: { $: 'symbol', of: 's' },
} satisfies Record<string, Tagged>

/** A string with half a surrogate pair: it has a JSON form, but is no text. */
export const illFormed: Tagged = 'half \ud83d of *'

export const undefinedValue: Tagged = { $: 'undefined' }
export const frozen: Tagged = { $: 'frozen', of: { m: '*' } }

export const valuesOf = (...sets: Readonly<Record<string, Tagged>>[]): Tagged[] => sets.flatMap((set) => Object.values(set))

/** Messages that put routing to the test, as texts; `$id` becomes the step's id, by which their handler runs are known. */

/** What a reader that means well takes for something else: dates, numbers, markup, nothing, keys that mean something elsewhere. */
const confusing =
  '[" 2020-01-01T00:00:00.000Z","2020-01-01T00:00:00.000Z"," padded ","007","true","null","undefined","<b>&amp;</b>","e\u0301\u00e9","\\n",' +
  '"",null,[],{},[[null]],9007199254740993,1e21,0.1,{"action":"other","kind":"x","constructor":{"prototype":1},"toJSON":1,"length":0,"then":null,"":" "}]'

/** Objects that are routed, or nearly are. */
export const objectTexts = [
  '{"action":"probe","id":"$id"}',
  '{"id":"$id","kept":[1,"2",null,{"x":0.5}],"action":"other","":""}',
  ' {"action":"\\u0070robe","id":"$id","Action":"other"}\n',
  '{"action":"plain","id":"$id","message":"Hello"}',
  '{"id":"$id"}',
  '{"id":"$id","ops":[{"op":"return","value":{"m":"$id.0"}}]}',
  '{}',
  '{"action":"nobody","id":"$id","kept":true}',
  '{"action":"Probe","id":"$id"}',
  '{"action":"probe ","id":"$id"}',
  '{"action":"","id":"$id"}',
  '{"Action":"probe","id":"$id"}',
  '{"data":{"action":"probe"},"id":"$id"}',
  '{"action":null,"id":"$id"}',
  '{"action":7,"id":"$id"}',
  '{"action":["probe"],"id":"$id"}',
  '{"action":{"probe":"probe"},"id":"$id"}',
  `{"action":"${'n'.repeat(64)}","id":"$id"}`,
  `{"action":"${'n'.repeat(65)}","id":"$id"}`,
  `{"action":"${'😀'.repeat(70)}","id":"$id"}`,
  '{"id":"$id","text":"e\u0301 \u00e9 \u0085\u00a0\u200b &lt; %41+ ","\u212b":"\\r\\n"}\r\n',
  `{"kept":${confusing},"action":"probe","id":"$id"}`,
  `{"kept":${confusing},"action":"Nobody, or nothing","id":"$id"}`,
  '{"kind":"nobody","id":"$id"}',
  '{"kind":"nobody","action":7,"id":"$id"}',
  '{"kind":"nobody","action":"Nobody","id":"$id"}',
] as const

/** Objects for channels with the routing keys `action` and `kind`. */
export const keyTexts = [
  '{"action":"first only","kind":"second only","id":"$id"}',
  '{"kind":"second only","action":"first only","id":"$id"}',
  '{"kind":"second only","id":"$id"}',
  '{"action":"nobody","kind":"second only","id":"$id"}',
  '{"action":7,"kind":"second only","id":"$id"}',
  '{"action":"second only","kind":"first only","id":"$id"}',
] as const

const look = '"id":"$id","ops":[{"op":"look"}]'

/** Objects that play with prototypes (ROUTE-05). */
export const prototypeTexts = [
  '{"action":"hasOwnProperty","id":"$id"}',
  '{"action":"valueOf","id":"$id"}',
  '{"action":"__defineGetter__","id":"$id"}',
  '{"action":"toLocaleString","id":"$id"}',
  '{"action":"toString","id":"$id"}',
  '{"action":"constructor","id":"$id"}',
  '{"action":"__proto__","id":"$id"}',
  '{"__proto__":{"action":"probe"},"id":"$id"}',
  '{"__proto__":{"action":"plain","kind":"second only"},"id":"$id"}',
  `{"action":"probe","__proto__":{"polluted":true},${look}}`,
  `{"action":"probe","constructor":{"prototype":{"polluted":true}},${look}}`,
  `{"action":"other","kept":{"__proto__":{"polluted":true}},${look}}`,
  '{"__proto__":"probe","id":"$id"}',
  '{"constructor":"probe","prototype":{"action":"probe"},"id":"$id"}',
] as const

/** What is no JSON. */
export const plainTexts = [
  'hello $id',
  '',
  ' ',
  'probe',
  '\ufeffhello',
  'NaN',
  'undefined',
  '01',
  "{action:'probe'}",
  "'probe'",
  'two\nlines\u2028\u0000 and 😀',
  'True',
  '{"action":"probe","id":"$id"',
  '{"action":"probe","id":"$id",}',
  'carriage\r\nreturns\r\n',
  'a line\n',
  '\t around $id  ',
  'e\u0301 \u00e9 \ufb01 \u212b',
  '\u0007\u007f\u0085\u00a0\u00ad\u200b\u2028',
  '&lt;b&gt; %41+%20 \\n \u00ff',
] as const

/** JSON that is no object. */
export const otherJsonTexts = [
  '["$id"]',
  '[]',
  '[{"action":"probe"},[null]]',
  `["$id",${confusing}]`,
  '"$id"',
  '""',
  '"probe"',
  '"{\\"action\\":\\"probe\\"}"',
  '0',
  '-1.5',
  ' 1e3 ',
  'true',
  'false',
  'null',
] as const

const hexOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Bytes, some of which would be messages if they were text. */
export const byteMessages = [
  '00ff80',
  '',
  hexOf('{"action":"probe"}'),
  hexOf('"text"'),
  hexOf('hello'),
  'c328',
  'efbbbf7b7d',
] as const

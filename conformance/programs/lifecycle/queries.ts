/** Queries of handshakes as they stand in the address: what decoders, and objects that collect fields, may take for something else. */

/** Queries as they stand in the address. */
export const queries = [
  'room=general',
  'a=1&b=2',
  'text=a+b%2Bc%20d',
  'text=%F0%9F%98%80%E2%80%A8',
  'text=%zz%&half=%E2%82',
  'empty=&=nameless&bare',
  '&&a=1&',
  'eq=a=b=c;d',
  'redirect=/a?b=1&x=2',
  'a=1?&b=%3F%26%3D%23',
  'length=1&0=zero&10=ten',
  '$=tag&name=%24',
  'channelId=mine&state=open',
  'action=probe&id=1&ops=%5B%5D',
  'a=1;b=2&;c=3',
  'a=1&amp;b=2&',
  'next=/a/b/',
  'q=%C3%A9e%CC%81%00%0D%0A%20&%20space%20=+',
  'Room=A&room=a&ROOM=',
  'a%3Db=c%3Dd&e=f%26g=h&%26=%3B&i%2Bj=%252B',
] as const

/** Values that some reading takes for nothing, for a number, or for several. */
const values = ['', '0', '1', 'false', 'null', 'a', 'a,b', '%5B%5D', '+', '%00', '%C3%A9']

/** A field met twice or three times, with these in every order. */
const pairs = values.flatMap((first) => values.map((second) => `tag=${first}&tag=${second}`))

export const repeatedQueries: readonly string[] = [
  ...['a=1&a=2', 'a=1&b=2&a=3&a=', 'a=1&a=1', 'a[]=1&a[]=2&b[c]=3', 'length=1&length=2'],
  ...['tag&tag', 'tag&tag=a&tag', '=&=', '=a&=', 'a=1&A=2&a=3', '\u00e9=1&%C3%A9=2', 'a=&b=&a=&b=', '0=&0=0&0='],
  ...pairs,
]

/** Names that an object has without being given them. */
export const namedQueries = [
  '__proto__=own',
  '__proto__=one&__proto__=two',
  'constructor=c&toString=t&hasOwnProperty=h',
  'toString=1&toString=2',
  '%5F_proto__=escaped',
] as const

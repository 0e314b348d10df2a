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
  'redirect=/a?b=1&x=2&%3F=3',
  'twice=%2541%252B%2526&amp;=1&plus=%2B',
  'edges=+a+&tab=%09a%0A&+name+=1&bom=%EF%BB%BFa',
  'Room=General&room=general&ROOM=%41',
  'e%CC%81=1&%C3%A9=2&ligature=%EF%AC%81',
  'number=007&float=1e3&large=12345678901234567890&minus=-0',
  'yes=true&no=false&nothing=null&missing=undefined&not=NaN',
  'json={"a":[1]}&list=1,2,3&dots.in.name=1&deep[a][b]=1&arrow-=>1',
  'nul=a%00b&line=a%0D%0Ab&hash=%23top&slash=%2F%5C',
  'when=2026-01-01T00:00:00.000Z&long=' + 'x'.repeat(2_000),
] as const

/** Values that some reading takes for nothing, for a number, or for several. */
const values = ['', '0', '1', 'false', 'null', 'a', 'a,b', '%5B%5D', '+', '%00', '%C3%A9']

/** A field met twice or three times, with these in every order. */
const pairs = values.flatMap((first) => values.map((second) => `tag=${first}&tag=${second}`))

export const repeatedQueries: readonly string[] = [
  ...['a=1&a=2', 'a=1&b=2&a=3&a=', 'a=1&a=1', 'a[]=1&a[]=2&b[c]=3', 'length=1&length=2'],
  ...['tag&tag', 'tag&tag=a&tag', '=&=', '=a&=', 'a=1&A=2&a=3', '\u00e9=1&%C3%A9=2', 'a=&b=&a=&b=', '0=&0=0&0='],
  // A parser may have a limit.
  Array.from({ length: 24 }, (_, index) => `many=${index}`).join('&'),
  ...pairs,
]

/** Names that an object has without being given them. */
export const namedQueries = [
  '__proto__=own',
  '__proto__=one&__proto__=two',
  'constructor=c&toString=t&hasOwnProperty=h',
  'toString=1&toString=2',
  '%5F_proto__=escaped',
  'then=1&toJSON=2&valueOf=3&__defineGetter__=4&prototype=5',
] as const

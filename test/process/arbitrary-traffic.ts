import fc from 'fast-check'

/** Bytes of an HTTP request, which may be invalid. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** One WebSocket frame (RFC 6455, 5.2), which may be invalid. */
export interface RawFrame {
  readonly first: number
  readonly isMasked: boolean
  readonly payload: string
}

/** A text without lone surrogates, which URLs cannot contain. */
const wellFormed = (text: string) => Buffer.from(text).toString()
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const chain = (type: string) =>
  `fragment A on ${type} { ...B ...B } fragment B on ${type} { ...C ...C } fragment C on ${type} { ...A __typename }`

/** Texts that are difficult for parsers. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    '\0',
    '%',
    '%00',
    '%zz',
    '..',
    '../../etc/passwd',
    '\ud800',
    '🎁',
    '__proto__',
    'constructor',
  ),
  fc.integer({ min: 0, max: 3_000 }).map(deep),
  fc.json({ maxDepth: 5 }),
)

const word = fc.constantFrom(
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'viewer',
    'role',
    'rooms',
    'nodes',
    'messageAdded',
  ],
  ...[
    'roomActivity',
    '__schema',
    '__typename',
    'Query',
    'Subscription',
    '...',
    '...A',
    '{',
    '}',
    '(',
    ')',
    ':',
    '$a',
  ],
  ...[
    '!',
    '=',
    '@skip(if: true)',
    '"x"',
    '"""',
    '1',
    '-',
    'null',
    '[',
    ']',
    '&',
    '|',
    '#',
    '\n',
    'a:',
    'first: 1e9',
  ],
)

/** GraphQL documents, most of them invalid. */
const document = fc.oneof(
  oddText,
  fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
  fc
    .constantFrom('Query', 'Mutation', 'Subscription')
    .map((type) => `${type.toLowerCase()} { ...A } ${chain(type)}`),
  fc.constantFrom(
    '{ viewer { role } }',
    'subscription { roomActivity { id } }',
    '{ rooms { nodes { id } } }',
  ),
)

const anything = fc.oneof(fc.jsonValue({ maxDepth: 8 }), oddText)

/** The members of a GraphQL request. */
const operation = fc.oneof(
  anything,
  fc.record(
    {
      query: fc.oneof(document, anything),
      variables: anything,
      operationName: anything,
      extensions: anything,
      documentId: anything,
    },
    { requiredKeys: [] },
  ),
)

/** A body of a GraphQL request, or of a webhook. */
export const jsonBody = operation.map((members) => JSON.stringify(members))

/** A message of graphql-transport-ws. */
export const socketMessage = fc.oneof(
  oddText,
  fc
    .record(
      {
        type: fc.oneof(
          fc.constantFrom('connection_init', 'subscribe', 'complete', 'ping', 'pong', 'next'),
          anything,
        ),
        id: fc.oneof(fc.constantFrom('1', '2'), anything),
        payload: fc.oneof(operation, fc.record({ visitorToken: anything, authorization: anything })),
      },
      { requiredKeys: [] },
    )
    .map((message) => JSON.stringify(message)),
)

const headerName = fc.oneof(
  fc.constantFrom(
    ...[
      'range',
      'content-type',
      'content-length',
      'transfer-encoding',
      'expect',
      'connection',
      'upgrade',
      'host',
    ],
    ...[
      'authorization',
      'x-visitor-token',
      'origin',
      'last-event-id',
      'accept',
      'if-none-match',
      'accept-encoding',
    ],
    ...[
      'x-forwarded-for',
      'x-rocketchat-livechat-token',
      'sec-websocket-key',
      'sec-websocket-version',
      'te',
      'cookie',
    ],
  ),
  fc.string({ maxLength: 20 }),
)
const headerValue = fc.oneof(
  fc.tuple(fc.maxSafeInteger(), fc.maxSafeInteger()).map(([from, to]) => `bytes=${from}-${to}`),
  fc.constantFrom(
    'application/json',
    'chunked',
    '100-continue',
    'close',
    'keep-alive',
    'websocket',
    '*/*',
    'null',
  ),
  fc.constantFrom(
    'text/event-stream',
    'text/html',
    'http://localhost',
    'localhost',
    '13',
    'gzip, br',
    'Bearer x',
  ),
  fc.nat().map(String),
  fc.string({ unit: 'binary', maxLength: 50 }).map((value) => value.replace(/[\r\n]/g, ' ')),
)

/** A request to any existing path or to an unknown one. */
export const rawRequest: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.oneof(
    fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'),
    fc.string({ maxLength: 9 }),
  ),
  target: fc.oneof(
    fc.constantFrom(
      '/',
      '/index.html',
      '/widget/',
      '/graphql',
      '/health',
      '/ready',
      '/metrics',
      '/sandbox.json',
    ),
    document.map((query) => `/graphql?query=${encodeURIComponent(wellFormed(query))}`),
    oddText.map((text) => `/graphql?query={viewer{role}}&variables=${encodeURIComponent(wellFormed(text))}`),
    fc.webPath(),
    oddText.map((path) => `/${path.replace(/[\s\0]/g, '')}`),
    oddText.map((name) => `/webhooks/${encodeURIComponent(wellFormed(name))}`),
  ),
  headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 8 }),
  body: fc.oneof(
    oddText,
    operation.map((members) => JSON.stringify(members)),
  ),
})

/** Frames of all kinds: data, continuations, control frames, reserved ones. */
export const rawFrame: fc.Arbitrary<RawFrame> = fc.record({
  first: fc.oneof(fc.constantFrom(0x81, 0x82, 0x88, 0x89, 0x8a, 0x01, 0x80, 0xc1), fc.nat(255)),
  isMasked: fc.boolean(),
  payload: fc.oneof(socketMessage, oddText),
})

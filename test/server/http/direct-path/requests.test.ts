import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TrustedDocumentsMode } from '../../../../src/config/index.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { type ComparedRequest, type GatewayPair, openGatewayPair, visitorHeaders } from './gateway-pair.ts'

const query = 'query Viewer { viewer { role name } }'
const hash = createHash('sha256').update(query).digest('hex')
const JSON_TYPE = { 'content-type': 'application/json' }

/** Bodies and whether they are served directly. */
const bodies: Readonly<Record<string, readonly [body: unknown, isDirect: boolean]>> = {
  'its own operation name': [{ query, operationName: 'Viewer' }, true],
  'no operation name': [{ query, operationName: null }, true],
  'another operation name': [{ query, operationName: 'Other' }, false],
  'an empty operation name': [{ query, operationName: '' }, false],
  'an operation name of another type': [{ query, operationName: 1 }, false],
  'a name for an operation without one': [{ query: '{ viewer { role } }', operationName: 'Viewer' }, false],
  'several operations and a name': [
    { query: 'query A { viewer { role } } query B { viewer { name } }', operationName: 'B' },
    false,
  ],
  'several operations and no name': [
    { query: 'query A { viewer { role } } query B { viewer { name } }' },
    false,
  ],
  'empty extensions': [{ query, extensions: {} }, true],
  'extensions that ask for the cost': [{ query, extensions: { cost: true } }, false],
  'extensions that do not ask for the cost': [{ query, extensions: { cost: 'true' } }, true],
  'other extensions': [{ query, extensions: { clientInfo: { name: 'x' } } }, true],
  'extensions of another type': [{ query, extensions: 'x' }, false],
  'an unknown member': [{ query, id: 1 }, false],
  'a member that every object has': [
    '{ "query": "{ viewer { role } }", "__proto__": { "variables": {} } }',
    false,
  ],
  'no document': [{ variables: {} }, false],
  'a document of another type': [{ query: ['{ viewer { role } }'] }, false],
  'a null document': [{ query: null }, false],
  'an array': [[{ query }], false],
  'an empty array': [[], false],
  'a text': ['"{ viewer { role } }"', false],
  'no JSON': ['query', false],
  'an empty body': ['', false],
  'white space around the members': [`\n{ "query" : ${JSON.stringify(query)} }\n`, true],
  'a byte order mark': [`\ufeff{ "query": ${JSON.stringify(query)} }`, false],
  'repeated members': [`{ "query": "{ x }", "query": ${JSON.stringify(query)} }`, true],
  'JSON that is nested too deep': [
    `{ "query": "{ viewer { role } }", "variables": ${'['.repeat(200)}${']'.repeat(200)} }`,
    false,
  ],
  'deep JSON': [
    `{ "query": "{ viewer { role } }", "variables": { "x": ${'['.repeat(40)}${']'.repeat(40)} } }`,
    true,
  ],
  'a body above the limit': [{ query, variables: { x: 'x'.repeat(1_100_000) } }, false],
  'a long document': [{ query: `{ viewer { role } } #${'x'.repeat(20_000)}` }, false],
  'long variables': [{ query, variables: { x: 'x'.repeat(40_000) } }, true],
  'a document id that is not known': [{ documentId: hash }, false],
  'a document id with its text': [{ documentId: hash, query }, true],
  'a document id with another text': [{ documentId: hash, query: '{ viewer { role } }' }, false],
  'a persisted query with its text': [
    { query, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
    true,
  ],
  'a persisted query that is not known': [
    { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
    false,
  ],
}

/** Accept headers and whether the responses are sent directly. */
const accepts: readonly (readonly [accept: string | undefined, isDirect: boolean])[] = [
  [undefined, true],
  ['*/*', true],
  ['application/json', true],
  ['application/graphql-response+json', true],
  ['application/graphql-response+json, application/json;q=0.9', true],
  ['application/json, application/graphql-response+json', true],
  ['application/json;q=0.1, application/graphql-response+json;q=1', true],
  ['application/json; charset=utf-8', false],
  ['application/json; charset=latin1', false],
  ['application/*', true],
  ['APPLICATION/JSON', true],
  ['application/json;q=0', true],
  ['text/event-stream', false],
  ['application/json, text/event-stream', false],
  ['text/event-stream, application/json', false],
  ['multipart/mixed', false],
  ['multipart/mixed, application/json', false],
  ['text/html', false],
  ['text/html, */*;q=0.1', false],
  ['image/png', false],
  ['', false],
  [',', false],
]

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=latin1',
  'application/json ; charset=utf-8',
  'Application/JSON',
  'application/graphql+json',
  'application/graphql',
  'application/vnd.api+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
]

describe('a repeated request gets the response of the GraphQL engine', () => {
  it('to each body', async () => {
    const pair = await openGatewayPair()
    for (const [name, [body, isDirect]] of Object.entries(bodies)) {
      const comparison = await pair.compare(name, { headers: asOperator, body })
      expect.soft(comparison.isDirect, name).toBe(isDirect)
    }
  })

  it('in each media type that a client accepts', async () => {
    const pair = await openGatewayPair()
    for (const [text, isValid] of [
      ['{ viewer { role } }', true],
      ['{ room(id: "x") { id } }', true],
      ['{ nope }', false],
      ['{ rooms(first: 0) { nodes { id } } }', true],
    ] as const)
      for (const [accept, isDirect] of accepts) {
        const name = `accept ${accept}: ${text}`
        const comparison = await pair.compare(name, {
          headers: { ...asOperator, ...(accept !== undefined && { accept }) },
          body: { query: text },
        })
        expect.soft(comparison.isDirect, name).toBe(isDirect && isValid)
      }
  })

  it('in each media type of the request', async () => {
    const pair = await openGatewayPair()
    for (const type of contentTypes)
      await pair.compare(`content-type ${type}`, {
        headers: { ...asOperator, 'content-type': type },
        body: type === 'application/graphql' ? query : { query },
      })
  })

  it('by other methods, and with a query string', async () => {
    const pair = await openGatewayPair()
    const search = `?query=${encodeURIComponent(query)}`
    const requests: Readonly<Record<string, ComparedRequest>> = {
      get: { method: 'GET', search },
      head: { method: 'HEAD', search },
      'get of a page': { method: 'GET', headers: { accept: 'text/html' } },
      'get of a mutation': {
        method: 'GET',
        search: '?query=mutation{closeRoom(input:{roomId:"x"}){__typename}}',
      },
      put: { method: 'PUT', headers: JSON_TYPE, body: { query } },
      delete: { method: 'DELETE' },
      options: { method: 'OPTIONS', headers: { origin: 'http://127.0.0.1' } },
      'post with a query string': { search, body: { query: '{ viewer { role } }' } },
      'post with a query string only': { search, headers: JSON_TYPE, body: {} },
    }
    for (const [name, request] of Object.entries(requests))
      await pair.compare(name, { ...request, headers: { ...asOperator, ...request.headers } })
  })

  it('to each caller, for documents that others have sent', async () => {
    const pair = await openGatewayPair()
    for (const [name, headers] of Object.entries(callersOf(pair)))
      for (const text of [
        '{ viewer { role name } }',
        '{ rooms(first: 2) { nodes { id } } }',
        '{ __schema { queryType { name } } }',
        '{ viewer { rol } }',
      ])
        await pair.compare(`${name}: ${text}`, { headers, body: { query: text } })
  })

  it.each<TrustedDocumentsMode>(['off', 'public', 'all'])(
    'if trusted documents are %s',
    async (trustedDocuments) => {
      const documentsById = new Map([[hash, query]])
      const pair = await openGatewayPair({ config: { trustedDocuments, documentsById } })
      const requests = [
        { documentId: hash },
        { documentId: `sha256:${hash}` },
        { documentId: hash.replace('a', 'b') },
        { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
        { query },
        { query: `${query} ` },
        { query: '{ viewer { role } }' },
        { query, documentId: hash },
      ]
      for (const [name, headers] of Object.entries(callersOf(pair)))
        for (const body of requests) await pair.compare(`${name}: ${JSON.stringify(body)}`, { headers, body })
      const { isDirect } = await pair.compare('by id', { headers: asOperator, body: { documentId: hash } })
      expect(isDirect).toBe(true)
    },
  )

  it('if everybody may use introspection, and if nobody may', async () => {
    for (const introspection of ['anyone', 'off'] as const) {
      const pair = await openGatewayPair({ config: { introspection } })
      for (const headers of Object.values(callersOf(pair)))
        for (const text of [
          '{ __schema { queryType { name } } }',
          '{ __type(name: "Room") { name } }',
          '{ viewer { rol } }',
        ])
          await pair.compare(`${introspection}: ${text}`, { headers, body: { query: text } })
    }
  })
})

function callersOf(pair: GatewayPair): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    operator: asOperator,
    visitor: visitorHeaders(pair),
    'unknown visitor': asVisitor('nobody-4711-4711'),
    anonymous: asAnonymous,
    'invalid key': { authorization: 'Bearer nothing' },
    'two credentials': { ...asOperator, ...visitorHeaders(pair) },
  }
}

import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { print } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Config, TrustedDocumentsMode } from '../../../src/config/index.ts'
import { ConfigError } from '../../../src/config/index.ts'
import { createLog } from '../../../src/log.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, parseAnswer, request } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asAnonymous, asOperator, asVisitor } from '../../support/test-gateway.ts'

const ROLE = 'query Role($named: Boolean = false) { viewer { role name @include(if: $named) } }'
const LISTEN = 'subscription Listen($id: ID!) { messageAdded(roomId: $id) { id } }'
const OTHER = '{ viewer { role } }'
const idOf = (text: string) => createHash('sha256').update(text).digest('hex')
const documentsById = new Map([ROLE, LISTEN].map((text) => [idOf(text), text]))

const operator = { viewer: { role: 'OPERATOR', name: 'tester' } }
const UNTRUSTED = { errors: [{ extensions: { code: 'UNTRUSTED_DOCUMENT' } }] }
const NOT_FOUND = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
}

const open = (trustedDocuments: TrustedDocumentsMode, config: Partial<Config> = {}) =>
  openGatewayWithoutProviders({ trustedDocuments, documentsById, ...config })

type Params = Readonly<Record<string, unknown>>
const apollo = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: idOf(text) } } })

/** The transports of a single response, each with its HTTP status if it has one. */
const transports = {
  async post(url: string, params: Params, headers: Readonly<Record<string, string>>) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const reply = await request(url, { ...init, body: JSON.stringify(params) })
    return { status: reply.status, answer: parseAnswer(reply) }
  },
  async get(url: string, params: Params, headers: Readonly<Record<string, string>>) {
    const texts = Object.entries(params).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const reply = await request(`${url}?${new URLSearchParams(texts)}`, { headers })
    return { status: reply.status, answer: parseAnswer(reply) }
  },
  async socket(url: string, params: Params, headers: Readonly<Record<string, string>>) {
    const { authorization, 'x-visitor-token': visitorToken } = headers
    const { send, next } = await connectAs(url, { authorization, visitorToken })
    send({ type: 'subscribe', id: '1', payload: params })
    const { type, payload } = await next()
    return { status: null, answer: type === 'error' ? { errors: payload } : payload }
  },
}

describe.each(Object.entries(transports))('by %s', (_, send) => {
  it.each<[how: string, params: Params]>([
    ['its id', { documentId: idOf(ROLE) }],
    ['its prefixed id', { documentId: `sha256:${idOf(ROLE)}` }],
    ['its id and its text', { documentId: idOf(ROLE), query: ROLE }],
    ['Apollo’s form', apollo(ROLE)],
    ['Apollo’s form with an empty text', { ...apollo(ROLE), query: '' }],
    ['Apollo’s form with the text', { ...apollo(ROLE), query: ROLE }],
  ])('a trusted document runs by %s, with its variables', async (_how, params) => {
    const { url } = await open('off')
    const named = { ...params, operationName: 'Role', variables: { named: true } }
    expect((await send(url, named, asOperator)).answer).toEqual({ data: operator })
  })

  it.each<[mode: TrustedDocumentsMode, who: string, headers: Record<string, string>, runs: boolean]>([
    ['off', 'anybody', asAnonymous, true],
    ['public', 'anybody', asAnonymous, false],
    ['public', 'a visitor', asVisitor('some-token'), false],
    ['public', 'an operator', asOperator, true],
    ['all', 'an operator', asOperator, false],
  ])('in the mode %s another document of %s', async (mode, _who, headers, runs) => {
    const { url } = await open(mode)
    const { status, answer } = await send(url, { query: OTHER }, headers)
    if (runs) return expect(answer).toMatchObject({ data: { viewer: {} } })
    expect(answer).toMatchObject(UNTRUSTED)
    expect(status ?? 400).toBe(400)
  })

  it.each<TrustedDocumentsMode>(['public', 'all'])(
    'in the mode %s a trusted one runs by its text',
    async (mode) => {
      const { url } = await open(mode)
      expect((await send(url, { query: ROLE }, asAnonymous)).answer).toEqual({
        data: { viewer: { role: 'ANONYMOUS' } },
      })
      expect((await send(url, { query: `${ROLE} ` }, asAnonymous)).answer).toMatchObject(UNTRUSTED)
    },
  )

  it.each<[form: string, params: Params]>([
    ['documentId', { documentId: idOf(OTHER) }],
    ['Apollo’s form', apollo(OTHER)],
    ['an id that is no hash', { documentId: 'role' }],
  ])('an unknown id gets the error of Apollo Server: %s', async (_form, params) => {
    const { url } = await open('off')
    const { status, answer } = await send(url, params, asOperator)
    expect(answer).toMatchObject(NOT_FOUND)
    expect(status ?? 400).toBe(400)
  })

  it('an id with another text is rejected', async () => {
    const { url } = await open('public')
    const { status, answer } = await send(url, { documentId: idOf(ROLE), query: OTHER }, asAnonymous)
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect(status ?? 400).toBe(400)
  })

  it('a text that is sent with its id is not stored', async () => {
    const { url } = await open('off')
    expect((await send(url, { ...apollo(OTHER), query: OTHER }, asOperator)).answer).toHaveProperty('data')
    expect((await send(url, apollo(OTHER), asOperator)).answer).toMatchObject(NOT_FOUND)
  })

  it('without configured documents, ids are not supported', async () => {
    const { url } = await open('off', { documentsById: new Map() })
    expect((await send(url, apollo(ROLE), asOperator)).answer).toMatchObject({
      errors: [
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ],
    })
  })
})

describe('a subscription', () => {
  const variables = { id: 'no room' }
  const refused = { errors: [{ extensions: { code: 'INVALID_INPUT' } }] }

  it('runs by its id over server-sent events', async () => {
    const { url } = await open('public')
    const named = { query: '', documentId: idOf(LISTEN), variables }
    expect((await (await openEventStream(url, named, asVisitor('some-token'))).next()).data).toMatchObject(
      refused,
    )
  })

  it('runs by its id over a WebSocket', async () => {
    const { url } = await open('public')
    const { send, next } = await connectAs(url, { visitorToken: 'some-token' })
    send({ type: 'subscribe', id: '1', payload: { documentId: `sha256:${idOf(LISTEN)}`, variables } })
    expect((await next()).payload).toMatchObject(refused)
  })

  it('that is not trusted is rejected over server-sent events', async () => {
    const { url } = await open('public')
    const headers = {
      ...asVisitor('some-token'),
      accept: 'text/event-stream',
      'content-type': 'application/json',
    }
    const body = JSON.stringify({ query: `${LISTEN} `, variables })
    const { text } = await request(url, { method: 'POST', headers, body })
    expect(text).toContain('UNTRUSTED_DOCUMENT')
  })

  it('without text and id still violates the protocol', async () => {
    const { url } = await open('public')
    const { send, closed } = await connectAs(url)
    send({ type: 'subscribe', id: '1', payload: { variables } })
    expect(await closed).toMatchObject({ code: 4400 })
  })
})

describe('no other form of request bypasses the check', () => {
  it.each<[how: string, type: string, body: string]>([
    ['a byte order mark', 'application/json', `\uFEFF${JSON.stringify({ query: OTHER })}`],
    ['a document alone', 'application/graphql', OTHER],
    ['a member twice', 'application/json', `{"query":${JSON.stringify(ROLE)},"query":"${OTHER}"}`],
    ['escapes', 'application/json', '{"qu\\u0065ry":"{ __typename }"}'],
    ['another media type', 'application/graphql+json', JSON.stringify({ query: OTHER })],
  ])('%s', async (_, type, body) => {
    const { url } = await open('public')
    const reply = await request(url, { method: 'POST', headers: { 'content-type': type }, body })
    expect(parseAnswer(reply).data ?? null).toBeNull()
    expect(reply.status).toBeGreaterThanOrEqual(400)
  })

  it('a text in the URL of a POST', async () => {
    const { url } = await open('public')
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    const reply = await request(`${url}?${new URLSearchParams({ query: OTHER })}`, init)
    expect(parseAnswer(reply)).not.toHaveProperty('data')
  })
})

describe('GraphiQL', () => {
  it.each<[mode: TrustedDocumentsMode, served: boolean]>([
    ['public', true],
    ['all', false],
  ])('in the mode %s', async (mode, served) => {
    const { url } = await open(mode, { introspection: 'anyone' })
    const { headers } = await request(url, { headers: { accept: 'text/html' } })
    expect(headers.get('content-type')?.startsWith('text/html') ?? false).toBe(served)
  })
})

describe('a rejected document', () => {
  it.each(Object.entries(transports))('is counted and logged once by %s', async (_, send) => {
    const lines: Readonly<Record<string, unknown>>[] = []
    const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) })
    const { url } = await openGatewayWithoutProviders({ trustedDocuments: 'all', documentsById }, { log })
    await send(url, { query: OTHER }, asOperator)
    await send(url, { query: 'subscription Listen { roomActivity { id } }' }, asOperator)
    await send(url, { documentId: idOf(OTHER) }, asOperator)
    await waitUntil(() => lines.length >= 3)
    expect(lines).toHaveLength(3)
    for (const line of lines)
      expect(line).toMatchObject({ reason: 'untrusted_document', address: '127.0.0.1', operator: 'tester' })
    const { text } = await request(endpointUrl(url, '/metrics'))
    expect(text).toContain('switchboard_refused_requests_total{reason="untrusted_document"} 3\n')
  })
})

describe('Apollo Client with persisted queries', () => {
  it.each<[what: string, headers: Record<string, string>, mode: TrustedDocumentsMode, posts: number]>([
    ['a trusted document', asAnonymous, 'public', 1],
    ['another, where it may: it sends the text after the id', asOperator, 'public', 2],
  ])('runs %s', async (_, headers, mode, posts) => {
    const query = gql(posts === 1 ? ROLE : OTHER)
    // Its cache adds `__typename` to the document, so its text differs.
    const cache = new InMemoryCache()
    const sent = posts === 1 ? print(cache.transformDocument(query)) : ROLE
    const { url } = await open(mode, { documentsById: new Map([[idOf(sent), sent]]) })
    let asked = 0
    const counting: typeof fetch = (input, init) => {
      asked += 1
      return fetch(input, init)
    }
    const link = ApolloLink.from([
      new PersistedQueryLink({ sha256: idOf }),
      new HttpLink({ uri: url, headers, fetch: counting }),
    ])
    const { data } = await new ApolloClient({ link, cache }).query({ query })
    expect(data).toMatchObject({ viewer: { role: expect.any(String) } })
    expect(asked).toBe(posts)
  })
})

it('a gateway with a document that is not valid for its schema does not start', async () => {
  const wrong = ['{ viewer { nothing } }', 'query {', 'fragment Alone on Viewer { role }']
  const starting = openGatewayWithoutProviders({
    documentsById: new Map(wrong.map((text) => [idOf(text), text])),
  })
  const error: unknown = await starting.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ConfigError)
  expect(error).toMatchObject({
    issueLines: wrong.map((text) =>
      expect.stringMatching(`^TRUSTED_DOCUMENTS_FILE: document ${idOf(text)} is not valid`),
    ),
  })
})

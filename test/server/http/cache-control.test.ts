import { expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { request, requestWithHost } from '../../support/http.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Viewer } from '../documents.ts'

const json = { 'content-type': 'application/json' }
const post = (body: string, headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  headers: { ...json, ...headers },
  body,
})
const query = Viewer.toString()

it.each<[answer: string, status: number, init: RequestInit, search?: string]>([
  ['data', 200, post(JSON.stringify({ query }))],
  ['data by GET', 200, {}, `?${new URLSearchParams({ query })}`],
  ['a document that does not parse', 200, post(JSON.stringify({ query: '{' }))],
  ['a body that is no JSON', 400, post('{', { accept: 'application/graphql-response+json' })],
  [
    'a document that is not valid',
    400,
    post('{"query":"{ nothing }"}', { accept: 'application/graphql-response+json' }),
  ],
  ['a mutation by GET', 405, {}, '?query=mutation{__typename}'],
  ['a method that it does not take', 405, { method: 'PUT' }],
  ['a wrong credential', 401, post(JSON.stringify({ query }), { authorization: 'Bearer nope' })],
  ['a media type that it does not take', 415, post(query, { 'content-type': 'text/plain' })],
  ['a body that is too large', 413, post(query.padEnd(1024 * 1024 + 1))],
  ['GraphiQL', 200, { headers: { accept: 'text/html' } }],
  [
    'a refused subscription',
    200,
    post('{"query":"subscription { messageAdded(roomId: \\"x\\") { id } }"}', {
      accept: 'text/event-stream',
    }),
  ],
])('no answer may be stored: %s', async (_, status, init, search = '') => {
  const { url } = await openGatewayWithoutProviders({ introspection: 'anyone' })
  const reply = await request(`${url}${search}`, init)
  expect(reply.status).toBe(status)
  expect(reply.headers.get('cache-control')).toBe('no-store')
})

it('responses must not be cached: a host that is not allowed', async () => {
  const { url } = await openGatewayWithoutProviders()
  const { status, headers } = await requestWithHost(url, { headers: { host: 'evil.example' } })
  expect(status).toBe(421)
  expect(headers.get('cache-control')).toBe('no-store')
})

it.each(['roomActivity { id }', 'own: roomActivity { __typename }'])(
  'event streams must not be cached: %s',
  async (field) => {
    const { url } = await openGatewayWithoutProviders()
    const leaving = new AbortController()
    const body = JSON.stringify({ query: `subscription { ${field} }` })
    const headers = { ...json, ...asOperator, accept: 'text/event-stream' }
    const response = await fetch(url, { method: 'POST', headers, body, signal: leaving.signal })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    leaving.abort()
  },
)

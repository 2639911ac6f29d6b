import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../../../../sandbox/faults.ts'
import { Hub } from '../../../../src/live/hub.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { type GatewayPair, openGatewayPair, visitorHeaders } from './gateway-pair.ts'

/** Responses of a provider instead of data. */
const faults: Readonly<Record<string, Fault>> = {
  'status 500': { kind: 'answer', status: 500, body: { error: 'broken' } },
  'status 401': { kind: 'answer', status: 401, body: { status: 'error', message: 'You must be logged in.' } },
  'status 403': { kind: 'answer', status: 403, body: { success: false, error: 'unauthorized' } },
  'status 404': { kind: 'answer', status: 404, body: {} },
  'a text': { kind: 'answer', status: 200, body: 'garbage' },
  'an empty object': { kind: 'answer', status: 200, body: {} },
  'a list': { kind: 'answer', status: 200, body: [1, null, 'x'] },
  'an invalid redirect': { kind: 'answer', status: 302, body: '', headers: { location: 'http://[' } },
  'a connection that is reset': { kind: 'reset' },
  'half of a body': { kind: 'half-body' },
}

const listOf = (filter: string) =>
  `{ rooms(first: 3${filter}) { nodes { id status messages(last: 2) { nodes { text } } } pageInfo { endCursor } } }`
const LIST = listOf('')

/** Queries that read from providers. `$room` and `$message` exist. */
const queries = [
  LIST,
  '{ a: rooms(first: 2) { nodes { lastMessage { text } } } b: rooms(first: 1, filter: { providers: ["livechat"] }) { nodes { id } } providers { name online departments { id name } } }',
  '{ room(id: "$room") { id status visitor { name } messages(last: 2) { nodes { id text author { name } } } } viewer { role } }',
  '{ nodes(ids: ["$room", "$message", "x", "$room"]) { id ... on Room { status department { name } } ... on Message { text room { status } } } }',
  '{ offlineMessages(first: 3) { nodes { id text } totalCount } providers { health { status } } }',
  '{ a: room(id: "$room") { messages(first: 1, last: 1) { nodes { id } } } b: room(id: "$room") { messages(after: "x") { nodes { id } } } c: room(id: "$message") { id } }',
]

afterEach(() => {
  vi.restoreAllMocks()
})

const effects = { hasEffects: true }

describe('a repeated request gets the response of the GraphQL engine', () => {
  it.each(Object.entries(faults))('if a provider responds with %s', async (_, fault) => {
    for (const provider of ['rocketChat', 'liveChat'] as const) {
      const pair = await openGatewayPair({}, effects)
      const texts = await withIds(pair, queries)
      const heal = pair[provider].injectFault(fault)
      for (const query of texts)
        await pair.compare(`${provider}, operator: ${query}`, { headers: asOperator, body: { query } })
      const ofVisitors = texts.filter((query) => query.startsWith('{ room('))
      for (const query of ofVisitors)
        await pair.compare(`${provider}, visitor: ${query}`, {
          headers: visitorHeaders(pair),
          body: { query },
        })
      heal()
    }
  })

  it('if a provider responds with status 429', async () => {
    for (const provider of ['rocketChat', 'liveChat'] as const) {
      const pair = await openGatewayPair({}, effects)
      pair[provider].injectFault({ kind: 'answer', status: 429, body: {}, headers: { 'retry-after': '1' } })
      await pair.compare(provider, { headers: asOperator, body: { query: LIST } })
    }
  })

  it('if a provider does not respond in time', async () => {
    for (const provider of ['rocketChat', 'liveChat'] as const) {
      const pair = await openGatewayPair({ config: { upstreamTimeoutMs: 500 } }, effects)
      pair[provider].injectFault({ kind: 'stall' })
      // Only of this provider: on a busy machine the other may not respond in time either.
      const query = listOf(`, filter: { providers: ["${provider.toLowerCase()}"] }`)
      await pair.compare(provider, { headers: asOperator, body: { query } })
    }
  })

  it('if a field has an unexpected error', async () => {
    const pair = await openGatewayPair({}, effects)
    const [room] = await withIds(pair, ['{ a: room(id: "$room") { id live { source } } viewer { role } }'])
    vi.spyOn(Hub.prototype, 'getRoomLiveState').mockImplementation(() => {
      throw new TypeError('a defect in cache.internal:6379')
    })
    vi.spyOn(Hub.prototype, 'getAccountLiveState').mockImplementation(() => {
      throw new TypeError('a defect in cache.internal:6379')
    })
    const texts = [
      room ?? '',
      '{ rooms(first: 3) { nodes { id live { source } } } viewer { role } }',
      '{ providers { live { source } } viewer { role } }',
      '{ viewer { role } rooms(first: 3) { edges { node { status live { source } } } pageInfo { hasNextPage } } }',
    ]
    for (const query of texts) {
      const { isDirect, text } = await pair.compare(query, { headers: asOperator, body: { query } })
      expect(isDirect, query).toBe(true)
      expect(text).toContain('INTERNAL_SERVER_ERROR')
      expect(text).not.toContain('cache.internal')
    }
  })

  it('for rooms and messages of others, and of nobody', async () => {
    const pair = await openGatewayPair({}, effects)
    const texts = await withIds(pair, [
      '{ room(id: "$foreignRoom") { id messages(last: 1) { nodes { text } } } }',
      '{ node(id: "$foreignMessage") { id ... on Message { text } } }',
      '{ nodes(ids: ["$foreignRoom", "$room", "$foreignMessage"]) { id } }',
      '{ room(id: "$room") { id status messages(last: 3) { nodes { text room { id } } } } }',
      '{ rooms(first: 3) { nodes { id } } }',
      '{ offlineMessages(first: 3) { nodes { id } } }',
      '{ roomByNativeId(provider: "rocketchat", nativeId: "nobody") { id } x: roomByNativeId(provider: "nowhere", nativeId: "a") { id } }',
      '{ providers { name departments { name } live { source } } viewer { role name } }',
    ])
    for (const query of texts)
      for (const headers of [visitorHeaders(pair), { 'x-visitor-token': 'nobody-4711-4711' }, {}])
        await pair.compare(`${JSON.stringify(headers)}: ${query}`, { headers, body: { query } })
  })

  it('above the limit on calls of a visitor that no provider knows', async () => {
    const pair = await openGatewayPair({}, effects)
    const ids = Array.from(
      { length: 30 },
      (_, at) => `a${at}: roomByNativeId(provider: "rocketchat", nativeId: "n${at}") { id }`,
    )
    const query = `{ ${ids.join(' ')} }`
    for (const headers of [{ 'x-visitor-token': 'nobody-4711-4711' }, {}, visitorHeaders(pair)])
      await pair.compare(JSON.stringify(headers), { headers, body: { query } })
  })
})

/** Replaces the ids in documents: of a room of the pair's visitor, and of a room of somebody else. */
async function withIds(pair: GatewayPair, texts: readonly string[]): Promise<readonly string[]> {
  const [own, foreign] = pair.rocketChat.demo.visitors
  const query = `{
    own: roomByNativeId(provider: "rocketchat", nativeId: "${own?.roomId}") { id messages(last: 1) { nodes { id } } }
    foreign: roomByNativeId(provider: "rocketchat", nativeId: "${foreign?.roomId}") { id messages(last: 1) { nodes { id } } }
  }`
  const { response } = await pair.compare('the ids', { headers: asOperator, body: { query } })
  const { data } = Object(response.body)
  const ids: Readonly<Record<string, unknown>> = {
    room: data.own.id,
    message: data.own.messages.nodes[0].id,
    foreignRoom: data.foreign.id,
    foreignMessage: data.foreign.messages.nodes[0].id,
  }
  return texts.map((text) => text.replace(/\$(\w+)/g, (_, name: string) => String(ids[name])))
}

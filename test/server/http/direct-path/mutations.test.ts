import { describe, expect, it } from 'vitest'
import { asAnonymous, asOperator } from '../../../support/test-gateway.ts'
import { everyMutation, repeatMutation } from '../../limits/every-mutation.ts'
import { type GatewayPair, openGatewayPair, visitorHeaders } from './gateway-pair.ts'

/** Members of the response that differ between two successful mutations. */
const volatile = [
  'id',
  'nativeId',
  'createdAt',
  'editedAt',
  'lastActivityAt',
  'visitorToken',
  'messageId',
  'receivedAt',
  'deletedAt',
]

const SEND = `mutation Send($input: SendMessageInput!) { sendMessage(input: $input) {
  __typename ... on SendMessagePayload { message { id text author { name role } createdAt room { id status } } }
  ... on UserError { code detail } ... on InvalidInputError { field } ... on ProviderUnavailableError { provider } } }`
const START = `mutation Start($input: StartRoomInput!) { startRoom(input: $input) {
  __typename ... on StartRoomPayload { visitorToken room { id status visitor { name email } } } ... on UserError { code detail } } }`
const LEAVE = `mutation Leave($input: SendOfflineMessageInput!) { sendOfflineMessage(input: $input) {
  __typename ... on SendOfflineMessagePayload { offlineMessage { id text email delivery { state } } }
  ... on UserError { code detail } ... on InvalidInputError { field } ... on ConflictError { detail } } }`

const effects = { hasEffects: true }

describe('a repeated mutation gets the response of the GraphQL engine', () => {
  it('each, with ids and providers that do not exist', async () => {
    const pair = await openGatewayPair({}, effects)
    for (const mutation of everyMutation) {
      for (const headers of [asOperator, visitorHeaders(pair), asAnonymous])
        for (const query of [repeatMutation(mutation, 1), repeatMutation(mutation, 3)])
          await pair.compare(`${JSON.stringify(headers)}: ${query}`, { headers, body: { query } })
      const { isDirect } = await pair.compare(`direct: ${mutation.name}`, {
        headers: asOperator,
        body: { query: repeatMutation(mutation, 2) },
      })
      expect.soft(isDirect, mutation.name).toBe(true)
    }
  })

  it('that sends messages, with valid and invalid input', async () => {
    const pair = await openGatewayPair({}, effects)
    const roomId = await ownRoom(pair)
    const inputs: readonly unknown[] = [
      { roomId, text: 'hello' },
      { roomId, text: 'hello', idempotencyKey: null },
      { roomId, text: '' },
      { roomId, text: 'x'.repeat(20_000) },
      { roomId: 'x', text: 'hello' },
      { roomId, text: null },
      { roomId },
      { roomId, text: 'hello', idempotencyKey: '' },
      { roomId, text: 'hello', other: 1 },
      null,
      [],
      [{ roomId, text: 'hello' }],
    ]
    for (const [name, headers] of [
      ['visitor', visitorHeaders(pair)],
      ['operator', asOperator],
      ['anonymous', {}],
    ] as const)
      for (const input of inputs) {
        const request = { headers, body: { query: SEND, variables: { input } } }
        await pair.compare(`${name}: ${JSON.stringify(input).slice(0, 80)}`, request, { volatile })
      }
    const valid = { headers: visitorHeaders(pair), body: { query: SEND, variables: { input: inputs[0] } } }
    const { isDirect, text } = await pair.compare('direct', valid, { volatile })
    expect({ isDirect, text }).toMatchObject({
      isDirect: true,
      text: expect.stringContaining('SendMessagePayload'),
    })
  })

  it('that sends a message with optional variables inside of its input', async () => {
    const pair = await openGatewayPair({}, effects)
    const roomId = await ownRoom(pair)
    const query = `mutation ($roomId: ID!, $text: String!, $key: String) {
      sendMessage(input: { roomId: $roomId, text: $text, idempotencyKey: $key }) {
        __typename ... on SendMessagePayload { message { text } } ... on UserError { code detail } ... on InvalidInputError { field } } }`
    for (const variables of [
      { roomId, text: 'a' },
      { roomId, text: 'b', key: null },
      { roomId, text: 'c', key: '' },
    ])
      await pair.compare(JSON.stringify(variables), {
        headers: visitorHeaders(pair),
        body: { query, variables },
      })
  })

  it('that opens a room and acts in it as the new visitor', async () => {
    const pair = await openGatewayPair({}, effects)
    const inputs = [
      { provider: 'rocketchat', name: 'Ada' },
      { provider: 'livechat', name: 'Ada' },
      { provider: 'nowhere' },
      {},
    ]
    for (const input of inputs)
      for (const headers of [asAnonymous, asOperator])
        await pair.compare(
          JSON.stringify(input),
          { headers, body: { query: START, variables: { input } } },
          { volatile },
        )
  })

  it('that leaves offline messages', async () => {
    const pair = await openGatewayPair({}, effects)
    const valid = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
    const inputs = [
      valid,
      { ...valid, provider: 'livechat' },
      { ...valid, email: 'ada' },
      { ...valid, text: '' },
      { ...valid, host: 'ftp://x' },
    ]
    for (const input of inputs)
      await pair.compare(
        JSON.stringify(input),
        { body: { query: LEAVE, variables: { input } } },
        { volatile },
      )
  })

  it('several times in one operation, in order', async () => {
    const pair = await openGatewayPair({}, effects)
    const roomId = await ownRoom(pair)
    const call = (alias: string, text: string) =>
      `${alias}: sendMessage(input: { roomId: "${roomId}", text: "${text}" }) { ... on SendMessagePayload { message { text room { lastMessage { text } } } } ... on UserError { code } }`
    const query = `mutation { ${call('a', 'one')} b: closeRoom(input: { roomId: "x" }) { __typename } ${call('c', 'two')} ${call('d', 'three')} }`
    const { isDirect, text } = await pair.compare(
      query,
      { headers: visitorHeaders(pair), body: { query } },
      { volatile },
    )
    expect(isDirect).toBe(true)
    expect(text).toMatch(/"one".*"two".*"three"/)
  })

  it.each(['answer', 'reset', 'reset-after-commit'] as const)('if the provider fails: %s', async (kind) => {
    const pair = await openGatewayPair({}, effects)
    const roomId = await ownRoom(pair)
    const method = 'POST'
    pair.rocketChat.injectFault(
      kind === 'answer' ? { kind, status: 500, body: {}, method } : { kind, method },
    )
    const input = { roomId, text: 'hello' }
    const request = { headers: visitorHeaders(pair), body: { query: SEND, variables: { input } } }
    await pair.compare(kind, request, { volatile })
  })

  it('beyond the rate limit', async () => {
    const rateLimits = { anonymous: 1, visitor: 2, operator: 2 }
    const pair = await openGatewayPair({ config: { rateLimits } }, effects)
    const mutation = everyMutation.find(({ name }) => name === 'closeRoom') ?? { name: '', call: '' }
    for (const headers of [asOperator, visitorHeaders(pair)])
      for (const times of [1, 2, 3]) {
        const query = repeatMutation(mutation, times)
        await pair.compare(query, { headers, body: { query } })
      }
  })
})

async function ownRoom(pair: GatewayPair): Promise<string> {
  const [visitor] = pair.rocketChat.demo.visitors
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${visitor?.roomId}") { id } }`
  const { response } = await pair.compare('the room', { headers: visitorHeaders(pair), body: { query } })
  return Object(response.body).data.roomByNativeId.id
}

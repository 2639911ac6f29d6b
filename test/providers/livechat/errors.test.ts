import { describe, expect, it } from 'vitest'
import { apiFaults, htmlServerError } from '../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Room, RoomList, Send } from './support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  countRequests,
  customerAction,
  openLiveChatGateway,
  roomIdOf,
} from './support/livechat-gateway.ts'

const failure = (type: string, message = 'whatever LiveChat says') => ({ error: { type, message } })

async function sendWithResponse(status: number, body: unknown, headers: Record<string, string> = {}) {
  const gateway = await openLiveChatGateway()
  const roomId = await roomIdOf(gateway, gateway.liveChat.chats.start())
  gateway.liveChat.injectFault({ kind: 'answer', route: agentAction('send_event'), status, body, headers })
  const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
  return sendMessage
}

describe('an error response is classified', () => {
  it.each([
    ['missing_access', 403, 'NOT_FOUND'],
    ['not_found', 404, 'NOT_FOUND'],
    ['chat_anonymized', 400, 'NOT_FOUND'],
    ['entity_too_large', 413, 'INVALID_INPUT'],
    ['limit_reached', 422, 'CONFLICT'],
    ['agent_offline', 422, 'CONFLICT'],
    ['too_many_requests', 429, 'RATE_LIMITED'],
    ['too_many_requests', 400, 'RATE_LIMITED'],
    ['license_expired', 402, 'PROVIDER_ERROR'],
    ['unsupported_version', 400, 'PROVIDER_ERROR'],
    ['wrong_product_version', 400, 'PROVIDER_ERROR'],
    ['validation', 400, 'PROVIDER_ERROR'],
    ['service_unavailable', 503, 'PROVIDER_UNAVAILABLE'],
    ['request_timeout', 504, 'OUTCOME_UNKNOWN'],
    ['authentication', 401, 'PROVIDER_ERROR'],
    ['customer_banned', 403, 'FORBIDDEN'],
  ])('by its type first: %s with %d is %s', async (type, status, code) => {
    const result = await sendWithResponse(status, failure(type))
    expect(result).toMatchObject({ code })
    expect(JSON.stringify(result)).not.toContain('whatever LiveChat says')
  })

  it.each([
    [404, 'NOT_FOUND'],
    [413, 'INVALID_INPUT'],
    [418, 'PROVIDER_ERROR'],
    [429, 'RATE_LIMITED'],
    [502, 'OUTCOME_UNKNOWN'],
  ])('by its status if the type is unknown: %d is %s', async (status, code) => {
    expect(await sendWithResponse(status, failure('a_word_of_tomorrow'))).toMatchObject({ code })
    expect(await sendWithResponse(status, '<html>no</html>')).toMatchObject({ code })
  })

  it('by its text if its type is not documented', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    gateway.liveChat.chats.close(chat.id)
    const roomId = await roomIdOf(gateway, chat)
    const route = agentAction('send_event')
    gateway.liveChat.injectFault({
      kind: 'answer',
      route,
      status: 422,
      body: failure('validation', 'Chat not active'),
    })
    const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(countRequests(gateway)).toMatchObject({ 'agent/send_event': 1, 'agent/resume_chat': 1 })
  })
})

describe('a rate-limit response', () => {
  it('has LiveChat’s waiting time, if it contains one', async () => {
    const { status, body } = apiFaults.tooManyRequests
    expect(await sendWithResponse(status, body)).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000 })
    expect(await sendWithResponse(status, body, { 'retry-after': '7' })).toMatchObject({
      retryAfterMs: 7_000,
    })
    expect(await sendWithResponse(status, body, { 'retry-after': 'soon' })).toMatchObject({
      retryAfterMs: 1_000,
    })
  })

  it('holds back further requests', async () => {
    const gateway = await openLiveChatGateway()
    gateway.liveChat.injectFault({ ...apiFaults.tooManyRequests, route: agentAction('list_chats') })
    await sendOperation(gateway.url, RoomList, {}, asOperator)
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 1 })
  })
})

describe('a response that is not LiveChat’s', () => {
  it.each([
    [
      'a page of a proxy',
      { kind: 'answer', status: 200, body: '<html>Welcome</html>' } as const,
      'PROVIDER_ERROR',
    ],
    ['JSON of another shape', { kind: 'answer', status: 200, body: [] } as const, 'PROVIDER_ERROR'],
    ['an HTML page of a failing server', htmlServerError, 'PROVIDER_UNAVAILABLE'],
    ['no response', { kind: 'stall' } as const, 'PROVIDER_UNAVAILABLE'],
  ])('%s: the room is null, with %s', async (_what, fault, code) => {
    // A server that responds may take its time on a busy machine.
    const config = fault.kind === 'stall' ? { upstreamTimeoutMs: 150 } : {}
    const gateway = await openLiveChatGateway({ config })
    const chat = gateway.liveChat.chats.start()
    gateway.liveChat.injectFault({ ...fault, route: agentAction('get_chat') })
    const { errors } = await sendOperation(gateway.url, Room, { id: chat.id }, asOperator)
    expect(errors).toMatchObject([{ extensions: { code, provider: 'livechat' } }])
  })
})

describe('a native id', () => {
  it.each(['../list_chats', 'R?x=1', '"}', '🏳️‍🌈', 'R1 or 1=1', 'x'.repeat(1_000)])(
    'is data, whatever it is made of: %j',
    async (id) => {
      const gateway = await openLiveChatGateway()
      const chat = gateway.liveChat.chats.start()
      for (const headers of [asOperator, asVisitorOf(gateway, chat)]) {
        const { roomByNativeId } = await fetchData(gateway.url, Room, { id }, headers)
        expect(roomByNativeId).toBeNull()
      }
      expect(gateway.liveChat.calls.map(({ route, body }) => [route, JSON.parse(body)])).toEqual([
        [agentAction('get_chat'), { chat_id: id }],
        [customerAction('get_chat'), { chat_id: id }],
      ])
    },
  )
})

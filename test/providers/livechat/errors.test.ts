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

async function sending(status: number, body: unknown, headers: Record<string, string> = {}) {
  const licence = await openLiveChatGateway()
  const roomId = await roomIdOf(licence, licence.liveChat.chats.start())
  licence.liveChat.injectFault({ kind: 'answer', route: agentAction('send_event'), status, body, headers })
  const { sendMessage } = await fetchData(licence.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
  return sendMessage
}

describe('a refusal is judged', () => {
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
    const told = await sending(status, failure(type))
    expect(told).toMatchObject({ code })
    expect(JSON.stringify(told)).not.toContain('whatever LiveChat says')
  })

  it.each([
    [404, 'NOT_FOUND'],
    [413, 'INVALID_INPUT'],
    [418, 'PROVIDER_ERROR'],
    [429, 'RATE_LIMITED'],
    [502, 'OUTCOME_UNKNOWN'],
  ])('by its status where the type says nothing: %d is %s', async (status, code) => {
    expect(await sending(status, failure('a_word_of_tomorrow'))).toMatchObject({ code })
    expect(await sending(status, '<html>no</html>')).toMatchObject({ code })
  })

  it('by its words where only these were ever seen', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start()
    licence.liveChat.chats.close(chat.id)
    const roomId = await roomIdOf(licence, chat)
    const route = agentAction('send_event')
    licence.liveChat.injectFault({
      kind: 'answer',
      route,
      status: 422,
      body: failure('validation', 'Chat not active'),
    })
    const { sendMessage } = await fetchData(licence.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(countRequests(licence)).toMatchObject({ 'agent/send_event': 1, 'agent/resume_chat': 1 })
  })
})

describe('a limit', () => {
  it('is told with its waiting time where LiveChat names one', async () => {
    const { status, body } = apiFaults.tooManyRequests
    expect(await sending(status, body)).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000 })
    expect(await sending(status, body, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 })
    expect(await sending(status, body, { 'retry-after': 'soon' })).toMatchObject({ retryAfterMs: 1_000 })
  })

  it('is not met again by asking at once', async () => {
    const licence = await openLiveChatGateway()
    licence.liveChat.injectFault({ ...apiFaults.tooManyRequests, route: agentAction('list_chats') })
    await sendOperation(licence.url, RoomList, {}, asOperator)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 1 })
  })
})

describe('what is no answer of LiveChat', () => {
  it.each([
    [
      'a page of a proxy',
      { kind: 'answer', status: 200, body: '<html>Welcome</html>' } as const,
      'PROVIDER_ERROR',
    ],
    ['JSON of another shape', { kind: 'answer', status: 200, body: [] } as const, 'PROVIDER_ERROR'],
    ['a page of a broken server', htmlServerError, 'PROVIDER_UNAVAILABLE'],
    ['silence', { kind: 'stall' } as const, 'PROVIDER_UNAVAILABLE'],
  ])('%s costs the room, as %s', async (_what, fault, code) => {
    const licence = await openLiveChatGateway({ config: { upstreamTimeoutMs: 150 } })
    const chat = licence.liveChat.chats.start()
    licence.liveChat.injectFault({ ...fault, route: agentAction('get_chat') })
    const { errors } = await sendOperation(licence.url, Room, { id: chat.id }, asOperator)
    expect(errors).toMatchObject([{ extensions: { code, provider: 'livechat' } }])
  })
})

describe('an id', () => {
  it.each(['../list_chats', 'R?x=1', '"}', '🏳️‍🌈', 'R1 or 1=1', 'x'.repeat(1_000)])(
    'is data, whatever it is made of: %j',
    async (id) => {
      const licence = await openLiveChatGateway()
      const chat = licence.liveChat.chats.start()
      for (const headers of [asOperator, asVisitorOf(licence, chat)]) {
        const { roomByNativeId } = await fetchData(licence.url, Room, { id }, headers)
        expect(roomByNativeId).toBeNull()
      }
      expect(licence.liveChat.calls.map(({ route, body }) => [route, JSON.parse(body)])).toEqual([
        [agentAction('get_chat'), { chat_id: id }],
        [customerAction('get_chat'), { chat_id: id }],
      ])
    },
  )
})

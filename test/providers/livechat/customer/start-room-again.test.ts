import { describe, expect, it } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { Renew, Start } from '../support/documents.ts'
import {
  agentAction,
  countRequests,
  customerAction,
  type LiveChatGateway,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const KEY = '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e'

const openGateway = async () => openLiveChatGateway({ configure: withOAuth })

/** A customer with a chat, or without, and its token. */
function addCustomer({ liveChat }: LiveChatGateway, hasChat = true) {
  const chat = hasChat ? liveChat.chats.start({ say: 'hello' }) : null
  const { id } = chat ? liveChat.chats.customerOf(chat.id) : liveChat.chats.addCustomer()
  return { chat, customerId: id, token: liveChat.tokens.customerToken(id) }
}

async function attempt({ url }: LiveChatGateway, headers: Record<string, string>, input: object = {}) {
  return (await fetchData(url, Start, { input: { provider: 'livechat', ...input } }, headers)).startRoom
}

async function start(gateway: LiveChatGateway, token: string, input: object = {}) {
  const result = await attempt(gateway, asVisitor(token), input)
  if (result.__typename !== 'StartRoomPayload') throw new Error(`no room: ${JSON.stringify(result)}`)
  return result
}

const textsOf = ({ liveChat }: LiveChatGateway, chatId: string) =>
  liveChat.chats
    .get(chatId)
    .threads.flatMap(({ events }) =>
      events.flatMap(({ type, fields }) => (type === 'message' ? fields['text'] : [])),
    )

describe('a customer that starts a room again', () => {
  it('resumes its closed chat with the text, in three requests', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const id = chat?.id ?? ''
    gateway.liveChat.chats.close(id)
    const again = await start(gateway, token, { text: 'me again' })
    expect(again).toMatchObject({ visitorToken: token, room: { nativeId: id, status: 'OPEN' } })
    expect(gateway.liveChat.chats.get(id).threads).toHaveLength(2)
    expect(textsOf(gateway, id)).toEqual(['hello', 'me again'])
    expect(countRequests(gateway)).toEqual({
      'customer/list_chats': 1,
      'customer/resume_chat': 1,
      'customer/get_chat': 1,
    })
  })

  it('gets its active chat, and sends the text there', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const id = chat?.id ?? ''
    expect(await start(gateway, token)).toMatchObject({ room: { nativeId: id, status: 'OPEN' } })
    expect(countRequests(gateway)).toEqual({ 'customer/list_chats': 1, 'customer/get_chat': 1 })
    await start(gateway, token, { text: 'one more thing' })
    expect(textsOf(gateway, id)).toEqual(['hello', 'one more thing'])
    expect(gateway.liveChat.chats.get(id).threads).toHaveLength(1)
  })

  it('starts its first chat, if the token is all it has', async () => {
    const gateway = await openGateway()
    const { customerId, token } = addCustomer(gateway, false)
    const { room, visitorToken } = await start(gateway, token, { name: 'Cy', text: 'hello' })
    expect(visitorToken).toBe(token)
    expect(gateway.liveChat.chats.customerOf(room.nativeId).id).toBe(customerId)
    expect(room.visitor).toMatchObject({ name: 'Cy' })
    expect(countRequests(gateway)).toEqual({
      'customer/update_customer': 1,
      'customer/list_chats': 1,
      'customer/start_chat': 1,
      'customer/get_chat': 1,
    })
  })

  it('receives a renewal token of the same customer', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const { renewalToken } = await start(gateway, token)
    gateway.liveChat.tokens.expireAll()
    const input = { renewalToken: renewalToken ?? '' }
    const { renewVisitor } = await fetchData(gateway.url, Renew, { input }, asAnonymous)
    if (renewVisitor.__typename !== 'RenewVisitorPayload') throw new Error(renewVisitor.__typename)
    expect(await start(gateway, renewVisitor.visitorToken)).toMatchObject({ room: { nativeId: chat?.id } })
  })

  it('chooses a department when the chat is resumed', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    gateway.liveChat.chats.close(chat?.id ?? '')
    const departmentId = Buffer.from(JSON.stringify([1, 'd', 'livechat', '2'])).toString('base64url')
    await start(gateway, token, { departmentId })
    expect(gateway.liveChat.chats.get(chat?.id ?? '').groupIds).toEqual([2])
  })

  it('gets CONFLICT if nobody is online, and the chat stays closed', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    gateway.liveChat.chats.close(chat?.id ?? '')
    for (const { id } of gateway.liveChat.chats.agents) gateway.liveChat.chats.setRoutingStatus(id, 'offline')
    expect(await attempt(gateway, asVisitor(token), { text: 'anyone?' })).toMatchObject({ code: 'CONFLICT' })
    expect(textsOf(gateway, chat?.id ?? '')).toEqual(['hello'])
  })

  it('with an expired token gets UNAUTHENTICATED, and no new customer is created', async () => {
    const gateway = await openGateway()
    const { token } = addCustomer(gateway)
    gateway.liveChat.tokens.expireAll()
    const before = gateway.liveChat.chats.customers.length
    expect(await attempt(gateway, asVisitor(token), { text: 'hello' })).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(gateway.liveChat.chats.customers).toHaveLength(before)
  })

  it('sends the text into the chat that a simultaneous request has resumed', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const id = chat?.id ?? ''
    gateway.liveChat.chats.close(id)
    await Promise.all(['one', 'two'].map((text) => start(gateway, token, { text })))
    expect(gateway.liveChat.chats.get(id).threads).toHaveLength(2)
    expect(textsOf(gateway, id).toSorted()).toEqual(['hello', 'one', 'two'])
  })
})

describe('an idempotency key of a customer', () => {
  it('sends its text once', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const id = chat?.id ?? ''
    gateway.liveChat.chats.close(id)
    const input = { text: 'me again', idempotencyKey: KEY }
    const first = await start(gateway, token, input)
    gateway.liveChat.chats.close(id)
    expect(await start(gateway, token, input)).toMatchObject({
      visitorToken: token,
      room: { nativeId: first.room.nativeId, status: 'CLOSED' },
    })
    expect(textsOf(gateway, id)).toEqual(['hello', 'me again'])
  })

  it.each(['resume_chat', 'send_event'] as const)(
    'finds the text after the response to %s was lost',
    async (action) => {
      const gateway = await openGateway()
      const { chat, token } = addCustomer(gateway)
      const id = chat?.id ?? ''
      if (action === 'resume_chat') gateway.liveChat.chats.close(id)
      gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: customerAction(action), times: 1 })
      await start(gateway, token, { text: 'me again', idempotencyKey: KEY })
      expect(textsOf(gateway, id)).toEqual(['hello', 'me again'])
    },
  )

  it('is OUTCOME_UNKNOWN if the request was lost, and sends the text once it can no longer arrive', async () => {
    const gateway = await openGateway()
    const { chat, token } = addCustomer(gateway)
    const id = chat?.id ?? ''
    gateway.liveChat.chats.close(id)
    gateway.liveChat.injectFault({ kind: 'reset', route: customerAction('resume_chat'), times: 1 })
    const input = { text: 'me again', idempotencyKey: KEY }
    expect(await attempt(gateway, asVisitor(token), input)).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await start(gateway, token, input)
    expect(textsOf(gateway, id)).toEqual(['hello', 'me again'])
  })
})

describe('phone and custom fields', () => {
  const input = {
    phone: '+48123456789',
    customFields: [
      { key: 'plan', value: 'pro' },
      { key: '__proto__', value: 'x' },
    ],
  }

  it('become the customer’s phone number and session fields before the chat starts', async () => {
    const gateway = await openGateway()
    expect(await attempt(gateway, asAnonymous, input)).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(gateway.liveChat.chats.customers).toMatchObject([
      { phoneNumber: '+48123456789', sessionFields: [{ plan: 'pro' }, JSON.parse('{"__proto__":"x"}')] },
    ])
    expect(gateway.liveChat.calls.map(({ route }) => route.replace(/^.*action\//, ''))).toEqual([
      '/v2/customer/token',
      'update_customer',
      'get_customer',
      'update_customer',
      'start_chat',
      'get_chat',
    ])
  })

  it('are those of the customer that starts a room again', async () => {
    const gateway = await openGateway()
    const { customerId, token } = addCustomer(gateway)
    await start(gateway, token, input)
    const customer = gateway.liveChat.chats.customers.find(({ id }) => id === customerId)
    expect(customer).toMatchObject({ phoneNumber: '+48123456789', sessionFields: [{ plan: 'pro' }, {}] })
  })

  it.each([
    ['lacks the scope', 'authorization', 403, { code: 'FORBIDDEN' }],
    ['does not accept the number', 'validation', 400, { code: 'INVALID_INPUT', field: 'phone' }],
  ])('start no room if LiveChat %s', async (_why, type, status, expected) => {
    const gateway = await openGateway()
    const body = { error: { type, message: 'No' } }
    gateway.liveChat.injectFault({ kind: 'answer', route: agentAction('update_customer'), status, body })
    expect(await attempt(gateway, asOperator, { phone: '+48123456789' })).toMatchObject(expected)
    expect(gateway.liveChat.chats.all).toEqual([])
  })
})

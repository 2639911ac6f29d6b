import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { AGENTS } from '../../livechat/seed/configuration.ts'
import { basic } from './classic-client.ts'
import {
  apiError,
  callAgent,
  callCustomer,
  customerIdOf,
  lastThreadId,
  post,
  type WireChat,
} from './v3-client.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const newcomer = () => sandbox.chats.addCustomer().id
const everybodyLeaves = () => {
  for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'not_accepting_chats')
}

describe('who may ask', () => {
  const ask = (query: string, authorization: string) =>
    post(`${sandbox.url}/v3.6/customer/action/list_chats${query}`, {}, { authorization })

  it('a customer token, with the organization', async () => {
    const token = `Bearer ${sandbox.tokens.customerToken(newcomer())}`
    expect((await ask(`?organization_id=${sandbox.credentials.organizationId}`, token)).status).toBe(200)
    expect((await ask('', token)).body).toEqual(apiError('validation', '`organization_id` is required'))
    expect((await ask('?organization_id=other', token)).body).toMatchObject(apiError('license_not_found'))
  })

  it('no agent, by whatever token', async () => {
    const { accountId, personalAccessToken, accessToken, organizationId } = sandbox.credentials
    for (const authorization of [basic(accountId, personalAccessToken), `Bearer ${accessToken}`]) {
      const { status, body } = await ask(`?organization_id=${organizationId}`, authorization)
      expect([status, body]).toEqual([401, apiError('authentication', 'Invalid access token')])
    }
  })
})

describe('start_chat', () => {
  it('is routed to an agent who takes chats of the group', async () => {
    const customerId = newcomer()
    const chat = { access: { group_ids: [1] }, thread: { events: [{ type: 'message', text: 'hi' }] } }
    const { body } = await callCustomer<{ chat_id: string }>(sandbox, customerId, 'start_chat', { chat })
    expect(body).toEqual({
      chat_id: expect.any(String),
      thread_id: expect.any(String),
      event_ids: [expect.any(String)],
    })
    const { users } = (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: body.chat_id })).body
    expect(users.map(({ type, present }) => [type, present])).toEqual([
      ['customer', true],
      ['agent', true],
    ])
  })

  it('fails while nobody is there, and leaves nothing behind', async () => {
    everybodyLeaves()
    const customerId = newcomer()
    const general = await callCustomer(sandbox, customerId, 'start_chat')
    expect([general.status, general.body]).toMatchObject([422, apiError('groups_offline')])
    const input = { chat: { access: { group_ids: [2] } } }
    const orders = await callCustomer(sandbox, customerId, 'start_chat', input)
    expect([orders.status, orders.body]).toMatchObject([422, apiError('group_offline')])
    expect(sandbox.chats.all).toEqual([])
  })

  it('waits in the queue while all who accept chats are full, behind those that wait already', async () => {
    everybodyLeaves()
    sandbox.chats.setRoutingStatus(AGENTS.ben, 'accepting_chats')
    for (let n = 0; n < 5; n += 1) sandbox.chats.start({ groupId: 1 })
    const chat = { access: { group_ids: [1] } }
    for (const position of [1, 2]) {
      const { body } = await callCustomer<{ chat_id: string }>(sandbox, newcomer(), 'start_chat', { chat })
      const { thread, users } = (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: body.chat_id }))
        .body
      expect(thread).toMatchObject({
        active: true,
        queue: { position },
        properties: { routing: { unassigned: true, pinned: true } },
      })
      expect(users.map(({ type }) => type)).toEqual(['customer'])
    }
  })

  it('resumed with an agent who is full by now, waits in the queue', async () => {
    everybodyLeaves()
    sandbox.chats.setRoutingStatus(AGENTS.ben, 'accepting_chats')
    const chat = sandbox.chats.start({ groupId: 1 })
    sandbox.chats.close(chat.id)
    for (let n = 0; n < 5; n += 1) sandbox.chats.start({ groupId: 1 })
    await callCustomer(sandbox, customerIdOf(chat), 'resume_chat', { chat: { id: chat.id } })
    expect(chat.threads.at(-1)?.queue).toMatchObject({ position: 1 })
  })

  it('needs nobody when continuous: so an offline message is left', async () => {
    everybodyLeaves()
    const input = {
      continuous: true,
      chat: {
        properties: { routing: { email_follow_up: true } },
        thread: {
          events: [{ type: 'message', text: 'Call me' }],
          properties: { routing: { offline_message: true } },
        },
      },
    }
    const { body } = await callCustomer<{ chat_id: string }>(sandbox, newcomer(), 'start_chat', input)
    expect((await callAgent(sandbox, 'get_chat', { chat_id: body.chat_id })).body).toMatchObject({
      properties: { routing: { email_follow_up: true } },
      thread: { properties: { routing: { offline_message: true, continuous: true, unassigned: true } } },
    })
  })

  it('is for customers without a chat; others resume theirs', async () => {
    const chat = sandbox.chats.start()
    const again = await callCustomer(sandbox, customerIdOf(chat), 'start_chat')
    expect([again.status, again.body]).toMatchObject([422, apiError('limit_reached')])
    sandbox.chats.close(chat.id)
    const resumed = await callCustomer(sandbox, customerIdOf(chat), 'resume_chat', { chat: { id: chat.id } })
    expect(resumed).toMatchObject({ status: 200, body: { thread_id: lastThreadId(chat) } })
    expect(chat.threads).toHaveLength(2)
  })
})

describe('send_event and deactivate_chat', () => {
  const say = (chat_id: string, more: object = {}) => ({
    chat_id,
    event: { type: 'message', text: 'hi', custom_id: 'c-1' },
    ...more,
  })

  it('an inactive chat takes an event only attached to its last thread, and stays inactive', async () => {
    const chat = sandbox.chats.start()
    const customerId = customerIdOf(chat)
    await callCustomer(sandbox, customerId, 'deactivate_chat', { id: chat.id })
    const refused = await callCustomer(sandbox, customerId, 'send_event', say(chat.id))
    expect([refused.status, refused.body]).toEqual([422, apiError('chat_inactive', 'Chat not active')])
    const attached = say(chat.id, { attach_to_last_thread: true })
    const { body } = await callCustomer(sandbox, customerId, 'send_event', attached)
    expect(body).toEqual({ event_id: `${lastThreadId(chat)}_3` })
    const seen = await callCustomer<WireChat>(sandbox, customerId, 'get_chat', { chat_id: chat.id })
    expect(seen.body.thread).toMatchObject({ active: false, events: [{}, { custom_id: 'c-1' }] })
  })

  it('closing names the customer in a system message', async () => {
    const chat = sandbox.chats.start({ customer: { name: 'Cy' } })
    await callCustomer(sandbox, customerIdOf(chat), 'deactivate_chat', { id: chat.id })
    expect(chat.threads[0]?.events[0]?.fields).toEqual({
      system_message_type: 'manual_archived_customer',
      text: 'Cy archived the chat',
      text_vars: { customer: 'Cy' },
    })
  })

  it('marks events as seen', async () => {
    const chat = sandbox.chats.start()
    const seen_up_to = '2026-01-01T00:00:00.000001Z'
    await callCustomer(sandbox, customerIdOf(chat), 'mark_events_as_seen', { chat_id: chat.id, seen_up_to })
    const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id })
    expect(body.users[0]?.events_seen_up_to).toBe(seen_up_to)
  })
})

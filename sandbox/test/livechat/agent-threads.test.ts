import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { agentAuth, apiError, callAgent, customerIdOf, lastThreadId, type WireChat } from './v3-client.ts'

const ADA = 'ada.kowalska@switchboard.test'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const chatOf = async (chat_id: string) => (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id })).body
const as = (agentId: string) => ({ authorization: agentAuth(sandbox, agentId) })
const started = {
  chat_id: expect.stringMatching(/^[A-Z0-9]{10}$/),
  thread_id: expect.stringMatching(/^[A-Z0-9]{10}$/),
}

describe('start_chat', () => {
  it('needs nothing and seats the requester', async () => {
    const { status, body } = await callAgent<{ chat_id: string }>(sandbox, 'start_chat')
    expect([status, body]).toEqual([200, started])
    expect((await chatOf(body.chat_id)).users).toMatchObject([
      { id: sandbox.credentials.login, present: true },
    ])
  })

  it('takes a customer and initial events, and answers their ids', async () => {
    const customer = sandbox.chats.addCustomer({ name: 'Cy' })
    const chat = {
      users: [{ id: customer.id, type: 'customer' }],
      access: { group_ids: [2] },
      thread: {
        events: [
          { type: 'message', text: 'hello', custom_id: 'c-1', visibility: 'agents' },
          { type: 'message', text: 'me', author_id: customer.id },
        ],
      },
    }
    const { body } = await callAgent<{ chat_id: string; thread_id: string; event_ids: string[] }>(
      sandbox,
      'start_chat',
      { chat, continuous: true },
    )
    const { thread, ...rest } = await chatOf(body.chat_id)
    expect(rest).toMatchObject({ access: { group_ids: [2] } })
    expect(thread?.events?.map(({ id }) => id)).toEqual(body.event_ids)
    expect(thread?.events).toMatchObject([
      { author_id: sandbox.credentials.login, custom_id: 'c-1', visibility: 'all' },
      { author_id: customer.id },
    ])
  })

  it.each([
    ['an unknown customer', { users: [{ id: '0', type: 'customer' }] }, 422, 'user_id not found'],
    ['an unknown group', { access: { group_ids: [77] } }, 404, 'Group 77 not found'],
    [
      'an author from outside',
      { thread: { events: [{ type: 'message', text: 'x', author_id: ADA }] } },
      422,
      'Event author is not user of the chat',
    ],
  ])('refuses %s, and leaves nothing behind', async (_what, chat, status, message) => {
    const answer = await callAgent(sandbox, 'start_chat', { chat })
    expect([answer.status, answer.body]).toMatchObject([status, { error: { message } }])
    expect(sandbox.chats.all).toEqual([])
  })

  it('refuses a second chat for a customer who has one', async () => {
    const { id } = sandbox.chats.start()
    const customer = customerIdOf(sandbox.chats.get(id))
    const answer = await callAgent(sandbox, 'start_chat', {
      chat: { users: [{ id: customer, type: 'customer' }] },
    })
    expect([answer.status, answer.body]).toMatchObject([422, apiError('limit_reached')])
  })

  it('can make a thread that is closed from the start', async () => {
    const { body } = await callAgent<{ chat_id: string }>(sandbox, 'start_chat', { active: false })
    expect(await chatOf(body.chat_id)).toMatchObject({
      thread: { active: false },
      users: [{ present: false }],
    })
  })
})

describe('resume_chat and deactivate_chat', () => {
  it('closing says who did it, in a system message without author that counts like any event', async () => {
    const chat = sandbox.chats.start({ say: 'hi' })
    const { status, body } = await callAgent(sandbox, 'deactivate_chat', { id: chat.id })
    expect([status, body]).toEqual([200, {}])
    const { thread, users } = await chatOf(chat.id)
    expect(thread?.active).toBe(false)
    expect(thread?.events?.at(-1)).toEqual({
      id: `${thread?.id}_3`,
      type: 'system_message',
      system_message_type: 'manual_archived_agent',
      text: 'Robin Hale archived the chat',
      text_vars: { agent: 'Robin Hale' },
      visibility: 'all',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    })
    expect(users.map(({ type, present }) => [type, present])).toEqual([
      ['customer', true],
      ['agent', false],
    ])
  })

  it('resuming opens a new thread with the requester and the customer in it', async () => {
    const chat = sandbox.chats.start()
    sandbox.chats.close(chat.id)
    const input = { chat: { id: chat.id, thread: { events: [{ type: 'message', text: 'again' }] } } }
    const { body } = await callAgent<{ thread_id: string; event_ids: string[] }>(
      sandbox,
      'resume_chat',
      input,
    )
    expect(body).toEqual({
      thread_id: lastThreadId(chat),
      event_ids: [expect.stringContaining(`${body.thread_id}_`)],
    })
    const { thread } = await chatOf(chat.id)
    expect(thread?.user_ids).toEqual([customerIdOf(chat), sandbox.credentials.login])
  })

  it('resuming keeps the mode of the chat unless told otherwise', async () => {
    const chat = sandbox.chats.start({ offline: true })
    const modeAfter = async (more: object) => {
      sandbox.chats.close(chat.id)
      await callAgent(sandbox, 'resume_chat', { chat: { id: chat.id }, ...more })
      return chat.threads.at(-1)?.properties['routing']?.['continuous']
    }
    expect(await modeAfter({})).toBe(true)
    expect(await modeAfter({ continuous: false })).toBe(false)
    expect(await modeAfter({})).toBe(false)
  })

  it('a chat has one active thread at most', async () => {
    const chat = sandbox.chats.start()
    expect((await callAgent(sandbox, 'resume_chat', { chat: { id: chat.id } })).status).toBe(422)
    await callAgent(sandbox, 'deactivate_chat', { id: chat.id })
    const again = await callAgent(sandbox, 'deactivate_chat', { id: chat.id })
    expect([again.status, again.body]).toEqual([422, apiError('chat_inactive', 'Chat not active')])
  })

  it('closing takes a user of the chat, unless presence is ignored', async () => {
    const chat = sandbox.chats.start()
    const refused = await callAgent(sandbox, 'deactivate_chat', { id: chat.id }, as(ADA))
    expect([refused.status, refused.body]).toEqual([
      403,
      apiError('authorization', 'Requester is not user of the chat'),
    ])
    const input = { id: chat.id, ignore_requester_presence: true }
    expect((await callAgent(sandbox, 'deactivate_chat', input, as(ADA))).status).toBe(200)
  })
})

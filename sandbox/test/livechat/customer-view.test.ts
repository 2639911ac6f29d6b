import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import {
  callAgent,
  callCustomer,
  customerIdOf,
  lastThreadId,
  type ThreadList,
  type WireChat,
} from './v3-client.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

describe('what a customer sees', () => {
  it('has opaque agent ids, no notes, no visibility, no tags', async () => {
    const chat = sandbox.chats.start({ customer: { name: 'Ada' }, groupId: 1, say: 'hi' })
    sandbox.chats.agentNotes(chat.id, 'secret')
    sandbox.chats.agentSends(chat.id, 'hello')
    const [thread] = chat.threads
    await callAgent(sandbox, 'tag_thread', { chat_id: chat.id, thread_id: thread?.id, tag: 'vip' })
    const customerId = customerIdOf(chat)
    const agent = sandbox.chats.agents.find(({ id }) => id === sandbox.credentials.login)
    expect(agent?.customerSideId).toMatch(/^[0-9a-f]{32}$/)
    const { body } = await callCustomer(sandbox, customerId, 'get_chat', { chat_id: chat.id })
    expect(body).toEqual({
      id: chat.id,
      thread: {
        id: thread?.id,
        created_at: expect.any(String),
        active: true,
        user_ids: [customerId, agent?.customerSideId],
        events: [
          {
            id: `${thread?.id}_2`,
            type: 'message',
            text: 'hi',
            author_id: customerId,
            created_at: expect.any(String),
          },
          {
            id: `${thread?.id}_4`,
            type: 'message',
            text: 'hello',
            author_id: agent?.customerSideId,
            created_at: expect.any(String),
          },
        ],
        properties: { routing: { continuous: false } },
        access: { group_ids: [1] },
      },
      users: [
        expect.objectContaining({ id: customerId, type: 'customer', name: 'Ada' }),
        {
          id: agent?.customerSideId,
          type: 'agent',
          name: 'Robin Hale',
          avatar: expect.any(String),
          job_title: 'Head of support',
          present: true,
          events_seen_up_to: expect.any(String),
        },
      ],
      access: { group_ids: [1] },
      properties: {},
    })
  })

  it('has no agents who only listen', async () => {
    const chat = sandbox.chats.start()
    await callAgent(sandbox, 'add_user_to_chat', {
      chat_id: chat.id,
      user_id: 'ada.kowalska@switchboard.test',
      user_type: 'agent',
      visibility: 'agents',
    })
    const { body } = await callCustomer<WireChat>(sandbox, customerIdOf(chat), 'get_chat', {
      chat_id: chat.id,
    })
    expect(body.users).toHaveLength(2)
    expect(body.thread?.user_ids).toHaveLength(2)
  })

  it('are their own chats only', async () => {
    const chat = sandbox.chats.start({ say: 'private' })
    const stranger = sandbox.chats.addCustomer().id
    for (const [action, input] of [
      ['get_chat', { chat_id: chat.id }],
      ['list_threads', { chat_id: chat.id }],
      ['send_event', { chat_id: chat.id, event: { type: 'message', text: 'x' } }],
      ['deactivate_chat', { id: chat.id }],
      ['resume_chat', { chat: { id: chat.id } }],
    ] as const) {
      expect((await callCustomer(sandbox, stranger, action, input)).status).toBe(404)
    }
    expect((await callCustomer(sandbox, stranger, 'list_chats')).body).toEqual({
      chats_summary: [],
      total_chats: 0,
    })
  })

  it('comes as a summary with the last thread, 25 at most', async () => {
    const chat = sandbox.chats.start({ say: 'hi' })
    const { body } = await callCustomer(sandbox, customerIdOf(chat), 'list_chats', { limit: 25 })
    expect(body).toMatchObject({
      chats_summary: [
        {
          id: chat.id,
          last_thread_id: lastThreadId(chat),
          active: true,
          last_event_per_type: { message: { event: { text: 'hi' } } },
        },
      ],
      total_chats: 1,
    })
    expect((await callCustomer(sandbox, customerIdOf(chat), 'list_chats', { limit: 26 })).status).toBe(400)
    expect((await callCustomer(sandbox, customerIdOf(chat), 'list_chats', { filters: {} })).status).toBe(400)
  })

  it('comes thread by thread', async () => {
    const chat = sandbox.chats.start({ say: 'a' })
    sandbox.chats.close(chat.id, 'customer')
    sandbox.chats.resume(chat.id)
    const input = { chat_id: chat.id, limit: 1 }
    const first = await callCustomer<ThreadList>(sandbox, customerIdOf(chat), 'list_threads', input)
    const second = await callCustomer<ThreadList>(sandbox, customerIdOf(chat), 'list_threads', {
      chat_id: chat.id,
      page_id: first.body.next_page_id,
    })
    expect([...first.body.threads, ...second.body.threads].map(({ id }) => id)).toEqual(
      chat.threads.map(({ id }) => id).toReversed(),
    )
  })
})

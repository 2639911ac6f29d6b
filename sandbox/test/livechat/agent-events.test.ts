import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { agentAuth, apiError, callAgent, lastThreadId, type WireChat } from './v3-client.ts'

const ADA = 'ada.kowalska@switchboard.test'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const chatOf = async (chat_id: string) => (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id })).body
const as = (agentId: string) => ({ authorization: agentAuth(sandbox, agentId) })
const say = (chat_id: string, event: object = {}) => ({
  chat_id,
  event: { type: 'message', text: 'hi', ...event },
})

describe('send_event', () => {
  it('stores the event under the next id of the thread, echoes custom_id and marks all seen', async () => {
    const chat = sandbox.chats.start({ say: 'hi' })
    const { status, body } = await callAgent<{ event_id: string }>(
      sandbox,
      'send_event',
      say(chat.id, {
        text: 'שלום 👋',
        custom_id: 'c-2',
        properties: { chats: { formatting: 'commonmark' } },
      }),
    )
    expect([status, body]).toEqual([200, { event_id: `${lastThreadId(chat)}_3` }])
    const { thread, users } = await chatOf(chat.id)
    const event = thread?.events?.at(-1)
    expect(event).toEqual({
      id: body.event_id,
      custom_id: 'c-2',
      type: 'message',
      text: 'שלום 👋',
      author_id: sandbox.credentials.login,
      visibility: 'all',
      created_at: expect.any(String),
      properties: { chats: { formatting: 'commonmark' } },
    })
    expect(users.find(({ type }) => type === 'agent')?.events_seen_up_to).toBe(event?.created_at)
  })

  it('stores the same custom_id twice: nothing is deduplicated', async () => {
    const chat = sandbox.chats.start()
    for (const _ of [1, 2]) await callAgent(sandbox, 'send_event', say(chat.id, { custom_id: 'same' }))
    expect((await chatOf(chat.id)).thread?.events?.map(({ custom_id }) => custom_id)).toEqual([
      'same',
      'same',
    ])
  })

  it('gives every event a later time than the one before', async () => {
    const chat = sandbox.chats.start()
    await Promise.all(Array.from({ length: 20 }, () => callAgent(sandbox, 'send_event', say(chat.id))))
    const times = (await chatOf(chat.id)).thread?.events?.map(({ created_at }) => created_at) ?? []
    expect(new Set(times).size).toBe(20)
    expect(times).toEqual(times.toSorted())
  })

  it('is for users of the chat', async () => {
    const chat = sandbox.chats.start()
    const refused = await callAgent(sandbox, 'send_event', say(chat.id), as(ADA))
    expect([refused.status, refused.body]).toEqual([
      403,
      apiError('authorization', 'Requester is not user of the chat'),
    ])
  })

  it('needs an active thread', async () => {
    const chat = sandbox.chats.start()
    sandbox.chats.close(chat.id)
    const refused = await callAgent(sandbox, 'send_event', say(chat.id))
    expect([refused.status, refused.body]).toEqual([422, apiError('chat_inactive', 'Chat not active')])
    const stranger = await callAgent(sandbox, 'send_event', say(chat.id), as(ADA))
    expect(stranger.status).toBe(403)
  })

  it('knows no attach_to_last_thread on this side', async () => {
    const chat = sandbox.chats.start()
    const input = { ...say(chat.id), attach_to_last_thread: true }
    expect((await callAgent(sandbox, 'send_event', input)).status).toBe(400)
  })
})

describe('tags and seen marks', () => {
  it('tags and untags a thread, open or closed', async () => {
    const chat = sandbox.chats.start()
    sandbox.chats.close(chat.id)
    const input = { chat_id: chat.id, thread_id: lastThreadId(chat), tag: 'vip' }
    expect((await callAgent(sandbox, 'tag_thread', input)).body).toEqual({})
    await callAgent(sandbox, 'tag_thread', input)
    expect((await chatOf(chat.id)).thread?.tags).toEqual(['vip'])
    expect((await callAgent(sandbox, 'untag_thread', input)).body).toEqual({})
    expect((await chatOf(chat.id)).thread).not.toHaveProperty('tags')
    expect(await callAgent(sandbox, 'tag_thread', { ...input, tag: 'VIP' })).toMatchObject({
      status: 400,
      body: apiError('validation'),
    })
  })

  it('refuses a tag of other groups', async () => {
    const tag = async (groupId: number) => {
      const chat = sandbox.chats.start({ groupId })
      const input = { chat_id: chat.id, thread_id: lastThreadId(chat), tag: 'refund' }
      return (await callAgent(sandbox, 'tag_thread', input)).body
    }
    expect(await tag(2)).toEqual({})
    expect(await tag(1)).toMatchObject(apiError('validation'))
  })

  it('seen marks take a moment and never go back', async () => {
    const chat = sandbox.chats.start()
    const mark = (seen_up_to: string, who = sandbox.credentials.login) =>
      callAgent(sandbox, 'mark_events_as_seen', { chat_id: chat.id, seen_up_to }, as(who))
    expect((await mark('2026-03-10T13:00:00.000005+01:00')).body).toEqual({})
    await mark('2020-01-01T00:00:00Z')
    const { users } = await chatOf(chat.id)
    expect(users.find(({ type }) => type === 'agent')?.events_seen_up_to).toBe('2026-03-10T12:00:00.000005Z')
    expect((await mark('now')).status).toBe(400)
    expect((await mark('2026-03-10T12:00:00Z', ADA)).status).toBe(403)
  })
})

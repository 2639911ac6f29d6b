import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import {
  apiError,
  type ChatList,
  callAgent,
  customerIdOf,
  lastThreadId,
  type ThreadList,
  type WireChat,
} from './v3-client.ts'

const NOON = Date.parse('2026-03-10T12:00:00Z')
let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false, now: () => NOON })
})
afterEach(() => sandbox.close())

const self = () => sandbox.credentials.login
const listed = async (filters: object) =>
  (await callAgent<ChatList>(sandbox, 'list_chats', { filters })).body.chats_summary.map(({ id }) => id)

describe('list_chats', () => {
  it('gives summaries with the last thread and the newest event of each type', async () => {
    const { id, ...chat } = sandbox.chats.start({
      customer: { name: 'Ada', email: 'ada@x.test' },
      groupId: 1,
      say: 'one',
    })
    sandbox.chats.customerSends(id, 'two 😀')
    const { body } = await callAgent(sandbox, 'list_chats')
    expect(body).toEqual({
      chats_summary: [
        {
          id,
          last_thread_summary: {
            id: chat.threads[0]?.id,
            created_at: '2026-03-10T12:00:00.000002Z',
            active: true,
            user_ids: [customerIdOf({ id, ...chat }), self()],
            properties: {
              routing: { continuous: false, idle: false, unreplied: true, unassigned: false, pinned: false },
            },
            access: { group_ids: [1] },
          },
          last_event_per_type: {
            message: {
              thread_id: chat.threads[0]?.id,
              thread_created_at: '2026-03-10T12:00:00.000002Z',
              event: expect.objectContaining({ id: `${chat.threads[0]?.id}_3`, text: 'two 😀' }),
            },
          },
          users: [
            expect.objectContaining({ type: 'customer', name: 'Ada', email: 'ada@x.test', present: true }),
            expect.objectContaining({ type: 'agent', id: self(), present: true, visibility: 'all' }),
          ],
          properties: {},
          access: { group_ids: [1] },
          is_followed: false,
        },
      ],
      found_chats: 1,
    })
  })

  it('gives active and inactive chats, or one kind if asked', async () => {
    const [closed, open] = [sandbox.chats.start(), sandbox.chats.start()]
    sandbox.chats.close(closed.id)
    expect(await listed({})).toEqual([open.id, closed.id])
    expect(await listed({ active: null })).toHaveLength(2)
    expect(await listed({ active: true })).toEqual([open.id])
    expect(await listed({ active: false })).toEqual([closed.id])
  })

  it('filters by group and by property', async () => {
    const orders = sandbox.chats.start({ groupId: 2, offline: true })
    sandbox.chats.start({ groupId: 1 })
    expect(await listed({ group_ids: [2, 3] })).toEqual([orders.id])
    const test = (property: object) => listed({ properties: { routing: { offline_message: property } } })
    expect(await test({ values: [true] })).toEqual([orders.id])
    expect(await test({ exists: false })).toHaveLength(1)
    expect(await test({ exclude_values: [true] })).toHaveLength(1)
  })

  it.each([
    [{ filters: { group_ids: Array.from({ length: 201 }, (_, n) => n) } }, 'filters.group_ids'],
    [{ filters: { include_active: true } }, 'filters.include_active'],
    [{ limit: 101 }, 'limit'],
    [{ limit: 0 }, 'limit'],
    [{ sort_order: 'newest' }, 'sort_order'],
  ])('refuses %j', async (input, name) => {
    const { status, body } = await callAgent(sandbox, 'list_chats', input)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { type: 'validation', message: expect.stringContaining(`\`${name}\``) },
    })
  })
})

describe('get_chat', () => {
  it('gives the newest thread, or the one named', async () => {
    const chat = sandbox.chats.start({ say: 'first' })
    sandbox.chats.close(chat.id, 'customer')
    sandbox.chats.resume(chat.id)
    const [older, newer] = chat.threads.map(({ id }) => id)
    const newest = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id })
    expect(newest.body.thread).toMatchObject({
      id: newer,
      active: true,
      events: [],
      previous_thread_id: older,
    })
    const named = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id, thread_id: older })
    expect(named.body.thread).toMatchObject({ id: older, active: false, next_thread_id: newer })
    expect(named.body.thread?.events?.map(({ type }) => type)).toEqual(['message', 'system_message'])
  })

  it('knows neither strange chats nor strange threads', async () => {
    const chat = sandbox.chats.start()
    const other = sandbox.chats.start()
    for (const input of [{ chat_id: 'NOSUCHCHAT' }, { chat_id: chat.id, thread_id: lastThreadId(other) }]) {
      const { status, body } = await callAgent(sandbox, 'get_chat', input)
      expect(status).toBe(404)
      expect(body).toMatchObject(apiError('not_found'))
    }
  })
})

describe('list_threads', () => {
  const threads = async (input: object) => (await callAgent<ThreadList>(sandbox, 'list_threads', input)).body

  it('gives three whole threads, newest first, unless told otherwise', async () => {
    const chat = sandbox.chats.start({ say: 'hi' })
    for (let n = 0; n < 4; n += 1) {
      sandbox.chats.close(chat.id)
      sandbox.chats.resume(chat.id)
    }
    const ids = chat.threads.map(({ id }) => id)
    const newest = await threads({ chat_id: chat.id })
    expect(newest.threads.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 3))
    expect(newest.found_threads).toBe(5)
    const all = await threads({ chat_id: chat.id, limit: 100, sort_order: 'asc' })
    expect(all.threads.map(({ id }) => id)).toEqual(ids)
    expect(all).not.toHaveProperty('next_page_id')
    expect(all.threads.every(({ events }) => Array.isArray(events))).toBe(true)
  })

  it('gives as many threads as hold the events asked for', async () => {
    const chat = sandbox.chats.start({ say: 'a' })
    for (const say of ['b', 'c']) {
      sandbox.chats.close(chat.id)
      sandbox.chats.resume(chat.id)
      sandbox.chats.customerSends(chat.id, say)
    }
    const count = async (min_events_count: number) =>
      (await threads({ chat_id: chat.id, min_events_count })).threads.length
    expect(await Promise.all([1, 2, 3, 4, 100].map(count))).toEqual([1, 2, 2, 3, 3])
    const both = await callAgent(sandbox, 'list_threads', { chat_id: chat.id, min_events_count: 1, limit: 1 })
    expect(both.status).toBe(400)
  })

  it('filters by time, in any offset and to the microsecond', async () => {
    const chat = sandbox.chats.start()
    const [thread] = chat.threads
    const found = async (filters: object) => (await threads({ chat_id: chat.id, filters })).threads.length
    expect(thread?.createdAt).toBe(NOON * 1000 + 2)
    expect(await found({ from: '2026-03-10T13:00:00.000002+01:00' })).toBe(1)
    expect(await found({ from: '2026-03-10T12:00:00.000003Z' })).toBe(0)
    expect(await found({ to: '2026-03-10T12:00:00.000001Z' })).toBe(0)
    const bad = await callAgent(sandbox, 'list_threads', { chat_id: chat.id, filters: { from: 'yesterday' } })
    expect(bad.status).toBe(400)
  })
})

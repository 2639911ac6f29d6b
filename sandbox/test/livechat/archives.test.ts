import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { type ArchiveList, callAgent, customerIdOf } from './v3-client.ts'

let sandbox: LiveChatSandbox
let now: number
let ada: Chat
let bob: Chat

/** Ada has two closed threads and an active one, Bob a closed offline message a day later. */
beforeEach(async () => {
  now = Date.parse('2026-03-10T12:00:00Z')
  sandbox = await startLiveChatSandbox({ seed: false, now: () => now })
  ada = sandbox.chats.start({ customer: { name: 'Ada', email: 'ada@x.test' }, groupId: 1, say: 'My Parcel!' })
  sandbox.chats.agentSends(ada.id, 'On its way')
  sandbox.chats.close(ada.id, 'agent')
  sandbox.chats.resume(ada.id)
  sandbox.chats.close(ada.id, 'customer')
  sandbox.chats.resume(ada.id)
  now += 86_400_000
  bob = sandbox.chats.start({ customer: { name: 'Bob', email: 'bob@x.test' }, offline: true, say: 'Call me' })
  sandbox.chats.close(bob.id)
})
afterEach(() => sandbox.close())

const archives = async (input: object = {}) =>
  (await callAgent<ArchiveList>(sandbox, 'list_archives', input)).body
const found = async (filters: object) => (await archives({ filters })).chats.map(({ thread }) => thread.id)
const threadIds = (chat: Chat) => chat.threads.map(({ id }) => id)

it('has one row per closed thread, newest first, so that a chat repeats', async () => {
  const { chats, found_chats } = await archives()
  const [first, second] = threadIds(ada)
  expect(chats.map(({ id, thread }) => [id, thread.id])).toEqual([
    [bob.id, threadIds(bob)[0]],
    [ada.id, second],
    [ada.id, first],
  ])
  expect(found_chats).toBe(3)
  expect(chats[2]?.thread).toMatchObject({ active: false, next_accessible_thread_id: second })
})

it('has active threads too when switched so', async () => {
  sandbox.switches.archivesIncludeActive = true
  expect((await archives()).found_chats).toBe(4)
})

describe('filters', () => {
  it('by thread ids, whole threads with events', async () => {
    const [first, second] = threadIds(ada)
    const { chats } = await archives({ filters: { thread_ids: [first, second, 'NOSUCHTHRD'] } })
    expect(chats.map(({ thread }) => thread.id)).toEqual([second, first])
    expect(chats[1]?.thread.events?.map(({ text }) => text).slice(0, 2)).toEqual(['My Parcel!', 'On its way'])
  })

  it('by chat ids, groups and customers', async () => {
    expect(await found({ chat_ids: [bob.id, 'NOSUCHCHAT'] })).toEqual(threadIds(bob))
    expect(await found({ group_ids: [1] })).toHaveLength(2)
    expect(await found({ customer_id: customerIdOf(ada) })).toHaveLength(2)
    expect(await found({ customer_email: 'bob@x.test' })).toEqual(threadIds(bob))
  })

  it('by the property that marks offline messages', async () => {
    const offline = (test: object) => found({ properties: { routing: { offline_message: test } } })
    expect(await offline({ values: [true] })).toEqual(threadIds(bob))
    expect(await offline({ exists: false })).toHaveLength(2)
  })

  it('by time', async () => {
    expect(await found({ from: '2026-03-11T12:00:00.000000+00:00' })).toEqual(threadIds(bob))
    expect(await found({ to: '2026-03-11T00:00:00.000000Z' })).toHaveLength(2)
  })

  it('by text, in messages and in names', async () => {
    expect(await found({ query: 'parcel' })).toEqual(threadIds(ada).slice(0, 1))
    expect(await found({ query: 'bob' })).toEqual(threadIds(bob))
  })

  it('by agents, tags and event types', async () => {
    const [first] = threadIds(ada)
    ada.threads[0]?.tags.push('vip')
    expect(await found({ tags: { values: ['vip', 'sales'] } })).toEqual([first])
    expect(await found({ tags: { values: ['vip', 'sales'], require_every_value: true } })).toEqual([])
    expect(await found({ tags: { exists: false } })).toHaveLength(2)
    expect(await found({ agents: { exists: false } })).toEqual(threadIds(bob))
    expect(await found({ agents: { exclude_values: [sandbox.credentials.login] } })).toEqual(threadIds(bob))
    expect(await found({ event_types: { values: ['message'] } })).toEqual([threadIds(bob)[0], first])
  })
})

describe('limits', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => `THREAD${n}`)
  it.each([
    ['21 thread ids', { filters: { thread_ids: many(21) } }],
    ['1001 chat ids', { filters: { chat_ids: many(1001) } }],
    ['201 groups', { filters: { group_ids: many(201).map((_, n) => n) } }],
    ['thread ids beside another filter', { filters: { thread_ids: many(2), query: 'x' } }],
    ['thread ids beside a limit', { filters: { thread_ids: many(2) }, limit: 5 }],
    ['two tests of one list', { filters: { tags: { exists: true, values: ['vip'] } } }],
    [
      'two values of one property',
      { filters: { properties: { routing: { idle: { values: [true, false] } } } } },
    ],
    ['a filter the sandbox does not know', { filters: { goals: { exists: true } } }],
  ])('%s are refused', async (_what, input) => {
    expect((await callAgent(sandbox, 'list_archives', input)).status).toBe(400)
  })

  it('twenty thread ids come at once, beyond the default page', async () => {
    for (let n = 0; n < 18; n += 1) {
      sandbox.chats.close(ada.id)
      sandbox.chats.resume(ada.id)
    }
    const closed = threadIds(ada).slice(0, -1).slice(-20)
    const { chats, ...rest } = await archives({ filters: { thread_ids: closed } })
    expect(chats).toHaveLength(closed.length)
    expect(rest).toEqual({ found_chats: closed.length })
    expect((await archives()).chats).toHaveLength(10)
  })
})

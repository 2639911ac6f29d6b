import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { apiError, type ChatList, callAgent, type ThreadList } from './v3-client.ts'

let sandbox: LiveChatSandbox
let now: number
beforeEach(async () => {
  now = Date.parse('2026-03-10T12:00:00Z')
  sandbox = await startLiveChatSandbox({ seed: false, now: () => now })
  for (let n = 0; n < 7; n += 1) sandbox.chats.start({ groupId: n % 2 })
})
afterEach(() => sandbox.close())

const list = async (input: object = {}) => (await callAgent<ChatList>(sandbox, 'list_chats', input)).body
const ids = (page: ChatList) => page.chats_summary.map(({ id }) => id)

async function walk(first: object): Promise<string[][]> {
  const pages = [await list(first)]
  for (let next = pages[0]?.next_page_id; next; next = pages.at(-1)?.next_page_id) {
    pages.push(await list({ page_id: next }))
  }
  return pages.map(ids)
}

it('page ids carry limit, order and filters on', async () => {
  const odd = sandbox.chats.all.filter(({ groupIds }) => groupIds.includes(1)).map(({ id }) => id)
  expect(await walk({ limit: 2, sort_order: 'asc', filters: { group_ids: [1] } })).toEqual([
    odd.slice(0, 2),
    odd.slice(2),
  ])
})

it('pages hold every chat once', async () => {
  const all = sandbox.chats.all.map(({ id }) => id).toReversed()
  expect((await walk({ limit: 3 })).flat()).toEqual(all)
  expect(await walk({ limit: 7 })).toEqual([all])
})

it('pages go back as they came', async () => {
  const first = await list({ limit: 3 })
  expect(first).not.toHaveProperty('previous_page_id')
  const second = await list({ page_id: first.next_page_id })
  const third = await list({ page_id: second.next_page_id })
  expect(third).not.toHaveProperty('next_page_id')
  const back = await list({ page_id: third.previous_page_id })
  expect(ids(back)).toEqual(ids(second))
  expect(ids(await list({ page_id: back.previous_page_id }))).toEqual(ids(first))
})

it('a chat that comes in between moves no page', async () => {
  const first = await list({ limit: 3 })
  const expected = sandbox.chats.all.map(({ id }) => id).toReversed()
  sandbox.chats.start()
  expect(ids(await list({ page_id: first.next_page_id }))).toEqual(expected.slice(3, 6))
})

describe('a page id is refused', () => {
  const refused = async (input: object) => {
    const { status, body } = await callAgent(sandbox, 'list_chats', input)
    expect(status).toBe(400)
    expect(body).toMatchObject(apiError('validation'))
  }

  it.each([{ limit: 3 }, { sort_order: 'asc' }, { filters: {} }])('beside %j', async (more) => {
    await refused({ page_id: (await list({ limit: 3 })).next_page_id, ...more })
  })

  it('when it is garbage or of another list', async () => {
    const [chat] = sandbox.chats.all
    for (let n = 0; n < 4; n += 1) {
      sandbox.chats.close(chat?.id ?? '')
      sandbox.chats.resume(chat?.id ?? '')
    }
    const threads = await callAgent<ThreadList>(sandbox, 'list_threads', { chat_id: chat?.id })
    expect(threads.body.next_page_id).toBeDefined()
    await refused({ page_id: threads.body.next_page_id })
    await refused({ page_id: 'Z2FyYmFnZQ==' })
  })

  it('after a month', async () => {
    const { next_page_id } = await list({ limit: 3 })
    now += 29 * 86_400_000
    expect((await callAgent(sandbox, 'list_chats', { page_id: next_page_id })).status).toBe(200)
    now += 2 * 86_400_000
    await refused({ page_id: next_page_id })
  })

  it('when the test makes it expire', async () => {
    const { next_page_id } = await list({ limit: 3 })
    sandbox.expirePageIds()
    await refused({ page_id: next_page_id })
  })
})

it('found counts may be off when switched so', async () => {
  sandbox.switches.foundDrift = -2
  expect((await list()).found_chats).toBe(5)
})

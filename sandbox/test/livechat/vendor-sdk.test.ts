import * as sdk from '@livechat/lc-sdk-js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'

/** The vendor's SDK builds the requests and reads the answers; only host and version are put under it. */
function connect<T extends object>(client: T, sandbox: LiveChatSandbox, side: string, token: string): T {
  Reflect.set(client, 'call', async (action: string, payload: unknown) => {
    const query = side === 'customer' ? `?organization_id=${sandbox.credentials.organizationId}` : ''
    const response = await fetch(`${sandbox.url}/v3.6/${side}/action/${action}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(payload),
    })
    const data: unknown = await response.json()
    if (!response.ok) throw data
    return { data }
  })
  return client
}

async function open() {
  const sandbox = await startLiveChatSandbox({ seed: true })
  onTestFinished(() => sandbox.close())
  const { accessToken, organizationId } = sandbox.credentials
  const token = () => ({ organizationID: organizationId, accessToken, region: 'us' })
  const agent = connect(new sdk.Agent.Web('test', token), sandbox, 'agent', accessToken)
  return { sandbox, agent, token }
}

describe('the vendor’s own SDK against the sandbox', () => {
  it('lists chats and reads on with the page id', async () => {
    const { sandbox, agent } = await open()
    const first = await agent.listChats({ limit: 10 })
    const second = await agent.listChats({ page_id: first.next_page_id ?? '' })
    const ids = [...first.chats_summary, ...second.chats_summary].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(first.found_chats).toBe(sandbox.chats.all.length)
  })

  it('reads a chat with its threads and events', async () => {
    const { agent } = await open()
    const [summary] = (await agent.listChats({ limit: 1 })).chats_summary
    const id = summary?.id ?? ''
    const { threads } = await agent.listThreads(id, { limit: 3 })
    const chat = await agent.getChat(id, threads[0]?.id)
    expect(chat.thread?.id).toBe(threads[0]?.id)
    expect(chat.users.map(({ type }) => type)).toContain('customer')
  })

  it('finds archived threads', async () => {
    const { agent } = await open()
    const { chats, found_chats } = await agent.listArchives({ limit: 5 })
    expect(chats).toHaveLength(5)
    expect(found_chats).toBeGreaterThan(5)
  })

  it('starts a chat, talks in it, files it, closes it and takes it up again', async () => {
    const { sandbox, agent } = await open()
    const customer = sandbox.chats.addCustomer({ name: 'Ada' })
    const started = await agent.startChat({ chat: { users: [{ id: customer.id, type: 'customer' }] } })
    const event = { type: 'message', text: 'hello', visibility: 'all', custom_id: 'c-1' }
    const sent = await agent.sendEvent(started.chat_id, event as never)
    const [tag = ''] = sandbox.chats.tags.map(({ name }) => name)
    await agent.tagThread(started.chat_id, started.thread_id, tag)
    const { thread } = await agent.getChat(started.chat_id)
    expect(thread?.events?.map(({ id }) => id)).toContain(sent.event_id)
    expect(sandbox.chats.get(started.chat_id).threads.flatMap(({ tags }) => [...tags])).toContain(tag)
    await agent.deactivateChat(started.chat_id)
    const resumed = await agent.resumeChat(started.chat_id)
    expect(resumed.thread_id).not.toBe(started.thread_id)
  })

  it('serves a customer with a customer’s token', async () => {
    const { sandbox, token } = await open()
    const chat = sandbox.chats.start({ say: 'is anybody there?' })
    const own = sandbox.tokens.customerToken(sandbox.chats.customerOf(chat.id).id)
    const customer = connect(new sdk.Customer.Web('test', token), sandbox, 'customer', own)
    const { chats_summary } = await customer.listChats()
    const { event_id } = await customer.sendEvent(chat.id, { type: 'message', text: 'hello?' } as never)
    const { threads } = await customer.listThreads(chat.id)
    expect(chats_summary.map(({ id }) => id)).toEqual([chat.id])
    expect(threads[0]?.events?.map(({ id }) => id)).toContain(event_id)
    expect(await customer.listGroupStatuses(true)).toHaveProperty('groups_status')
  })

  it('gets the vendor’s error shape', async () => {
    const { agent } = await open()
    await expect(agent.getChat('NOSUCHCHAT')).rejects.toMatchObject({ error: { type: 'not_found' } })
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { faultsOf } from './published-shapes.ts'
import { callAgent, callCustomer, customerIdOf } from './v3-client.ts'

let sandbox: LiveChatSandbox
beforeAll(async () => {
  sandbox = await startLiveChatSandbox()
})
afterAll(() => sandbox.close())

it('chat summaries of agents', async () => {
  const { body } = await callAgent(sandbox, 'list_chats', { limit: 100 })
  expect(faultsOf('agentListChats', body)).toEqual([])
})

it('archives', async () => {
  const { body } = await callAgent(sandbox, 'list_archives', { limit: 100 })
  expect(faultsOf('agentListArchives', body)).toEqual([])
})

it('chats and threads of agents', async () => {
  for (const { id } of sandbox.chats.all) {
    const chat = await callAgent(sandbox, 'get_chat', { chat_id: id })
    expect(faultsOf('agentGetChat', chat.body)).toEqual([])
    const threads = await callAgent(sandbox, 'list_threads', { chat_id: id, limit: 100 })
    expect(faultsOf('agentListThreads', threads.body)).toEqual([])
  }
})

it('chats and threads of customers', async () => {
  for (const chat of sandbox.chats.all) {
    const ask = (action: string, input: object = {}) =>
      callCustomer(sandbox, customerIdOf(chat), action, input).then(({ body }) => body)
    expect(faultsOf('customerListChats', await ask('list_chats'))).toEqual([])
    expect(faultsOf('customerGetChat', await ask('get_chat', { chat_id: chat.id }))).toEqual([])
    expect(faultsOf('customerListThreads', await ask('list_threads', { chat_id: chat.id }))).toEqual([])
  }
})

it('a field too many or too few is noticed', () => {
  expect(faultsOf('customerListChats', { chats_summary: [], total_chats: 0, more: 1 })).toHaveLength(1)
  expect(faultsOf('customerListChats', { chats_summary: [] })).toHaveLength(1)
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import {
  agentAuth,
  apiError,
  callAgent,
  callCustomer,
  customerIdOf,
  lastThreadId,
  type WireChat,
} from './v3-client.ts'

let sandbox: LiveChatSandbox
let chat: Chat
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chat = sandbox.chats.start({ groupId: 1 })
})
afterEach(() => sandbox.close())

const remove = (eventId: string, customerId = customerIdOf(chat)) =>
  callCustomer(sandbox, customerId, 'delete_event', {
    chat_id: chat.id,
    thread_id: lastThreadId(chat),
    event_id: eventId,
  })
const eventsFor = async (agentId: string) => {
  const authorization = agentAuth(sandbox, agentId)
  const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id }, { authorization })
  return body.thread?.events
}

describe('an event that its customer deleted', () => {
  let id: string
  beforeEach(async () => {
    const fields = { text: 'my card is 4111…' }
    id = sandbox.chats.customerSends(chat.id, { type: 'message', customId: 'c-9', fields }).id
    expect(await remove(id)).toMatchObject({ status: 200, body: {} })
  })

  it('is gone for the customer', async () => {
    const customerId = customerIdOf(chat)
    const { body } = await callCustomer<WireChat>(sandbox, customerId, 'get_chat', { chat_id: chat.id })
    expect(body.thread?.events).toEqual([])
    const list = await callCustomer(sandbox, customerId, 'list_chats')
    expect(list.body).toMatchObject({ chats_summary: [{ last_event_per_type: {} }] })
  })

  it('is a tombstone for an agent of role normal', async () => {
    expect(await eventsFor('ben.osei@switchboard.test')).toEqual([
      {
        id,
        custom_id: 'c-9',
        type: 'message',
        created_at: expect.any(String),
        author_id: customerIdOf(chat),
        visibility: 'all',
        deleted: true,
      },
    ])
  })

  it.each(['agent@switchboard.test', 'ada.kowalska@switchboard.test'])(
    'is the original with a flag for owner and administrator (%s)',
    async (agentId) => {
      expect(await eventsFor(agentId)).toMatchObject([{ id, text: 'my card is 4111…', deleted: true }])
    },
  )

  it('cannot be deleted twice', async () => {
    expect((await remove(id)).status).toBe(404)
  })
})

describe('what a customer cannot delete', () => {
  it("an agent's event", async () => {
    const { id } = sandbox.chats.agentSends(chat.id, 'hello')
    const { status, body } = await remove(id)
    expect([status, body]).toMatchObject([403, apiError('authorization')])
  })

  it('a note, of which they know nothing', async () => {
    const { id } = sandbox.chats.agentNotes(chat.id, 'careful')
    expect((await remove(id)).status).toBe(404)
  })

  it("anything in somebody else's chat", async () => {
    const { id } = sandbox.chats.customerSends(chat.id, 'mine')
    expect((await remove(id, sandbox.chats.addCustomer().id)).status).toBe(404)
  })
})

it('no agent can delete or edit', async () => {
  for (const action of ['delete_event', 'update_event', 'edit_event']) {
    expect((await callAgent(sandbox, action)).status).toBe(404)
  }
})

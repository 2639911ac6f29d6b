import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../../livechat/index.ts'
import { callCustomer, customerIdOf, lastThreadId } from '../v3-client.ts'
import { customerOnline, type RtmClient } from './rtm-client.ts'

let sandbox: LiveChatSandbox
let chat: Chat
let client: RtmClient
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chat = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  client = await customerOnline(sandbox, customerIdOf(chat))
})
afterEach(() => sandbox.close())

const actions = (frames: RtmClient['pushes']) => frames.map(({ action }) => action)

it('logs in with the customer, the state of the chats, and unread events', async () => {
  sandbox.chats.agentSends(chat.id, 'hi')
  const again = await customerOnline(sandbox, customerIdOf(chat))
  expect(again.frames[0]).toMatchObject({
    action: 'login',
    type: 'response',
    success: true,
    payload: {
      customer: { id: customerIdOf(chat), name: 'Cy', statistics: { chats_count: 1 } },
      has_active_thread: true,
      chats: [{ chat_id: chat.id, has_unread_events: true }],
    },
  })
})

it('pushes an agent’s message as the Web API shows it', async () => {
  sandbox.chats.agentSends(chat.id, 'how can I help?')
  const { payload, version, request_id } = await client.push('incoming_event')
  expect([version, request_id]).toEqual(['3.6', undefined])
  const read = await callCustomer<{ thread: { events: unknown[] } }>(
    sandbox,
    customerIdOf(chat),
    'get_chat',
    {
      chat_id: chat.id,
    },
  )
  expect(payload).toEqual({
    chat_id: chat.id,
    thread_id: lastThreadId(chat),
    event: read.body.thread.events.at(-1),
  })
})

it('marks the pushes that the connection itself caused', async () => {
  const requestId = client.send('send_event', { chat_id: chat.id, event: { type: 'message', text: 'me' } })
  const push = await client.push('incoming_event')
  expect(push).toMatchObject({ request_id: requestId, payload: { event: { text: 'me' } } })
  const [response] = await client.wait((frame) => frame.request_id === requestId && frame.type === 'response')
  expect(response).toMatchObject({ success: true, payload: { event_id: push.payload.event?.id } })
})

it('pushes nothing that is for agents only', async () => {
  sandbox.chats.agentNotes(chat.id, 'secret')
  sandbox.chats.agentSends(chat.id, 'open')
  expect((await client.push('incoming_event')).payload.event?.text).toBe('open')
  expect(await client.settled()).toHaveLength(1)
})

it('pushes deletion, closing and reopening in their order', async () => {
  const { id } = sandbox.chats.customerSends(chat.id, 'oops')
  sandbox.chats.customerDeletes(chat.id, id)
  sandbox.chats.close(chat.id, 'agent')
  sandbox.chats.resume(chat.id)
  const pushes = await client.settled()
  expect(actions(pushes)).toEqual([
    'incoming_event',
    'event_deleted',
    'incoming_event',
    'chat_deactivated',
    'incoming_chat',
  ])
  expect(pushes[4]?.payload.chat?.thread).toMatchObject({ previous_thread_id: chat.threads[0]?.id })
})

it('pushes nothing of other customers’ chats', async () => {
  sandbox.chats.start({ say: 'somebody else' })
  expect(await client.settled()).toEqual([])
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../../livechat/index.ts'
import { agentAuth, callAgent, lastThreadId } from '../v3-client.ts'
import { agentOnline, connect, type RtmClient } from './rtm-client.ts'

let sandbox: LiveChatSandbox
let chat: Chat
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chat = sandbox.chats.start({ groupId: 1 })
})
afterEach(() => sandbox.close())

const ADA = 'ada.kowalska@switchboard.test'
const actions = (frames: RtmClient['pushes']) => frames.map(({ action }) => action)
const servingAgent = () => chat.users.find(({ type }) => type === 'agent')?.id ?? ''
const otherAgent = () => [ADA, 'ben.osei@switchboard.test'].find((id) => id !== servingAgent()) ?? ''

it('logs in with Basic and with Bearer, and shows the chats', async () => {
  for (const token of [agentAuth(sandbox, ADA), `Bearer ${sandbox.tokens.accessToken({ agentId: ADA })}`]) {
    const client = await connect(sandbox, 'agent')
    expect(await client.call('login', { token })).toMatchObject({
      success: true,
      payload: {
        license: { organization_id: sandbox.credentials.organizationId },
        my_profile: { id: ADA, routing_status: 'accepting_chats', permission: 'administrator' },
        chats_summary: [{ id: chat.id }],
      },
    })
  }
})

it('pushes the events of a chat to its agent, notes included', async () => {
  const client = await agentOnline(sandbox, {}, agentAuth(sandbox, servingAgent()))
  sandbox.chats.customerSends(chat.id, 'help')
  sandbox.chats.agentNotes(chat.id, 'a note')
  const pushes = await client.settled()
  expect(pushes.map(({ payload }) => payload.event?.text)).toEqual(['help', 'a note'])
  const { body } = await callAgent<{ thread: { events: unknown[] } }>(sandbox, 'get_chat', {
    chat_id: chat.id,
  })
  expect(pushes.map(({ payload }) => payload.event)).toEqual(body.thread.events)
})

it('pushes key changes only to an agent that is not in the chat', async () => {
  const client = await agentOnline(sandbox, {}, agentAuth(sandbox, otherAgent()))
  sandbox.chats.customerSends(chat.id, 'help')
  sandbox.chats.close(chat.id, 'customer')
  const pushes = await client.settled()
  expect(actions(pushes)).toEqual(['chat_deactivated'])
  expect(pushes[0]?.payload).toMatchObject({ chat_id: chat.id, thread_id: lastThreadId(chat) })
})

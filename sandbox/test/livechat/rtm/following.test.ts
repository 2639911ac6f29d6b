import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../../livechat/index.ts'
import { agentAuth, callAgent, callCustomer, customerIdOf, type WireChat } from '../v3-client.ts'
import { agentOnline, type RtmClient } from './rtm-client.ts'

const ADA = 'ada.kowalska@switchboard.test'
const BEN = 'ben.osei@switchboard.test'
const CHIYO = 'chiyo.tanaka@switchboard.test'

let sandbox: LiveChatSandbox
let chat: Chat
let owner: RtmClient
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chat = sandbox.chats.start({ groupId: 1 })
  sandbox.chats.transfer(chat.id, { agentId: BEN })
  owner = await agentOnline(sandbox)
})
afterEach(() => sandbox.close())

const pushed = async (client: RtmClient) => (await client.settled()).map(({ action }) => action)

it('an agent that follows a chat receives its events, notes included, until it unfollows', async () => {
  sandbox.chats.customerSends(chat.id, 'before')
  expect(await owner.call('follow_chat', { id: chat.id })).toMatchObject({ success: true, payload: {} })
  sandbox.chats.customerSends(chat.id, 'while')
  sandbox.chats.agentNotes(chat.id, 'a note')
  expect((await owner.settled()).map(({ payload }) => payload.event?.text)).toEqual(['while', 'a note'])
  await owner.call('unfollow_chat', { id: chat.id })
  sandbox.chats.customerSends(chat.id, 'after')
  expect(await pushed(owner)).toHaveLength(2)
})

it('following is an agent’s, not a connection’s, and the Web API has it too', async () => {
  const { status } = await callAgent(sandbox, 'follow_chat', { id: chat.id })
  expect(status).toBe(200)
  const { body } = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id })
  expect(body).toMatchObject({ is_followed: true })
  const login = await (await agentOnline(sandbox)).call('list_chats')
  expect(login.payload).toMatchObject({ chats_summary: [{ id: chat.id, is_followed: true }] })
  const authorization = agentAuth(sandbox, ADA)
  const other = await callAgent<WireChat>(sandbox, 'get_chat', { chat_id: chat.id }, { authorization })
  expect(other.body).toMatchObject({ is_followed: false })
  sandbox.chats.customerSends(chat.id, 'heard')
  await owner.push('incoming_event')
})

it('ends when the chat is reactivated', async () => {
  await owner.call('follow_chat', { id: chat.id })
  sandbox.chats.close(chat.id)
  sandbox.chats.resume(chat.id)
  const again = sandbox.chats.get(chat.id).users.find(({ type, present }) => type === 'agent' && present)
  sandbox.chats.transfer(chat.id, { agentId: again?.id === ADA ? BEN : ADA })
  sandbox.chats.customerSends(chat.id, 'unheard')
  expect(await pushed(owner)).toEqual([
    'incoming_event',
    'chat_deactivated',
    'incoming_chat',
    'chat_transferred',
  ])
})

it('needs access', async () => {
  const scopes = ['chats--access:ro']
  const client = await agentOnline(sandbox, {}, agentAuth(sandbox, CHIYO, scopes))
  expect((await client.call('follow_chat', { id: chat.id })).payload.error?.type).toBe('missing_access')
  sandbox.chats.close(chat.id)
  expect(await pushed(client)).toEqual([])
})

it('a transferred chat comes to its new agent whole, with where it was before', async () => {
  const ada = await agentOnline(sandbox, {}, agentAuth(sandbox, ADA))
  sandbox.chats.transfer(chat.id, { agentId: ADA })
  const [transfer, incoming] = await ada.settled()
  expect(transfer).toMatchObject({
    action: 'chat_transferred',
    payload: { chat_id: chat.id, requester_id: BEN, reason: 'manual', transferred_to: { agent_ids: [ADA] } },
  })
  expect(incoming).toMatchObject({
    action: 'incoming_chat',
    payload: {
      requester_id: BEN,
      transferred_from: { group_ids: [1], agent_ids: [BEN] },
      chat: { id: chat.id, thread: { id: chat.threads[0]?.id } },
    },
  })
})

it('agents that join and leave are pushed to all with access', async () => {
  const call = { chat_id: chat.id, user_id: ADA, user_type: 'agent', ignore_requester_presence: true }
  await owner.call('add_user_to_chat', { ...call, visibility: 'agents' })
  await owner.call('remove_user_from_chat', call)
  const [added, removed] = await owner.settled()
  expect(added).toMatchObject({
    action: 'user_added_to_chat',
    request_id: expect.any(String),
    payload: {
      user: { id: ADA, visibility: 'agents' },
      reason: 'manual',
      requester_id: sandbox.credentials.login,
    },
  })
  expect(removed).toMatchObject({ action: 'user_removed_from_chat', payload: { user_id: ADA } })
})

it('pushes what calls of the Web API cause, without a request id', async () => {
  await owner.call('follow_chat', { id: chat.id })
  await callCustomer(sandbox, customerIdOf(chat), 'send_event', {
    chat_id: chat.id,
    event: { type: 'message', text: 'by web' },
  })
  const push = await owner.push('incoming_event')
  expect(push).toMatchObject({ payload: { event: { text: 'by web' } } })
  expect(push).not.toHaveProperty('request_id')
})

it('a new thread has its first events inside, and pushes them too unless the switch says otherwise', async () => {
  const start = (customerId: string) =>
    callCustomer(sandbox, customerId, 'start_chat', {
      chat: { thread: { events: [{ type: 'message', text: 'first' }] } },
    })
  await start(sandbox.chats.addCustomer().id)
  const [opened] = await owner.settled()
  expect(opened).toMatchObject({
    action: 'incoming_chat',
    payload: { chat: { thread: { events: [{ type: 'message', text: 'first' }] } } },
  })
  sandbox.switches.rtmPushesInitialEvents = false
  owner.frames.splice(0)
  await start(sandbox.chats.addCustomer().id)
  expect(await pushed(owner)).toEqual(['incoming_chat'])
})

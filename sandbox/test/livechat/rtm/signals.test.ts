import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Chat, type LiveChatSandbox, startLiveChatSandbox } from '../../../livechat/index.ts'
import { agentAuth, callAgent, callCustomer, customerIdOf, lastThreadId } from '../v3-client.ts'
import { agentOnline, customerOnline, type RtmClient } from './rtm-client.ts'

const ADA = 'ada.kowalska@switchboard.test'

let sandbox: LiveChatSandbox
let chat: Chat
let agent: RtmClient
let customer: RtmClient
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false, now: () => 1_767_323_045_678 })
  chat = sandbox.chats.start({ groupId: 1 })
  sandbox.chats.transfer(chat.id, { agentId: ADA })
  agent = await agentOnline(sandbox, {}, agentAuth(sandbox, ADA))
  customer = await customerOnline(sandbox, customerIdOf(chat))
})
afterEach(() => sandbox.close())

const ids = () => ({ chat_id: chat.id, thread_id: lastThreadId(chat) })
const adaForCustomers = () => sandbox.chats.agents.find(({ id }) => id === ADA)?.customerSideId
const SECONDS = 1_767_323_045

it('an agent’s typing is shown to both sides', async () => {
  const input = { chat_id: chat.id, is_typing: true }
  expect(await agent.call('send_typing_indicator', input)).toMatchObject({ success: true, payload: {} })
  expect((await agent.push('incoming_typing_indicator')).payload).toEqual({
    ...ids(),
    typing_indicator: { author_id: ADA, visibility: 'all', timestamp: SECONDS, is_typing: true },
  })
  expect((await customer.push('incoming_typing_indicator')).payload).toEqual({
    ...ids(),
    typing_indicator: {
      author_id: adaForCustomers(),
      recipients: 'all',
      timestamp: SECONDS,
      is_typing: true,
    },
  })
})

it('typing for agents only is not shown to the customer', async () => {
  const authorization = agentAuth(sandbox, ADA)
  const input = { chat_id: chat.id, is_typing: true, visibility: 'agents' }
  expect((await callAgent(sandbox, 'send_typing_indicator', input, { authorization })).status).toBe(200)
  await agent.push('incoming_typing_indicator')
  expect(await customer.settled()).toEqual([])
})

it('a customer’s sneak peek is shown to agents', async () => {
  const input = { chat_id: chat.id, sneak_peek_text: 'I wou' }
  expect((await callCustomer(sandbox, customerIdOf(chat), 'send_sneak_peek', input)).body).toEqual({})
  expect((await agent.push('incoming_sneak_peek')).payload).toEqual({
    ...ids(),
    sneak_peek: { author_id: customerIdOf(chat), text: 'I wou', timestamp: SECONDS },
  })
  expect(await customer.settled()).toEqual([])
})

it('neither exists in a closed chat, nor of one to the other side', async () => {
  expect((await customer.call('send_typing_indicator', {})).payload.error?.type).toBe('not_found')
  sandbox.chats.close(chat.id)
  const typing = await agent.call('send_typing_indicator', { chat_id: chat.id, is_typing: true })
  expect(typing.payload.error?.type).toBe('chat_inactive')
  const peek = await customer.call('send_sneak_peek', { chat_id: chat.id, sneak_peek_text: 'x' })
  expect(peek.payload.error?.type).toBe('chat_inactive')
})

it('what is seen is shown to both sides, never back in time', async () => {
  const seen = (at: string) => ({ chat_id: chat.id, seen_up_to: at })
  await customer.call('mark_events_as_seen', seen('2026-01-02T03:04:05.000007Z'))
  await agent.call('mark_events_as_seen', seen('2026-01-02T04:00:00+01:00'))
  expect((await agent.settled()).map(({ payload }) => payload)).toEqual([
    { user_id: customerIdOf(chat), ...seen('2026-01-02T03:04:05.000007Z') },
    { user_id: ADA, ...seen('2026-01-02T03:00:00.000000Z') },
  ])
  expect((await customer.settled()).map(({ payload }) => payload)).toEqual([
    { user_id: customerIdOf(chat), ...seen('2026-01-02T03:04:05.000007Z') },
    { user_id: adaForCustomers(), ...seen('2026-01-02T03:00:00.000000Z') },
  ])
  await agent.call('mark_events_as_seen', seen('2026-01-01T00:00:00.000000Z'))
  expect((await agent.settled()).at(-1)?.payload).toEqual({
    user_id: ADA,
    ...seen('2026-01-02T03:00:00.000000Z'),
  })
})

it('a hidden agent’s seeing is not shown to the customer', async () => {
  const add = { chat_id: chat.id, user_id: sandbox.credentials.login, user_type: 'agent' }
  await callAgent(sandbox, 'add_user_to_chat', {
    ...add,
    visibility: 'agents',
    ignore_requester_presence: true,
  })
  sandbox.chats.sees(chat.id, sandbox.credentials.login)
  expect((await agent.settled()).map(({ action }) => action)).toContain('events_marked_as_seen')
  expect(await customer.settled()).toEqual([])
})

it('places in the queue come as a list to all agents, and one by one to customers', async () => {
  const owner = await agentOnline(sandbox)
  sandbox.chats.queueAt(chat.id, 2)
  const place = { ...ids(), queue: { position: 2, wait_time: 120 } }
  expect((await owner.push('queue_positions_updated')).payload).toEqual([place])
  expect((await customer.push('queue_position_updated')).payload).toEqual(place)
})

it('those behind a chat that leaves the queue move up', async () => {
  const next = sandbox.chats.start({ groupId: 1 })
  const owner = await agentOnline(sandbox)
  const waiting = await customerOnline(sandbox, customerIdOf(next))
  sandbox.chats.queueAt(chat.id, 1)
  sandbox.chats.queueAt(next.id, 2)
  sandbox.chats.close(chat.id, 'customer')
  const places = (await owner.settled()).filter(({ action }) => action === 'queue_positions_updated')
  expect(places.map(({ payload }) => payload)).toMatchObject([
    [{ chat_id: chat.id, queue: { position: 1 } }],
    [{ chat_id: next.id, queue: { position: 2 } }],
    [{ chat_id: next.id, queue: { position: 1, wait_time: 60 } }],
  ])
  expect((await waiting.settled()).at(-1)?.payload).toMatchObject({ queue: { position: 1 } })
})

it('thread properties are pushed with what changed, to customers what they may read', async () => {
  const rating = { rating: { score: 1 } }
  await customer.call('update_thread_properties', { ...ids(), properties: rating })
  await customer.call('update_thread_properties', {
    ...ids(),
    properties: { routing: { ignore_bots: true } },
  })
  await customer.call('delete_thread_properties', { ...ids(), properties: { rating: ['score'] } })
  const ofProperties = (frames: RtmClient['pushes']) =>
    frames
      .filter(({ action }) => action.includes('properties'))
      .map(({ action, payload }) => [action, payload])
  const updated = ['thread_properties_updated', { ...ids(), properties: rating }]
  const hidden = ['thread_properties_updated', { ...ids(), properties: { routing: { ignore_bots: true } } }]
  const deleted = ['thread_properties_deleted', { ...ids(), properties: { rating: ['score'] } }]
  expect(ofProperties(await agent.settled())).toEqual([updated, hidden, deleted])
  expect(ofProperties(await customer.settled())).toEqual([updated, deleted])
})

it('an event that the platform updates is pushed in its new version, and reads give the same', async () => {
  const { id } = sandbox.chats.agentSends(chat.id, 'first')
  sandbox.chats.platformUpdates(chat.id, id, { text: 'second' })
  const { payload } = await customer.push('event_updated')
  expect(payload).toMatchObject({ ...ids(), event: { id, text: 'second' } })
  const { body } = await callCustomer<{ thread: { events: unknown[] } }>(
    sandbox,
    customerIdOf(chat),
    'get_chat',
    {
      chat_id: chat.id,
    },
  )
  expect(body.thread.events.at(-1)).toEqual(payload.event)
  expect((await agent.push('event_updated')).payload).toMatchObject({ event: { id, text: 'second' } })
})

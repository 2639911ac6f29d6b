import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../../livechat/index.ts'
import { agentAuth, callAgent } from '../v3-client.ts'
import { agentOnline, connect, customerOnline, type RtmClient } from './rtm-client.ts'

const DORA = 'dora.lind@switchboard.test'
const ADA = 'ada.kowalska@switchboard.test'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const statusOf = (agentId: string) => sandbox.chats.agents.find(({ id }) => id === agentId)?.routingStatus
const doraOnline = (more: object = {}) => agentOnline(sandbox, more, agentAuth(sandbox, DORA))
const leave = async (client: RtmClient) => {
  await client.call('logout')
  await client.closed
}

it('a login takes an agent who is offline online, and the last one that ends, back', async () => {
  const [first, second] = [await doraOnline(), await doraOnline()]
  expect(statusOf(DORA)).toBe('accepting_chats')
  await leave(first)
  expect(statusOf(DORA)).toBe('accepting_chats')
  await leave(second)
  expect(statusOf(DORA)).toBe('offline')
})

it('an agent takes no chats while all its connections are away', async () => {
  const first = await doraOnline({ away: true })
  expect(statusOf(DORA)).toBe('not_accepting_chats')
  const second = await doraOnline()
  expect(statusOf(DORA)).toBe('accepting_chats')
  await second.call('set_away_status', { away: true })
  expect(statusOf(DORA)).toBe('not_accepting_chats')
  await first.call('set_away_status', { away: false })
  expect(statusOf(DORA)).toBe('accepting_chats')
})

it('an agent who works in the vendor’s app stays available whatever its RTM connections do', async () => {
  const client = await agentOnline(sandbox, { away: true }, agentAuth(sandbox, ADA))
  expect(statusOf(ADA)).toBe('accepting_chats')
  await client.call('set_routing_status', { status: 'not_accepting_chats' })
  expect(statusOf(ADA)).toBe('not_accepting_chats')
  await leave(client)
  expect(statusOf(ADA)).toBe('accepting_chats')
})

it('a status that was set lasts for the session, and comes back with `reconnect`', async () => {
  const first = await doraOnline()
  await first.call('set_routing_status', { status: 'not_accepting_chats' })
  await leave(first)
  expect(statusOf(DORA)).toBe('offline')
  const second = await doraOnline({ reconnect: true })
  expect(statusOf(DORA)).toBe('not_accepting_chats')
  await leave(second)
  await doraOnline()
  expect(statusOf(DORA)).toBe('accepting_chats')
})

it('pushes routing statuses to all agents, and groups that change to both sides in their own words', async () => {
  const agent = await agentOnline(sandbox)
  const customer = await customerOnline(sandbox, sandbox.chats.addCustomer().id)
  await callAgent(sandbox, 'set_routing_status', {
    agent_id: sandbox.credentials.login,
    status: 'not_accepting_chats',
  })
  // The only other agent of group 3 takes no chats.
  expect((await agent.settled()).map(({ action, payload }) => [action, payload])).toEqual([
    ['routing_status_set', { agent_id: sandbox.credentials.login, status: 'not_accepting_chats' }],
    ['groups_status_updated', { groups: [{ id: 3, status: 'not_accepting_chats' }] }],
  ])
  expect((await customer.settled()).map(({ action, payload }) => [action, payload])).toEqual([
    ['groups_status_updated', { groups: [{ id: 3, status: 'offline' }] }],
  ])
})

it('refuses an agent for whom there is no seat', async () => {
  sandbox.switches.agentSeats = 1
  await agentOnline(sandbox)
  const client = await connect(sandbox, 'agent')
  const { payload } = await client.call('login', { token: agentAuth(sandbox, ADA) })
  expect(payload.error).toEqual({ type: 'seats_limit_exceeded', message: 'Seats limit exceeded' })
  await agentOnline(sandbox)
})

it('replaces the oldest connection of an agent that has too many', async () => {
  sandbox.switches.agentConnectionLimit = 1
  const first = await agentOnline(sandbox)
  const second = await agentOnline(sandbox)
  await first.closed
  expect(first.frames.at(-1)).toMatchObject({
    action: 'agent_disconnected',
    payload: { reason: 'connection_evicted' },
  })
  expect((await second.call('ping')).success).toBe(true)
})

it('a login is followed by the customers who are online', async () => {
  const chat = sandbox.chats.start({ customer: { name: 'Cy' } })
  const client = await connect(sandbox, 'agent')
  client.send('login', { token: agentAuth(sandbox, ADA) })
  const push = await client.push('incoming_customers')
  expect(push.payload).toMatchObject({
    customers: [{ id: sandbox.chats.customerOf(chat.id).id, name: 'Cy' }],
  })
  expect(client.frames.map(({ action }) => action)).toEqual(['login', 'incoming_customers'])
})

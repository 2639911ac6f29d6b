import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { agentAuth, apiError, callAgent, callCustomer, customerIdOf, type WireChat } from './v3-client.ts'

const ADA = 'ada.kowalska@switchboard.test'
const BEN = 'ben.osei@switchboard.test'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const chatOf = async (chat_id: string) => (await callAgent<WireChat>(sandbox, 'get_chat', { chat_id })).body
const as = (agentId: string) => ({ authorization: agentAuth(sandbox, agentId) })
const say = (chat_id: string, event: object = {}) => ({
  chat_id,
  event: { type: 'message', text: 'hi', ...event },
})

describe('remove_user_from_chat', () => {
  const leave = (chat_id: string, more: object = {}) => ({
    chat_id,
    user_id: ADA,
    user_type: 'agent',
    ignore_requester_presence: true,
    ...more,
  })

  it('removes an agent, which those see who saw the agent', async () => {
    const chat = sandbox.chats.start()
    const join = { ...leave(chat.id), visibility: 'agents' }
    await callAgent(sandbox, 'add_user_to_chat', join, as(ADA))
    expect((await callAgent(sandbox, 'remove_user_from_chat', leave(chat.id), as(ADA))).body).toEqual({})
    const { thread, users } = await chatOf(chat.id)
    expect(users.map(({ id }) => id)).not.toContain(ADA)
    expect(thread?.events?.at(-1)).toMatchObject({ system_message_type: 'agent_left', visibility: 'agents' })
    const robin = leave(chat.id, { user_id: sandbox.credentials.login })
    expect((await callAgent(sandbox, 'remove_user_from_chat', robin, as(ADA))).status).toBe(200)
    expect((await chatOf(chat.id)).thread?.events?.at(-1)).toMatchObject({
      system_message_type: 'agent_removed',
      visibility: 'all',
    })
  })

  it('refuses customers, strangers and closed chats', async () => {
    const chat = sandbox.chats.start()
    const ask = (more: object) => callAgent(sandbox, 'remove_user_from_chat', leave(chat.id, more))
    expect((await ask({ user_type: 'customer' })).status).toBe(400)
    expect((await ask({})).status).toBe(422)
    sandbox.chats.close(chat.id)
    expect((await ask({})).body).toMatchObject(apiError('chat_inactive'))
  })
})

describe('add_user_to_chat', () => {
  const join = (chat_id: string, more: object = {}) => ({
    chat_id,
    user_id: ADA,
    user_type: 'agent',
    visibility: 'agents',
    ignore_requester_presence: true,
    ...more,
  })

  it('lets a second agent in among agents only, who then cannot speak to all', async () => {
    const chat = sandbox.chats.start()
    expect((await callAgent(sandbox, 'add_user_to_chat', join(chat.id), as(ADA))).body).toEqual({})
    expect((await callAgent(sandbox, 'send_event', say(chat.id), as(ADA))).status).toBe(422)
    const note = say(chat.id, { visibility: 'agents' })
    expect((await callAgent(sandbox, 'send_event', note, as(ADA))).status).toBe(200)
    const { thread } = await chatOf(chat.id)
    expect(thread?.events).toMatchObject([
      { system_message_type: 'agent_joined', text: 'Ada Kowalska joined the chat', visibility: 'agents' },
      { author_id: ADA, visibility: 'agents' },
    ])
  })

  it('refuses a second public agent, unless the licence allows more', async () => {
    const chat = sandbox.chats.start()
    const input = join(chat.id, { visibility: 'all' })
    const refused = await callAgent(sandbox, 'add_user_to_chat', input)
    expect([refused.status, refused.body]).toEqual([
      422,
      apiError('limit_reached', 'Public agents in chat limit reached'),
    ])
    sandbox.switches.publicAgentLimit = 2
    expect((await callAgent(sandbox, 'add_user_to_chat', input)).status).toBe(200)
    expect((await chatOf(chat.id)).thread?.events).toMatchObject([
      { system_message_type: 'agent_added', text: 'Robin Hale added Ada Kowalska to the chat' },
    ])
  })

  it('seats the first agent of an unassigned chat without a word', async () => {
    const chat = sandbox.chats.start({ offline: true })
    const input = join(chat.id, { visibility: 'all' })
    expect((await callAgent(sandbox, 'add_user_to_chat', input)).status).toBe(200)
    expect(await chatOf(chat.id)).toMatchObject({
      thread: { events: [], properties: { routing: { unassigned: false } } },
    })
  })

  it('refuses who is unknown, without access, or not the one customer', async () => {
    const chat = sandbox.chats.start({ groupId: 3 })
    const ask = async (more: object) =>
      (await callAgent(sandbox, 'add_user_to_chat', join(chat.id, more))).body
    expect(await ask({ user_id: 'nobody@x.test' })).toMatchObject(apiError('validation', 'user_id not found'))
    expect(await ask({ user_id: BEN })).toMatchObject(apiError('missing_access'))
    const customer = { user_id: sandbox.chats.addCustomer().id, user_type: 'customer', visibility: 'all' }
    expect(await ask(customer)).toMatchObject(apiError('validation', 'Chat already has a customer'))
  })

  it('needs an active chat and a requester in it', async () => {
    const chat = sandbox.chats.start()
    const present = join(chat.id, { ignore_requester_presence: false })
    expect((await callAgent(sandbox, 'add_user_to_chat', present, as(ADA))).status).toBe(403)
    sandbox.chats.close(chat.id)
    expect((await callAgent(sandbox, 'add_user_to_chat', join(chat.id))).status).toBe(422)
  })

  it("makes the chat the customer's own", async () => {
    const { body } = await callAgent<{ chat_id: string }>(sandbox, 'start_chat')
    const { id } = sandbox.chats.addCustomer()
    const customer = join(body.chat_id, { user_id: id, user_type: 'customer', visibility: 'all' })
    for (const _ of [1, 2]) expect((await callAgent(sandbox, 'add_user_to_chat', customer)).status).toBe(200)
    const { body: own } = await callCustomer(sandbox, id, 'list_chats')
    expect(own).toMatchObject({ chats_summary: [{ id: body.chat_id }], total_chats: 1 })
    expect((await callAgent(sandbox, 'get_customer', { id })).body).toMatchObject({
      chat_ids: [body.chat_id],
    })
  })
})

describe('transfer_chat', () => {
  it('hands the chat to an agent, with a system message', async () => {
    const chat = sandbox.chats.start()
    await callAgent(sandbox, 'transfer_chat', { id: chat.id, target: { type: 'agent', ids: [ADA] } })
    const { thread, users } = await chatOf(chat.id)
    expect(thread?.events).toMatchObject([
      {
        type: 'system_message',
        system_message_type: 'chat_transferred',
        text: expect.stringContaining('Ada'),
      },
    ])
    expect(thread?.events?.[0]).not.toHaveProperty('author_id')
    expect(users.filter(({ present }) => present).map(({ id }) => id)).toEqual([customerIdOf(chat), ADA])
  })

  it('moves the chat to a group, whose agents must be there unless availability is ignored', async () => {
    const chat = sandbox.chats.start()
    sandbox.chats.setRoutingStatus(sandbox.credentials.login, 'not_accepting_chats')
    const input = { id: chat.id, target: { type: 'group', ids: [3] } }
    const refused = await callAgent(sandbox, 'transfer_chat', input)
    expect([refused.status, refused.body]).toMatchObject([422, apiError('group_offline')])
    await callAgent(sandbox, 'transfer_chat', { ...input, ignore_agents_availability: true })
    expect(await chatOf(chat.id)).toMatchObject({ access: { group_ids: [3] } })
  })

  const transferTo = (id: string, more: object) => callAgent(sandbox, 'transfer_chat', { id, ...more })

  it('without a target keeps the groups, and queues the chat if nobody there takes chats', async () => {
    const chat = sandbox.chats.start({ groupId: 3 })
    for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'not_accepting_chats')
    expect((await transferTo(chat.id, {})).body).toMatchObject(apiError('group_offline'))
    expect((await transferTo(chat.id, { ignore_agents_availability: true })).body).toEqual({})
    expect(await chatOf(chat.id)).toMatchObject({
      access: { group_ids: [3] },
      thread: {
        queue: { position: 1, wait_time: 60 },
        properties: { routing: { unassigned: true, pinned: true } },
      },
    })
    const { login: user_id } = sandbox.credentials
    const join = { chat_id: chat.id, user_id, user_type: 'agent', visibility: 'all' }
    await callAgent(sandbox, 'add_user_to_chat', { ...join, ignore_requester_presence: true })
    expect((await chatOf(chat.id)).thread).not.toHaveProperty('queue')
  })

  it('without a target gives the chat to an agent of its groups who is free', async () => {
    const chat = sandbox.chats.start()
    for (const { id } of sandbox.chats.agents) sandbox.chats.setRoutingStatus(id, 'not_accepting_chats')
    sandbox.chats.setRoutingStatus(ADA, 'accepting_chats')
    await transferTo(chat.id, { ignore_agents_availability: true })
    const { users } = await chatOf(chat.id)
    expect(users.filter(({ present }) => present).map(({ id }) => id)).toEqual([customerIdOf(chat), ADA])
  })

  it('needs an agent who is known, has access and takes chats, and an active chat', async () => {
    const chat = sandbox.chats.start({ groupId: 3 })
    const general = sandbox.chats.start()
    const to = async (agentId: string, chatId = chat.id) => {
      const target = { type: 'agent', ids: [agentId] }
      return (await transferTo(chatId, { target, ignore_requester_presence: true })).body
    }
    expect(await to('nobody@x.test')).toMatchObject(apiError('validation', 'user_id not found'))
    expect(await to(BEN)).toMatchObject(apiError('missing_access'))
    sandbox.chats.setRoutingStatus(ADA, 'not_accepting_chats')
    expect(await to(ADA, general.id)).toMatchObject(apiError('agent_offline'))
    sandbox.chats.close(general.id)
    expect(await to(ADA, general.id)).toMatchObject(apiError('chat_inactive'))
  })

  it('needs a requester in the chat unless presence is ignored', async () => {
    const chat = sandbox.chats.start()
    const target = { type: 'agent', ids: [BEN] }
    const absent = await callAgent(sandbox, 'transfer_chat', { id: chat.id, target }, as(ADA))
    expect(absent.status).toBe(403)
    const input = { id: chat.id, target, ignore_requester_presence: true }
    expect((await callAgent(sandbox, 'transfer_chat', input, as(ADA))).status).toBe(200)
  })
})

describe('list_agents_for_transfer', () => {
  it('lists who is not offline and has access, the least busy first', async () => {
    const chat = sandbox.chats.start()
    sandbox.chats.setRoutingStatus(ADA, 'not_accepting_chats')
    sandbox.chats.transfer(chat.id, { agentId: BEN })
    const list = async () =>
      (await callAgent<object[]>(sandbox, 'list_agents_for_transfer', { chat_id: chat.id })).body
    expect(await list()).toEqual(
      expect.arrayContaining([
        { agent_id: ADA, total_active_chats: 0 },
        { agent_id: BEN, total_active_chats: 1 },
      ]),
    )
    expect((await list()).at(-1)).toEqual({ agent_id: BEN, total_active_chats: 1 })
    sandbox.chats.setRoutingStatus(ADA, 'offline')
    expect(await list()).not.toContainEqual({ agent_id: ADA, total_active_chats: 0 })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { agentAuth, callAgent, callConfiguration, callCustomer } from './v3-client.ts'

const BEN = 'ben.osei@switchboard.test'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

describe('the customer about themselves', () => {
  it('has only the fields that were set', async () => {
    const { id } = sandbox.chats.addCustomer()
    expect((await callCustomer(sandbox, id, 'get_customer')).body).toEqual({ id, type: 'customer' })
    const update = { name: 'Ada', email: 'ada@x.test', session_fields: [{ b: '2' }, { a: '1' }] }
    expect(await callCustomer(sandbox, id, 'update_customer', update)).toMatchObject({
      status: 200,
      body: {},
    })
    expect((await callCustomer(sandbox, id, 'get_customer')).body).toEqual({
      id,
      type: 'customer',
      ...update,
      email_verified: false,
    })
  })

  it.each([{}, { id: 'x' }, { session_fields: [{ a: '1', b: '2' }] }, { name: 7 }])(
    'cannot be updated by %j',
    async (input) => {
      const { id } = sandbox.chats.addCustomer()
      expect((await callCustomer(sandbox, id, 'update_customer', input)).status).toBe(400)
    },
  )
})

describe('the customer as agents see them', () => {
  it('carries counts, chats and tickets', async () => {
    const chat = sandbox.chats.start({ customer: { name: 'Ada', email: 'ada@x.test' } })
    const ticket = sandbox.addTicket({ requester: { email: 'ada@x.test' }, text: 'Help' })
    const id = sandbox.chats.customerOf(chat.id).id
    const { body } = await callAgent(sandbox, 'get_customer', { id })
    expect(body).toMatchObject({
      id,
      type: 'customer',
      name: 'Ada',
      chat_ids: [chat.id],
      statistics: { chats_count: 1, threads_count: 1, tickets_count: 1 },
      tickets: [{ ticket_id: ticket.ID, created_at: expect.stringMatching(/Z$/) }],
    })
  })

  it('are changed with customers:rw, the phone number in E.164', async () => {
    const { id } = sandbox.chats.addCustomer({ name: 'Ada' })
    const update = { id, phone_number: '+48123456789' }
    const agentId = sandbox.credentials.login
    const readOnly = { authorization: agentAuth(sandbox, agentId, ['customers:ro']) }
    expect((await callAgent(sandbox, 'update_customer', update, readOnly)).status).toBe(403)
    expect((await callAgent(sandbox, 'update_customer', update)).status).toBe(200)
    expect((await callCustomer(sandbox, id, 'get_customer')).body).toMatchObject({
      name: 'Ada',
      phone_number: '+48123456789',
    })
    for (const [input, status] of [
      [{ id, phone_number: '123' }, 400],
      [{ id }, 400],
      [{ id: 'nobody', name: 'N' }, 404],
    ] as const) {
      expect((await callAgent(sandbox, 'update_customer', input)).status).toBe(status)
    }
  })

  it('are one by one: an unknown one is not found', async () => {
    expect((await callAgent(sandbox, 'get_customer', { id: 'nobody' })).status).toBe(404)
  })
})

describe('group statuses', () => {
  const statuses = async (input: object) =>
    (await callCustomer(sandbox, sandbox.chats.addCustomer().id, 'list_group_statuses', input)).body

  it('tell whether an agent takes chats, of all groups or of some; unknown ids are absent', async () => {
    expect(await statuses({ all: true })).toEqual({
      groups_status: { 0: 'online', 1: 'online', 2: 'online', 3: 'online' },
    })
    sandbox.chats.setRoutingStatus(sandbox.credentials.login, 'offline')
    expect(await statuses({ group_ids: [3, 99] })).toEqual({ groups_status: { 3: 'offline' } })
    expect(await statuses({})).toMatchObject({ error: { type: 'validation' } })
  })

  it('are online_for_queue while all who would take chats are full', async () => {
    for (const { id } of sandbox.chats.agents) {
      sandbox.chats.setRoutingStatus(id, id === BEN ? 'accepting_chats' : 'offline')
    }
    for (let n = 0; n < 5; n += 1) sandbox.chats.start({ groupId: 1 })
    expect(await statuses({ group_ids: [1] })).toEqual({ groups_status: { 1: 'online_for_queue' } })
  })
})

describe('routing statuses', () => {
  it('are a bare array of every agent, offline ones too', async () => {
    const { body } = await callAgent(sandbox, 'list_routing_statuses')
    expect(body).toHaveLength(5)
    expect(body).toContainEqual({ agent_id: 'dora.lind@switchboard.test', status: 'offline' })
  })

  it('are set by the agent, or by another with a scope for all; agents who are offline have none to set', async () => {
    const statusOf = (agentId: string) => sandbox.chats.agents.find(({ id }) => id === agentId)?.routingStatus
    const authorization = agentAuth(sandbox, BEN, ['agents--my:rw'])
    const set = (input: object, headers = {}) => callAgent(sandbox, 'set_routing_status', input, headers)
    const status = 'not_accepting_chats'
    expect(await set({ status }, { authorization })).toMatchObject({ status: 200, body: {} })
    expect(statusOf(BEN)).toBe(status)
    const other = { status, agent_id: 'ada.kowalska@switchboard.test' }
    expect((await set(other, { authorization })).status).toBe(403)
    expect((await set(other)).status).toBe(200)
    expect(statusOf('ada.kowalska@switchboard.test')).toBe(status)
    const offline = { status: 'accepting_chats', agent_id: 'dora.lind@switchboard.test' }
    expect(await set(offline)).toMatchObject({ status: 422, body: { error: { type: 'agent_offline' } } })
    expect(await set({ status: 'offline', agent_id: BEN })).toMatchObject({ status: 400 })
    expect(await set({ status, agent_id: 'nobody@switchboard.test' })).toMatchObject({ status: 422 })
  })

  it('can be asked by group', async () => {
    const { body } = await callAgent(sandbox, 'list_routing_statuses', { filters: { group_ids: [3] } })
    expect(body).toEqual([
      { agent_id: sandbox.credentials.login, status: 'accepting_chats' },
      { agent_id: 'chiyo.tanaka@switchboard.test', status: 'not_accepting_chats' },
    ])
  })
})

describe('the configuration', () => {
  it('lists agents as a bare array, with further fields on request', async () => {
    const { body } = await callConfiguration<object[]>(sandbox, 'list_agents')
    expect(body[0]).toEqual({
      id: sandbox.credentials.login,
      account_id: sandbox.credentials.accountId,
      name: 'Robin Hale',
      role: 'owner',
      avatar_path: expect.not.stringContaining('https:'),
      login_status: 'accepting chats',
    })
    const fields = ['groups', 'job_title', 'max_chats_count']
    const more = await callConfiguration(sandbox, 'list_agents', { fields, filters: { group_ids: [3] } })
    expect(more.body).toMatchObject([
      { job_title: 'Head of support', groups: [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }] },
      { name: '田中 千代', max_chats_count: 5 },
    ])
  })

  it('lists groups, whose ids are the classic skills', async () => {
    const { body } = await callConfiguration<object[]>(sandbox, 'list_groups')
    expect(body[0]).toEqual({ id: 0, name: 'General', language_code: 'en' })
    const fields = ['routing_status', 'agent_priorities']
    const more = await callConfiguration<object[]>(sandbox, 'list_groups', { fields })
    expect(more.body[3]).toMatchObject({
      id: 3,
      routing_status: 'accepting_chats',
      agent_priorities: { [sandbox.credentials.login]: 'normal' },
    })
  })

  it('lists tags, of some groups if asked', async () => {
    const { body } = await callConfiguration<object[]>(sandbox, 'list_tags')
    expect(body[0]).toEqual({
      name: 'support',
      group_ids: [0],
      author_id: sandbox.credentials.login,
      created_at: '2024-05-06T08:00:00.000000Z',
    })
    const some = await callConfiguration(sandbox, 'list_tags', { filters: { group_ids: [3] } })
    expect(some.body).toMatchObject([{ name: 'refund' }])
  })

  it.each(['list_agents', 'list_groups', 'list_tags'])('%s needs its scope', async (action) => {
    const authorization = agentAuth(sandbox, BEN, ['chats--all:rw'])
    expect((await callConfiguration(sandbox, action, {}, { authorization })).status).toBe(403)
    expect((await callConfiguration(sandbox, action, {}, { authorization: null })).status).toBe(401)
  })
})

describe('the configuration of a widget, without a token', () => {
  const get = async (action: string, query: Readonly<Record<string, string>>) => {
    const search = new URLSearchParams({ organization_id: sandbox.credentials.organizationId, ...query })
    const response = await fetch(`${sandbox.url}/v3.6/customer/action/${action}?${search}`)
    return { status: response.status, body: await response.json() }
  }
  const version = async (): Promise<string> =>
    (await get('get_dynamic_configuration', { group_id: '2' })).body.livechat.config_version

  it('has the pre-chat form of each group, as of the current version', async () => {
    const first = await version()
    const orders = await get('get_configuration', { group_id: '2', version: first })
    expect(orders.body.prechat_form.fields).toContainEqual({
      id: '154417206262605001',
      type: 'question',
      label: 'Order number',
    })
    sandbox.chats.setPreChatForm(2, null)
    expect((await get('get_configuration', { group_id: '2', version: first })).status).toBe(400)
    const second = await get('get_configuration', { group_id: '2', version: await version() })
    expect(second.body).not.toHaveProperty('prechat_form')
  })

  it('needs a group that exists', async () => {
    expect((await get('get_configuration', { version: await version() })).body.error.type).toBe('validation')
    const unknown = await get('get_configuration', { group_id: '77', version: await version() })
    expect(unknown.body.error.type).toBe('group_not_found')
  })
})

import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../support/test-gateway.ts'
import { AgentNodes, Agents, AgentsAtWork, RoomAuthors } from './documents.ts'
import {
  ADA,
  CHIYO,
  countRequests,
  DORA,
  LIVECHAT_LIST,
  openTwoTeams,
  ROCKETCHAT_LIST,
  type TwoTeams,
} from './two-teams.ts'

const listAgents = async ({ url }: Pick<TwoTeams, 'url'>, filter: object = {}) =>
  (await fetchData(url, Agents, { filter }, asOperator)).agents
const idsOf = (agents: readonly { readonly nativeId: string }[]) => agents.map(({ nativeId }) => nativeId)
const idOf = (provider: string, agentId: string) => encodeId({ type: 'Agent', provider, agentId })

describe('agents', () => {
  it('are listed by provider, with what the provider says about each', async () => {
    const teams = await openTwoTeams()
    const agents = await listAgents(teams)
    expect(idsOf(agents).slice(0, 2)).toEqual([teams.ida, teams.otto])
    expect(agents[0]).toEqual({
      id: idOf('rocketchat', teams.ida),
      nativeId: teams.ida,
      name: 'Ida Agent',
      email: 'ida@roastery.example',
      avatarUrl: null,
      acceptingChats: true,
      maxRooms: 4,
      provider: { name: 'rocketchat' },
    })
    expect(agents[1]).toMatchObject({ acceptingChats: false, maxRooms: null })
    const ofLiveChat = new Map(agents.map((agent) => [agent.nativeId, agent]))
    expect(ofLiveChat.get(ADA)).toEqual({
      id: idOf('livechat', ADA),
      nativeId: ADA,
      name: 'Ada Kowalska',
      email: ADA,
      avatarUrl: 'https://cdn.livechat-static.com/avatars/ada.kowalska.png',
      acceptingChats: true,
      maxRooms: expect.any(Number),
      provider: { name: 'livechat' },
    })
    expect(ofLiveChat.get(CHIYO)?.acceptingChats).toBe(false)
    expect(ofLiveChat.get(DORA)?.acceptingChats).toBe(false)
  })

  it('may have a limit of rooms beyond the range of Int, as administrators set it for none', async () => {
    const teams = await openTwoTeams({ liveChat: null })
    const limit = { maxNumberSimultaneousChat: 99_999_999_999 }
    const { _id } = teams.rocketChat.workspace.createAgent({ name: 'Max', ...limit })
    const max = (await listAgents(teams)).find(({ nativeId }) => nativeId === _id)
    expect(max).toMatchObject({ maxRooms: 2 ** 31 - 1 })
  })

  it('that are offline at Rocket.Chat do not accept, whatever they have set', async () => {
    const teams = await openTwoTeams()
    teams.rocketChat.workspace.setStatus(teams.ida, 'offline')
    expect((await listAgents(teams))[0]).toMatchObject({ nativeId: teams.ida, acceptingChats: false })
  })

  it('can be filtered by provider, department and status', async () => {
    const teams = await openTwoTeams()
    const orders = encodeId({ type: 'Department', provider: 'rocketchat', departmentId: teams.orders })
    const billing = encodeId({ type: 'Department', provider: 'livechat', departmentId: '3' })
    expect(idsOf(await listAgents(teams, { providers: ['rocketchat'] }))).toEqual([teams.ida, teams.otto])
    expect(idsOf(await listAgents(teams, { departmentId: orders }))).toEqual([teams.ida])
    expect(idsOf(await listAgents(teams, { departmentId: billing, acceptingChats: false }))).toEqual([CHIYO])
    expect(idsOf(await listAgents(teams, { providers: ['rocketchat'], departmentId: billing }))).toEqual([])
    const accepting = await listAgents(teams, { acceptingChats: true })
    expect(accepting.every(({ acceptingChats }) => acceptingChats === true)).toBe(true)
    expect(idsOf(accepting)).toContain(teams.ida)
    const filter = { departmentId: idOf('rocketchat', teams.ida) }
    const { errors } = await sendOperation(teams.url, Agents, { filter }, asOperator)
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'filter.departmentId' } }])
  })

  it('have the number of rooms that they serve, and their departments', async () => {
    const teams = await openTwoTeams()
    const { rocketChat, liveChat } = teams
    for (const departmentId of [teams.orders, undefined]) {
      const { token } = rocketChat.workspace.createVisitor({})
      const room = { token, agentId: teams.ida, ...(departmentId && { departmentId }) }
      rocketChat.workspace.openRoom(room)
    }
    const chat = liveChat.chats.start({ groupId: 2 })
    const serving = chat.users.find(({ type }) => type === 'agent')?.id
    const { agents } = await fetchData(teams.url, AgentsAtWork, {}, asOperator)
    const rooms = new Map(agents.map(({ nativeId, activeRooms }) => [nativeId, activeRooms]))
    expect(rooms.get(teams.ida)).toBe(2)
    expect(rooms.get(teams.otto)).toBe(0)
    expect(rooms.get(serving ?? '')).toBe(1)
    expect(rooms.get(DORA)).toBe(0)
    expect(agents[0]?.departments).toEqual([{ nativeId: teams.orders, name: 'Orders' }])
    expect(agents.find(({ nativeId }) => nativeId === CHIYO)?.departments).toEqual([
      { nativeId: '3', name: 'Billing' },
    ])
  })

  it('have the ids under which their messages and rooms name them', async () => {
    const teams = await openTwoTeams()
    const { token } = teams.rocketChat.workspace.createVisitor({})
    const rid = teams.rocketChat.workspace.openRoom({ token, agentId: teams.ida })._id
    teams.rocketChat.workspace.agentSends(rid, 'Hello')
    const chat = teams.liveChat.chats.start({ groupId: 1 })
    teams.liveChat.chats.agentSends(chat.id, 'Hello')
    const known = new Set(idsOf(await listAgents(teams)))
    for (const [provider, id] of [
      ['rocketchat', rid],
      ['livechat', chat.id],
    ] as const) {
      const { roomByNativeId } = await fetchData(teams.url, RoomAuthors, { provider, id }, asOperator)
      const author = roomByNativeId?.messages.nodes.find(({ text }) => text === 'Hello')?.author?.nativeId
      expect(known).toContain(author)
      expect(roomByNativeId?.agents).toEqual([{ nativeId: author }])
    }
  })

  it('can be read again by their ids; the account that the gateway writes as is found, too', async () => {
    const teams = await openTwoTeams()
    const { userId } = teams.rocketChat.workspace.serviceAccount()
    const ids = [idOf('livechat', ADA), idOf('rocketchat', userId), idOf('rocketchat', 'nobody')]
    const { nodes } = await fetchData(teams.url, AgentNodes, { ids }, asOperator)
    expect(nodes).toEqual([
      { __typename: 'Agent', id: ids[0], nativeId: ADA, name: 'Ada Kowalska' },
      { __typename: 'Agent', id: ids[1], nativeId: userId, name: 'Support Desk' },
      null,
    ])
  })
})

describe('a provider that fails', () => {
  it('costs only its own agents', async () => {
    const teams = await openTwoTeams()
    teams.liveChat.injectFault({ ...apiFaults.serviceUnavailable, route: LIVECHAT_LIST })
    const { data, errors } = await sendOperation(teams.url, Agents, {}, asOperator)
    expect(idsOf(data?.agents ?? [])).toEqual([teams.ida, teams.otto])
    expect(errors).toMatchObject([{ path: ['agents'], extensions: { provider: 'livechat' } }])
  })

  it('because the service account lacks a permission says which', async () => {
    const teams = await openTwoTeams()
    for (const permission of ['transfer-livechat-guest', 'edit-omnichannel-contact'] as const)
      teams.rocketChat.workspace.setPermissionRoles(permission, [])
    const { errors } = await sendOperation(teams.url, Agents, {}, asOperator)
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('edit-omnichannel-contact'),
        extensions: { code: 'FORBIDDEN', provider: 'rocketchat' },
      },
    ])
  })

  it('to list departments leaves the agents without departments', async () => {
    const teams = await openTwoTeams({ liveChat: null })
    teams.rocketChat.injectFault({
      kind: 'answer',
      status: 502,
      body: 'bad gateway',
      route: '/api/v1/livechat/department.listByIds',
    })
    const { data, errors } = await sendOperation(teams.url, AgentsAtWork, {}, asOperator)
    expect(data?.agents).toMatchObject([{ nativeId: teams.ida, departments: [] }, { nativeId: teams.otto }])
    expect(errors).toMatchObject([{ path: ['agents', 0, 'departments'] }])
  })
})

describe('calls that the list costs', () => {
  it('one per provider for five seconds, for all callers together', async () => {
    const teams = await openTwoTeams()
    const both = () => Promise.all([listAgents(teams), listAgents(teams, { acceptingChats: true })])
    const expected = { 'livechat/users/agent': 1, 'configuration/action/list_agents': 1 }
    expect(await countRequests(teams, both)).toEqual(expected)
    expect(await countRequests(teams, both)).toEqual({})
  })

  it('one more per provider with the rooms that they serve, and one for the departments', async () => {
    const teams = await openTwoTeams()
    const atWork = () => fetchData(teams.url, AgentsAtWork, {}, asOperator)
    expect(await countRequests(teams, atWork)).toEqual({
      'livechat/users/agent': 1,
      'livechat/queue': 1,
      'livechat/department.listByIds': 1,
      'configuration/action/list_agents': 1,
      'configuration/action/list_groups': 1,
      'agent/action/list_chats': 1,
    })
    expect(await countRequests(teams, atWork)).toEqual({})
  })
})

describe('a list of LiveChat', () => {
  const listOf = async (rows: readonly object[]) => {
    const teams = await openTwoTeams({ rocketChat: null })
    teams.liveChat.injectFault({ kind: 'answer', status: 200, body: rows, route: LIVECHAT_LIST })
    const requests = await countRequests(teams, async () => {
      await listAgents(teams)
    })
    return { agents: await listAgents(teams), requests }
  }

  it('without statuses is completed by one more call', async () => {
    const { agents, requests } = await listOf([
      { id: ADA },
      { id: CHIYO },
      { id: 'unknown@switchboard.test' },
    ])
    expect(agents.map(({ acceptingChats }) => acceptingChats)).toEqual([true, false, null])
    expect(requests).toEqual({
      'configuration/action/list_agents': 1,
      'agent/action/list_routing_statuses': 1,
    })
  })

  it('may spell statuses with spaces or underscores, and have unreadable fields', async () => {
    const { agents, requests } = await listOf([
      { id: 'a', name: '', login_status: 'accepting_chats', max_chats_count: 'many', avatar_path: '' },
      { id: 'b', login_status: 'not accepting chats', max_chats_count: 3, groups: [{ id: 1 }, 'none'] },
      { id: 'c', login_status: 'on the phone' },
      { name: 'nameless' },
    ])
    expect(agents).toMatchObject([
      { nativeId: 'a', name: null, acceptingChats: true, maxRooms: null, avatarUrl: null },
      { nativeId: 'b', acceptingChats: false, maxRooms: 3 },
      { nativeId: 'c', acceptingChats: null },
    ])
    expect(requests).toEqual({ 'configuration/action/list_agents': 1 })
  })
})

describe('a list of Rocket.Chat', () => {
  it('of more than a hundred agents takes a call per hundred', async () => {
    const teams = await openTwoTeams({ liveChat: null })
    const { workspace } = teams.rocketChat
    for (let count = 0; count < 120; count += 1) workspace.createAgent({ name: `Agent ${count}` })
    const requests = await countRequests(teams, async () => {
      expect(await listAgents(teams)).toHaveLength(122)
    })
    expect(requests).toEqual({ 'livechat/users/agent': 2 })
  })
})

describe('other callers than operators', () => {
  it.each([
    ['a visitor', asVisitor('visitor'), 'FORBIDDEN'],
    ['anybody', asAnonymous, 'UNAUTHENTICATED'],
  ])('%s gets no agents, and no call is made', async (_who, headers, code) => {
    const teams = await openTwoTeams()
    const requests = await countRequests(teams, async () => {
      const { data, errors } = await sendOperation(teams.url, Agents, {}, headers)
      expect(data).toBeNull()
      expect(errors).toMatchObject([{ extensions: { code } }])
      const ids = [idOf('rocketchat', teams.ida), idOf('livechat', ADA)]
      const nodes = await sendOperation(teams.url, AgentNodes, { ids }, headers)
      expect(nodes.data).toEqual({ nodes: [null, null] })
    })
    expect(requests).toEqual({})
  })
})

it('accounts without an agent’s credential say so', async () => {
  const teams = await openTwoTeams({ as: 'visitors' })
  const { data, errors } = await sendOperation(teams.url, Agents, {}, asOperator)
  expect(data).toEqual({ agents: [] })
  expect(errors).toMatchObject([
    { extensions: { code: 'UNSUPPORTED', provider: 'rocketchat' } },
    { extensions: { code: 'UNSUPPORTED', provider: 'livechat' } },
  ])
  expect(teams.rocketChat.counts()[`GET ${ROCKETCHAT_LIST}`]).toBeUndefined()
})

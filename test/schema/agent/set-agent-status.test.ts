import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Agents, SetStatus, SetStatusOnly } from './documents.ts'
import { ADA, CHIYO, countRequests, DORA, openTwoTeams, type TwoTeams } from './two-teams.ts'

const ROCKETCHAT_WRITE = '/api/v1/livechat/agent.status'
const LIVECHAT_WRITE = '/v3.6/agent/action/set_routing_status'

const idOf = (provider: string, agentId: string) => encodeId({ type: 'Agent', provider, agentId })

async function setStatus(
  { url }: Pick<TwoTeams, 'url'>,
  [provider, agentId]: readonly [string, string],
  acceptingChats: boolean,
  headers: Record<string, string> = asOperator,
) {
  const input = { agentId: idOf(provider, agentId), acceptingChats }
  return (await fetchData(url, SetStatus, { input }, headers)).setAgentStatus
}

describe('setAgentStatus', () => {
  it('sets the status at both providers; the payload and the next list show it', async () => {
    const teams = await openTwoTeams()
    const accepting = async () => {
      const { agents } = await fetchData(teams.url, Agents, { filter: { acceptingChats: true } }, asOperator)
      return agents.map(({ nativeId }) => nativeId)
    }
    expect(await accepting()).toEqual(expect.arrayContaining([teams.ida, ADA]))
    for (const agent of [
      ['rocketchat', teams.ida],
      ['livechat', ADA],
    ] as const) {
      expect(await setStatus(teams, agent, false)).toEqual({
        __typename: 'SetAgentStatusPayload',
        agent: { nativeId: agent[1], acceptingChats: false },
      })
    }
    expect(teams.rocketChat.workspace.agent(teams.ida).statusLivechat).toBe('not-available')
    expect(await accepting()).not.toEqual(expect.arrayContaining([teams.ida]))
    expect(await accepting()).not.toEqual(expect.arrayContaining([ADA]))
    expect(await setStatus(teams, ['livechat', CHIYO], true)).toMatchObject({
      agent: { acceptingChats: true },
    })
  })

  it('costs one write, at LiveChat one list a minute to find the operator’s own agent, and one list if the agent is selected', async () => {
    const teams = await openTwoTeams()
    const only = (provider: string, agentId: string) => () => {
      const input = { agentId: idOf(provider, agentId), acceptingChats: false }
      return fetchData(teams.url, SetStatusOnly, { input }, asOperator)
    }
    expect(await countRequests(teams, only('rocketchat', teams.ida))).toEqual({ 'livechat/agent.status': 1 })
    const own = { 'configuration/action/list_agents': 1 }
    const write = { 'agent/action/set_routing_status': 1 }
    expect(await countRequests(teams, only('livechat', ADA))).toEqual({ ...own, ...write })
    expect(await countRequests(teams, only('livechat', ADA))).toEqual(write)
    expect(await countRequests(teams, () => setStatus(teams, ['rocketchat', teams.ida], true))).toEqual({
      'livechat/agent.status': 1,
      'livechat/users/agent': 1,
    })
  })

  it('of an agent that is offline: LiveChat refuses, Rocket.Chat keeps it until the agent is online', async () => {
    const teams = await openTwoTeams()
    expect(await setStatus(teams, ['livechat', DORA], true)).toEqual({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      detail: 'The agent is offline, and can accept chats only while logged in to LiveChat.',
    })
    teams.rocketChat.workspace.setStatus(teams.otto, 'offline')
    expect(await setStatus(teams, ['rocketchat', teams.otto], true)).toMatchObject({
      agent: { acceptingChats: false },
    })
    teams.rocketChat.workspace.setStatus(teams.otto, 'online')
    expect(await setStatus(teams, ['rocketchat', teams.otto], true)).toMatchObject({
      agent: { acceptingChats: true },
    })
  })

  it('outside business hours is a conflict: the server ignores it silently', async () => {
    const teams = await openTwoTeams()
    teams.rocketChat.settings.business_hours_are_open = false
    expect(await setStatus(teams, ['rocketchat', teams.otto], true)).toMatchObject({
      __typename: 'ConflictError',
      detail: expect.stringContaining('business hours'),
    })
    expect(await setStatus(teams, ['rocketchat', teams.ida], false)).toMatchObject({
      agent: { acceptingChats: false },
    })
  })

  it('outside business hours is a conflict for the service account itself, which gets an error', async () => {
    const teams = await openTwoTeams({
      configureRocketChat: (config, { workspace }) => {
        const own = workspace.createAgent({ name: 'Own', statusLivechat: 'not-available' })._id
        return { ...config, serviceAccount: serviceAccountOf(workspace.login(own)) }
      },
    })
    teams.rocketChat.settings.business_hours_are_open = false
    const agents = (await fetchData(teams.url, Agents, { filter: { providers: ['rocketchat'] } }, asOperator))
      .agents
    const own = agents.find(({ name }) => name === 'Own')?.nativeId ?? ''
    expect(await setStatus(teams, ['rocketchat', own], true)).toMatchObject({
      __typename: 'ConflictError',
      detail: 'An agent cannot accept chats outside business hours.',
    })
    expect(await setStatus(teams, ['rocketchat', teams.ida], false)).toMatchObject({
      __typename: 'ForbiddenError',
      detail: 'The service account lacks the permission manage-livechat-agents.',
    })
  })

  it.each([
    ['rocketchat', 'nobody'],
    ['livechat', 'nobody@switchboard.test'],
  ] as const)('of an agent that %s does not have is NOT_FOUND', async (...agent) => {
    expect(await setStatus(await openTwoTeams(), agent, true)).toMatchObject({ __typename: 'NotFoundError' })
  })

  it('needs the id of an agent', async () => {
    const teams = await openTwoTeams()
    const input = { agentId: encodeId({ type: 'Provider', provider: 'rocketchat' }), acceptingChats: true }
    const requests = await countRequests(teams, async () => {
      const { setAgentStatus } = await fetchData(teams.url, SetStatus, { input }, asOperator)
      expect(setAgentStatus).toMatchObject({ __typename: 'InvalidInputError', field: 'agentId' })
    })
    expect(requests).toEqual({})
  })

  it('lacking a scope at LiveChat is FORBIDDEN', async () => {
    const teams = await openTwoTeams({
      configureLiveChat: (config, { tokens }) => {
        const scopes = ['agents--all:ro', 'agents--my:rw']
        return {
          ...config,
          credential: { type: 'pat', ...tokens.personalAccessToken({ agentId: ADA, scopes }) },
        }
      },
    })
    expect(await setStatus(teams, ['livechat', CHIYO], true)).toMatchObject({ __typename: 'ForbiddenError' })
    expect(await setStatus(teams, ['livechat', ADA], false)).toMatchObject({ agent: { nativeId: ADA } })
  })
})

describe('a lost answer', () => {
  it.each([
    ['rocketchat', ROCKETCHAT_WRITE],
    ['livechat', LIVECHAT_WRITE],
  ] as const)('of %s is found in the list', async (provider, route) => {
    const teams = await openTwoTeams()
    const sandbox = provider === 'rocketchat' ? teams.rocketChat : teams.liveChat
    const agent = [provider, provider === 'rocketchat' ? teams.ida : ADA] as const
    sandbox.injectFault({ kind: 'reset-after-commit', route, times: 1 })
    const requests = await countRequests(teams, async () => {
      expect(await setStatus(teams, agent, false)).toMatchObject({ agent: { acceptingChats: false } })
    })
    const write = provider === 'rocketchat' ? 'livechat/agent.status' : 'agent/action/set_routing_status'
    expect(requests[write]).toBe(1)
  })

  it.each([
    ['rocketchat', ROCKETCHAT_WRITE],
    ['livechat', LIVECHAT_WRITE],
  ] as const)('of %s that had no effect is sent again', async (provider, route) => {
    const teams = await openTwoTeams()
    const sandbox = provider === 'rocketchat' ? teams.rocketChat : teams.liveChat
    const agent = [provider, provider === 'rocketchat' ? teams.ida : ADA] as const
    sandbox.injectFault({ kind: 'answer', status: 500, body: 'out of order', route, times: 1 })
    expect(await setStatus(teams, agent, false)).toMatchObject({ agent: { acceptingChats: false } })
  })
})

describe('permissions', () => {
  const keyOf = (name: string) => `key-of-the-operator-${name}`
  const as = (name: string) => ({ authorization: `Bearer ${keyOf(name)}` })
  const operators = [
    { name: 'tester', key: OPERATOR_KEY },
    { name: 'reader', key: keyOf('reader'), permissions: ['READ'] },
    { name: 'writer', key: keyOf('writer'), permissions: ['READ', 'WRITE'] },
    { name: 'manager', key: keyOf('manager'), permissions: ['READ', 'MANAGE'] },
  ] as const

  it('the own status needs WRITE, that of others MANAGE', async () => {
    const teams = await openTwoTeams({
      config: { operators },
      configureLiveChat: (config, { tokens }) => ({
        ...config,
        credential: { type: 'pat', ...tokens.personalAccessToken({ agentId: ADA }) },
      }),
    })
    const own = ['livechat', ADA] as const
    const other = ['livechat', CHIYO] as const
    const forbidden = (permission: string) => ({
      __typename: 'ForbiddenError',
      detail: `This operator does not have the permission ${permission}.`,
    })
    expect(await setStatus(teams, own, false, as('writer'))).toMatchObject({ agent: { nativeId: ADA } })
    expect(await setStatus(teams, other, true, as('writer'))).toMatchObject(forbidden('MANAGE'))
    expect(await setStatus(teams, other, true, as('manager'))).toMatchObject({ agent: { nativeId: CHIYO } })
    expect(await setStatus(teams, own, true, as('manager'))).toMatchObject(forbidden('WRITE'))
    expect(await setStatus(teams, own, true, as('reader'))).toMatchObject(forbidden('MANAGE'))
  })

  it('are checked before any call at Rocket.Chat, which needs none to know its own agent', async () => {
    const teams = await openTwoTeams({ config: { operators } })
    const requests = await countRequests(teams, async () => {
      expect(await setStatus(teams, ['rocketchat', teams.ida], false, as('writer'))).toMatchObject({
        __typename: 'ForbiddenError',
      })
    })
    expect(requests).toEqual({})
  })

  it.each([
    ['a visitor', asVisitor('visitor'), 'FORBIDDEN'],
    ['anybody', asAnonymous, 'UNAUTHENTICATED'],
  ])('%s sets nothing, and no call is made', async (_who, headers, code) => {
    const teams = await openTwoTeams()
    const requests = await countRequests(teams, async () => {
      expect(await setStatus(teams, ['rocketchat', teams.ida], false, headers)).toMatchObject({ code })
      expect(await setStatus(teams, ['livechat', ADA], false, headers)).toMatchObject({ code })
    })
    expect(requests).toEqual({})
  })

  it('an account without an agent’s credential is UNSUPPORTED', async () => {
    const teams = await openTwoTeams({ as: 'visitors' })
    const input = { agentId: idOf('livechat', ADA), acceptingChats: true }
    const { data } = await sendOperation(teams.url, SetStatus, { input }, asOperator)
    expect(data?.setAgentStatus).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('LIVECHAT_TOKEN'),
    })
  })
})

function serviceAccountOf(login: { readonly 'x-user-id': string; readonly 'x-auth-token': string }) {
  return { userId: login['x-user-id'], authToken: login['x-auth-token'] }
}

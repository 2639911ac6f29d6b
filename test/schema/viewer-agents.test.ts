import { isObjectType, isUnionType } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { graphql } from '../generated/index.ts'
import { fetchData, sendOperation, waitUntil } from '../support/graphql-client.ts'
import { holdResponses } from '../support/hold-responses.ts'
import { loginsByRoute, ownAgentDrivers } from '../support/own-agent-drivers.ts'
import { asAnn, asBen, type OwnAgentsGateway, openOwnAgentsGateway } from '../support/own-agents.ts'
import { asAnonymous, asOperator, asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'

const OwnAgents = graphql(`query ViewerAgents {
  viewer { role agents { provider { name } nativeId name } }
}`)
const Rooms = graphql(`query ViewerAgentsRooms { rooms(first: 5) { nodes { nativeId } } }`)

type Headers = Readonly<Record<string, string>>

/** Expected `viewer { agents }`, by provider. */
function expectedAgents({ agents }: OwnAgentsGateway, who: 'ann' | 'ben' | 'service') {
  return (['rocketchat', 'livechat'] as const).map((provider) => {
    const { nativeId, name } = agents[provider][who]
    return { provider: { name: provider }, nativeId, name }
  })
}

async function ownAgents({ url }: Pick<OwnAgentsGateway, 'url'>, headers: Headers) {
  return (await fetchData(url, OwnAgents, {}, headers)).viewer.agents
}

it('shows each operator the agents that its writes appear as', async () => {
  const gateway = await openOwnAgentsGateway()
  expect(await ownAgents(gateway, asAnn)).toEqual(expectedAgents(gateway, 'ann'))
  expect(await ownAgents(gateway, asBen)).toEqual(expectedAgents(gateway, 'ben'))
  expect(await ownAgents(gateway, asOperator)).toEqual(expectedAgents(gateway, 'service'))
})

it('costs the lists of agents for all operators together, and a call for a service account that is no agent', async () => {
  const gateway = await openOwnAgentsGateway()
  for (const headers of [asAnn, asBen, asAnn]) await ownAgents(gateway, headers)
  expect(gateway.rocketChat.counts()).toEqual({ 'GET /api/v1/livechat/users/agent': 1 })
  expect(gateway.liveChat.counts()).toEqual({ 'POST /v3.6/configuration/action/list_agents': 1 })
  for (let count = 0; count < 2; count += 1) await ownAgents(gateway, asOperator)
  expect(gateway.rocketChat.counts()).toMatchObject({ 'GET /api/v1/users.info': 1 })
})

it('does not mix up operators of equal permissions whose equal queries overlap', async () => {
  const gateway = await openOwnAgentsGateway()
  const route = '/api/v1/livechat/users/agent'
  const release = holdResponses(gateway.rocketChat, { route, times: 1 })
  const asked = [asAnn, asBen, asAnn, asBen].map((headers) => ownAgents(gateway, headers))
  await waitUntil(() => gateway.rocketChat.calls.some((call) => call.route === route))
  release()
  const shown = await Promise.all(asked)
  const [ann, ben] = [expectedAgents(gateway, 'ann'), expectedAgents(gateway, 'ben')]
  expect(shown).toEqual([ann, ben, ann, ben])
})

it('reads lists as the service account, so that operators share them', async () => {
  const gateway = await openOwnAgentsGateway()
  for (const headers of [asAnn, asBen, asOperator]) await fetchData(gateway.url, Rooms, {}, headers)
  for (const provider of ['rocketchat', 'livechat'] as const) {
    const { sandbox, serviceLogin } = ownAgentDrivers[provider](gateway)
    const logins = Object.values(loginsByRoute(sandbox.calls)).flat()
    expect(new Set(logins)).toEqual(new Set([serviceLogin]))
  }
})

it('is empty for visitors and anonymous callers, without a call', async () => {
  const gateway = await openOwnAgentsGateway()
  const { token } = gateway.rocketChat.workspace.createVisitor({ name: 'Vera' })
  for (const headers of [asVisitor(token), asAnonymous]) expect(await ownAgents(gateway, headers)).toEqual([])
  expect(gateway.rocketChat.calls.length + gateway.liveChat.calls.length).toBe(0)
})

it('names the providers only that the operator may use, and needs READ', async () => {
  const gateway = await openOwnAgentsGateway({
    operators: [
      { name: 'tester', key: OPERATOR_KEY, providers: ['livechat'] },
      { name: 'writer', key: 'operator-key-of-writer', permissions: ['WRITE'] },
    ],
  })
  const [, livechat] = expectedAgents(gateway, 'service')
  expect(await ownAgents(gateway, asOperator)).toEqual([livechat])
  const asWriter = { authorization: 'Bearer operator-key-of-writer' }
  expect(await sendOperation(gateway.url, OwnAgents, {}, asWriter)).toMatchObject({
    data: { viewer: { agents: [] } },
    errors: [{ path: ['viewer', 'agents'], extensions: { code: 'FORBIDDEN' } }],
  })
})

it('lacks only the agent of a provider that fails', async () => {
  const gateway = await openOwnAgentsGateway()
  gateway.rocketChat.injectFault({
    kind: 'answer',
    status: 500,
    body: {},
    route: '/api/v1/livechat/users/agent',
  })
  const [, livechat] = expectedAgents(gateway, 'ann')
  expect(await sendOperation(gateway.url, OwnAgents, {}, asAnn)).toMatchObject({
    data: { viewer: { agents: [livechat] } },
    errors: [
      {
        path: ['viewer', 'agents'],
        extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' },
      },
    ],
  })
})

// Subscribers of equal permissions share one execution, so no event may show who the subscriber is.
it('cannot be reached from an event', () => {
  const reached = new Set<string>()
  const visit = (name: string) => {
    if (reached.has(name)) return
    reached.add(name)
    const type = schema.getType(name)
    if (isUnionType(type)) for (const member of type.getTypes()) visit(member.name)
    if (isObjectType(type))
      for (const { type: fieldType } of Object.values(type.getFields()))
        visit(String(fieldType).replace(/[[\]!]/g, ''))
  }
  visit('Subscription')
  expect(reached).toContain('Room')
  expect(reached).not.toContain('Viewer')
})

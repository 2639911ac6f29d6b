import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { graphql } from '../../generated/index.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../../support/test-gateway.ts'
import { Dashboard, Providers } from './support/documents.ts'
import {
  asVisitorOf,
  configurationAction,
  countRequests,
  openLiveChatGateway,
} from './support/livechat-gateway.ts'

const DepartmentNodes = graphql(`query LiveChatDepartmentNodes($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Department { nativeId online } }
}`)

const Online = graphql(`query LiveChatOnline {
  providers { online departments { nativeId online } }
}`)

describe('the departments', () => {
  it('are the account’s groups with their names and statuses, cached for a minute', async () => {
    const gateway = await openLiveChatGateway()
    gateway.liveChat.chats.setRoutingStatus(gateway.liveChat.credentials.login, 'offline')
    for (const headers of [asOperator, asAnonymous]) {
      const { providers } = await fetchData(gateway.url, Providers, {}, headers)
      expect(providers[0]?.departments.map(({ name, online }) => [name, online])).toEqual([
        ['General', true],
        ['Technical support', true],
        ['Orders', true],
        ['Billing', false],
      ])
    }
    expect(countRequests(gateway)).toEqual({ 'configuration/list_groups': 1 })
  })

  it('show visitors whether an agent is online', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    for (const { id, groupIds } of chats.agents)
      if (groupIds.includes(3)) chats.setRoutingStatus(id, 'offline')
    const { providers } = await fetchData(gateway.url, Providers, {}, asVisitorOf(gateway, chats.start()))
    const online = Object.fromEntries(
      providers[0]?.departments.map(({ name, online }) => [name, online]) ?? [],
    )
    expect(online).toMatchObject({ Orders: true, Billing: false })
  })

  it('have only a number without a credential', async () => {
    const gateway = await openLiveChatGateway({ configure: ({ credential: _none, ...right }) => right })
    const visitor = asVisitorOf(gateway, gateway.liveChat.chats.start())
    const { providers } = await fetchData(gateway.url, Providers, {}, visitor)
    expect(providers[0]?.departments).toHaveLength(4)
    expect(providers[0]?.departments[0]).toMatchObject({ nativeId: '0', name: null, online: true })
  })

  it('have numbers alone without a credential: anybody may read which groups are online', async () => {
    const gateway = await openLiveChatGateway({ configure: ({ credential: _none, ...right }) => right })
    const { chats } = gateway.liveChat
    for (const { id, groupIds } of chats.agents)
      if (groupIds.includes(3)) chats.setRoutingStatus(id, 'offline')
    const { providers } = await fetchData(gateway.url, Online, {}, asAnonymous)
    expect(providers).toMatchObject([{ online: true, departments: [{ nativeId: '0' }, {}, {}] }])
    expect(providers[0]?.departments).not.toContainEqual(expect.objectContaining({ nativeId: '3' }))
    const ids = ['2', '3'].map((departmentId) =>
      encodeId({ type: 'Department', provider: 'livechat', departmentId }),
    )
    const { nodes } = await fetchData(gateway.url, DepartmentNodes, { ids }, asAnonymous)
    expect(nodes).toMatchObject([{ online: true }, { online: false }])
    expect(countRequests(gateway)).toEqual({
      'customer/get_dynamic_configuration': 1,
    })
  })

  it('are offline without a credential while no group is online', async () => {
    const gateway = await openLiveChatGateway({ configure: ({ credential: _none, ...right }) => right })
    for (const { id } of gateway.liveChat.chats.agents)
      gateway.liveChat.chats.setRoutingStatus(id, 'not_accepting_chats')
    const { providers } = await fetchData(gateway.url, Online, {}, asAnonymous)
    expect(providers).toMatchObject([{ online: false, departments: [] }])
  })

  it('have no status if LiveChat returns none, or one that is not known', async () => {
    const gateway = await openLiveChatGateway()
    const body = [
      { id: 0, name: 'General' },
      { id: 1, name: 'Support', routing_status: 'on the phone' },
      { id: 2, name: 'Orders', routing_status: 'not accepting chats' },
    ]
    gateway.liveChat.injectFault({
      kind: 'answer',
      status: 200,
      body,
      route: configurationAction('list_groups'),
    })
    const { providers } = await fetchData(gateway.url, Online, {}, asOperator)
    expect(providers[0]?.departments.map(({ online }) => online)).toEqual([null, null, false])
    expect(providers[0]?.online).toBeNull()
  })

  it('fail only their own field if they cannot be read', async () => {
    const gateway = await openLiveChatGateway()
    gateway.liveChat.chats.start({ say: 'hello' })
    gateway.liveChat.injectFault({
      ...apiFaults.serviceUnavailable,
      route: configurationAction('list_groups'),
    })
    const { data, errors } = await sendOperation(gateway.url, Dashboard, {}, asOperator)
    expect(data?.rooms.nodes).toMatchObject([{ status: 'OPEN', department: null }])
    expect(errors).toMatchObject([{ path: ['rooms', 'nodes', 0, 'department'] }])
  })
})

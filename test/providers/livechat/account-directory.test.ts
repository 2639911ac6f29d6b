import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../../support/test-gateway.ts'
import { Dashboard, Providers } from './support/documents.ts'
import {
  asVisitorOf,
  configurationAction,
  countRequests,
  openLiveChatGateway,
} from './support/livechat-gateway.ts'

describe('the departments', () => {
  it('are the account’s groups with their names, cached for a minute', async () => {
    const gateway = await openLiveChatGateway()
    for (const headers of [asOperator, asAnonymous]) {
      const { providers } = await fetchData(gateway.url, Providers, {}, headers)
      expect(providers[0]?.departments.map(({ name, online }) => [name, online])).toEqual([
        ['General', null],
        ['Technical support', null],
        ['Orders', null],
        ['Billing', null],
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

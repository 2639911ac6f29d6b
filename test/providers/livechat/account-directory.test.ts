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
  it('are the licence’s groups by name, and known for a minute', async () => {
    const licence = await openLiveChatGateway()
    for (const headers of [asOperator, asAnonymous]) {
      const { providers } = await fetchData(licence.url, Providers, {}, headers)
      expect(providers[0]?.departments.map(({ name, online }) => [name, online])).toEqual([
        ['General', null],
        ['Technical support', null],
        ['Orders', null],
        ['Billing', null],
      ])
    }
    expect(countRequests(licence)).toEqual({ 'configuration/list_groups': 1 })
  })

  it('tell visitors whether somebody is there', async () => {
    const licence = await openLiveChatGateway()
    const { chats } = licence.liveChat
    for (const { id, groupIds } of chats.agents)
      if (groupIds.includes(3)) chats.setRoutingStatus(id, 'offline')
    const { providers } = await fetchData(licence.url, Providers, {}, asVisitorOf(licence, chats.start()))
    const online = Object.fromEntries(
      providers[0]?.departments.map(({ name, online }) => [name, online]) ?? [],
    )
    expect(online).toMatchObject({ Orders: true, Billing: false })
  })

  it('are known by number where there is no credential to ask with', async () => {
    const licence = await openLiveChatGateway({ configure: ({ credential: _none, ...right }) => right })
    const visitor = asVisitorOf(licence, licence.liveChat.chats.start())
    const { providers } = await fetchData(licence.url, Providers, {}, visitor)
    expect(providers[0]?.departments).toHaveLength(4)
    expect(providers[0]?.departments[0]).toMatchObject({ nativeId: '0', name: null, online: true })
  })

  it('cost their own field where they cannot be read', async () => {
    const licence = await openLiveChatGateway()
    licence.liveChat.chats.start({ say: 'hello' })
    licence.liveChat.injectFault({
      ...apiFaults.serviceUnavailable,
      route: configurationAction('list_groups'),
    })
    const { data, errors } = await sendOperation(licence.url, Dashboard, {}, asOperator)
    expect(data?.rooms.nodes).toMatchObject([{ status: 'OPEN', department: null }])
    expect(errors).toMatchObject([{ path: ['rooms', 'nodes', 0, 'department'] }])
  })
})

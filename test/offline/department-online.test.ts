import { describe, expect, it } from 'vitest'
import { fetchData } from '../support/graphql-client.ts'
import { asAnonymous, asOperator } from '../support/test-gateway.ts'
import { OfflineListProviders } from './list-documents.ts'
import { type OfflineGateway, openOfflineGateway } from './offline-gateway.ts'

async function onlineAt({ url }: OfflineGateway, provider: string, as: Readonly<Record<string, string>>) {
  const { providers } = await fetchData(url, OfflineListProviders, {}, as)
  const departments = providers.find(({ name }) => name === provider)?.departments ?? []
  return Object.fromEntries(departments.map(({ name, online }) => [name, online]))
}

describe.each([
  ['anybody', asAnonymous],
  ['an operator', asOperator],
])('the online state of departments, as %s', (_who, as) => {
  it('comes from LiveChat by group, with one request a minute', async () => {
    const offlineGateway = await openOfflineGateway()
    const { chats } = offlineGateway.liveChat
    for (const { id, groupIds } of chats.agents)
      if (groupIds.includes(3)) chats.setRoutingStatus(id, 'offline')
    for (let time = 0; time < 3; time += 1)
      expect(await onlineAt(offlineGateway, 'livechat', as)).toMatchObject({ Orders: true, Billing: false })
    expect(offlineGateway.liveChat.counts()).toEqual({ 'POST /v3.6/configuration/action/list_groups': 1 })
  })

  it('comes from Rocket.Chat if no agent is online at all', async () => {
    const offlineGateway = await openOfflineGateway()
    const { workspace } = offlineGateway.rocketChat
    const agent = workspace.createAgent({ username: 'ada', name: 'Ada', statusLivechat: 'not-available' })
    workspace.createDepartment({ name: 'Sales', agentIds: [agent._id] })
    expect(await onlineAt(offlineGateway, 'rocketchat', as)).toEqual({ Sales: false })
  })
})

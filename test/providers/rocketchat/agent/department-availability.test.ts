import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { Departments } from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'

const CONFIG = 'livechat/config'
const AGENTS = 'livechat/users/agent'

afterEach(() => void vi.useRealTimers())

async function openTeams() {
  const gateway = await openOperatorGateway()
  const { workspace, ada } = gateway
  workspace.createDepartment({ name: 'Orders', agentIds: [ada._id] })
  const away = workspace.createAgent({ name: 'Away', status: 'offline' })._id
  workspace.createDepartment({ name: 'Machines', agentIds: [away] })
  const online = async (headers: Record<string, string>) => {
    const { providers } = await fetchData(gateway.url, Departments, {}, headers)
    const departments = providers[0]?.departments ?? []
    return Object.fromEntries(departments.map((department) => [department.name, department.online]))
  }
  return { ...gateway, online, away }
}

describe('the online state of departments with a service account', () => {
  it.each([
    ['an operator', asOperator, { [AGENTS]: 1, 'livechat/department': 2 }],
    ['a visitor', asVisitor('visitor'), { [AGENTS]: 1, [CONFIG]: 1 }],
    ['anybody', asAnonymous, { [AGENTS]: 1, [CONFIG]: 1 }],
  ])('comes for %s from the agents, who are read once a minute', async (_who, headers, requests) => {
    const { online, countRequests } = await openTeams()
    const twice = async () => {
      expect(await online(headers)).toEqual({ Orders: true, Machines: false })
      await online(headers)
    }
    expect(await countRequests(twice)).toEqual(requests)
  })

  it('is at most a minute old, whoever it was read for', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    // lru-cache treats a start at 0 as absent.
    vi.advanceTimersByTime(1)
    const { online, workspace, away } = await openTeams()
    await online(asOperator)
    vi.advanceTimersByTime(50_000)
    expect(await online(asAnonymous)).toEqual({ Orders: true, Machines: false })
    workspace.setStatus(away, 'online')
    vi.advanceTimersByTime(20_000)
    expect(await online(asAnonymous)).toEqual({ Orders: true, Machines: true })
  })

  it('is unknown to an account that may not list agents, unless no agent is online at all', async () => {
    const { online, workspace, countRequests } = await openTeams()
    for (const permission of ['transfer-livechat-guest', 'edit-omnichannel-contact'] as const)
      workspace.setPermissionRoles(permission, [])
    const requests = await countRequests(async () => {
      for (const headers of [asOperator, asOperator, asAnonymous])
        expect(await online(headers)).toEqual({ Orders: null, Machines: null })
    })
    expect(requests).toMatchObject({ [AGENTS]: 1 })
  })
})

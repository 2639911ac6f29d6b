import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { asAnonymous, asOperator } from '../../../support/test-gateway.ts'
import { CONFIG } from '../support/faults.ts'
import { PROVIDER_ID } from '../support/rocketchat-gateway.ts'
import { Departments, NodeById } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const departmentIdOf = (departmentId: string) =>
  encodeId({ type: 'Department', provider: 'rocketchat', departmentId })

describe('public departments', () => {
  it.each(releases)('are those of the public configuration of %s', async (profile) => {
    const { rocketChat, workspace, ada, askWith } = await openVisitorGateway({ rocketChat: { profile } })
    const support = workspace.createDepartment({ name: 'Support & Help', agentIds: [ada._id] })
    workspace.createDepartment({ name: 'Closed down', agentIds: [ada._id], enabled: false })
    for (const headers of [asAnonymous, asOperator]) {
      expect(await askWith(headers)(Departments, { provider: PROVIDER_ID })).toEqual({
        data: {
          node: {
            name: 'rocketchat',
            departments: [
              {
                id: departmentIdOf(support._id),
                nativeId: support._id,
                name: 'Support & Help',
                online: true,
              },
            ],
          },
        },
      })
    }
    // Two callers share the requests, because even anonymous callers can ask for departments: one for the list, and one
    // for a department alone.
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 2 })
  })

  it('are all offline if no agent is online, for one request', async () => {
    const { rocketChat, workspace, ada, askWith } = await openVisitorGateway()
    workspace.createDepartment({ name: 'Sales', agentIds: [ada._id] })
    workspace.setStatus('everybody', 'offline')
    expect(await askWith(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
      data: { node: { departments: [{ name: 'Sales', online: false }] } },
    })
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('are of unknown presence in a list; a single one is looked up once a minute, five of them in all', async () => {
    const { rocketChat, workspace, ada, askWith } = await openVisitorGateway()
    const ids = Array.from({ length: 7 }, (_, index) => {
      const agentIds = [
        index === 0 ? ada._id : workspace.createAgent({ name: 'Away', status: 'offline' })._id,
      ]
      return departmentIdOf(workspace.createDepartment({ name: `Department ${index}`, agentIds })._id)
    })
    const { data } = await askWith(asAnonymous)(Departments, { provider: PROVIDER_ID })
    const listed = data?.node && 'departments' in data.node ? data.node.departments : []
    expect(listed.map(({ online }) => online)).toEqual(ids.map(() => null))
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
    const online = []
    for (const id of [...ids, ...ids]) {
      const { data: single } = await askWith(asAnonymous)(NodeById, { id })
      if (single?.node?.__typename === 'Department') online.push(single.node.online)
    }
    const once = [true, false, false, false, false, null, null]
    expect(online).toEqual([...once, ...once])
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 6 })
  })

  it('are not requested again immediately after a failure', async () => {
    const { rocketChat, askWith } = await openVisitorGateway()
    rocketChat.injectFault({ kind: 'answer', status: 500, body: 'down', route: CONFIG })
    for (let count = 0; count < 3; count += 1) {
      const { errors } = await askWith(asAnonymous)(Departments, { provider: PROVIDER_ID })
      expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE' } }])
    }
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('are an empty list while livechat is disabled', async () => {
    const { askWith } = await openVisitorGateway({
      rocketChat: { settings: { Livechat_enabled: false } },
    })
    expect(await askWith(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
      data: { node: { departments: [] } },
    })
  })

  it('leave out one without an id and keep the others', async () => {
    const { rocketChat, askWith } = await openVisitorGateway()
    const departments = [
      { name: 'nameless' },
      { _id: 'd1', name: null },
      'none',
      { _id: 'd2', name: 'Sales' },
    ]
    const body = { success: true, config: { enabled: true, departments } }
    rocketChat.injectFault({ kind: 'answer', status: 200, body, route: CONFIG })
    expect(await askWith(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
      data: {
        node: {
          departments: [
            { nativeId: 'd1', name: null },
            { nativeId: 'd2', name: 'Sales' },
          ],
        },
      },
    })
  })

  it('are null as nodes for an unknown id', async () => {
    const { askWith } = await openVisitorGateway()
    expect(await askWith(asAnonymous)(NodeById, { id: departmentIdOf('unknown') })).toEqual({
      data: { node: null },
    })
  })
})

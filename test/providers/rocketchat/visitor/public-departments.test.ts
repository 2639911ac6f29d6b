import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { asAnonymous, asOperator } from '../../../support/test-gateway.ts'
import { CONFIG } from '../support/faults.ts'
import { Departments, NodeById } from '../support/visitor-documents.ts'
import { openVisitorGateway, PROVIDER_ID } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const departmentIdOf = (departmentId: string) =>
  encodeId({ type: 'Department', provider: 'rocketchat', departmentId })

describe('the departments of a Rocket.Chat', () => {
  it.each(releases)('are those that %s shows to everybody', async (profile) => {
    const { rocketChat, workspace, ada, askWith: by } = await openVisitorGateway({ rocketChat: { profile } })
    const support = workspace.createDepartment({ name: 'Support & Help', agentIds: [ada._id] })
    workspace.createDepartment({ name: 'Closed down', agentIds: [ada._id], enabled: false })
    for (const headers of [asAnonymous, asOperator]) {
      expect(await by(headers)(Departments, { provider: PROVIDER_ID })).toEqual({
        data: {
          node: {
            name: 'rocketchat',
            departments: [
              {
                id: departmentIdOf(support._id),
                nativeId: support._id,
                name: 'Support & Help',
                online: null,
              },
            ],
          },
        },
      })
    }
    // Whoever asks: nobody needs a credential for it, and nobody shall spend the server's calls.
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('are all offline where nobody is there, and of unknown presence where somebody is', async () => {
    const { workspace, ada, askWith: by } = await openVisitorGateway()
    workspace.createDepartment({ name: 'Sales', agentIds: [ada._id] })
    workspace.setStatus('everybody', 'offline')
    expect(await by(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
      data: { node: { departments: [{ name: 'Sales', online: false }] } },
    })
  })

  it('are not asked for again at once by who meets a failure', async () => {
    const { rocketChat, askWith: by } = await openVisitorGateway()
    rocketChat.injectFault({ kind: 'answer', status: 500, body: 'down', route: CONFIG })
    for (let asked = 0; asked < 3; asked += 1) {
      const { errors } = await by(asAnonymous)(Departments, { provider: PROVIDER_ID })
      expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_UNAVAILABLE' } }])
    }
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('are none while livechat is switched off', async () => {
    const { askWith: by } = await openVisitorGateway({
      rocketChat: { settings: { Livechat_enabled: false } },
    })
    expect(await by(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
      data: { node: { departments: [] } },
    })
  })

  it('leave out what has no id, and keep the rest', async () => {
    const { rocketChat, askWith: by } = await openVisitorGateway()
    const departments = [
      { name: 'nameless' },
      { _id: 'd1', name: null },
      'none',
      { _id: 'd2', name: 'Sales' },
    ]
    const body = { success: true, config: { enabled: true, departments } }
    rocketChat.injectFault({ kind: 'answer', status: 200, body, route: CONFIG })
    expect(await by(asAnonymous)(Departments, { provider: PROVIDER_ID })).toMatchObject({
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

  it('are null as nodes where there is none of that id', async () => {
    const { askWith: by } = await openVisitorGateway()
    expect(await by(asAnonymous)(NodeById, { id: departmentIdOf('unknown') })).toEqual({
      data: { node: null },
    })
  })
})

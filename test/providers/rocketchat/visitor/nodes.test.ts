import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { CONFIG, HISTORY, MESSAGE, ROOM } from '../support/faults.ts'
import { messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'
import { NodeById, NodesByIds } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const departmentIdOf = (departmentId: string) =>
  encodeId({ type: 'Department', provider: 'rocketchat', departmentId })

describe('a node', () => {
  it('is a room or a department, by the id of any response', async () => {
    const { workspace, ada, vera } = await openVisitorGateway()
    const { _id } = workspace.createDepartment({ name: 'Support', agentIds: [ada._id] })
    expect(await vera.ask(NodeById, { id: vera.roomId })).toEqual({
      data: { node: { __typename: 'Room', id: vera.roomId, status: 'OPEN' } },
    })
    expect(await vera.ask(NodeById, { id: departmentIdOf(_id) })).toEqual({
      data: { node: { __typename: 'Department', id: departmentIdOf(_id), name: 'Support', online: true } },
    })
  })

  it.each(releases)('is a message on Rocket.Chat %s if the id names its own room', async (profile) => {
    const { workspace, ada, vera, addVisitor } = await openVisitorGateway({ rocketChat: { profile } })
    const { id, nativeId } = await vera.send('Mine')
    const other = workspace.openRoom({ token: vera.token, agentId: ada._id })
    const bob = addVisitor('Bob')
    expect(await vera.ask(NodeById, { id })).toEqual({
      data: { node: { __typename: 'Message', id, text: 'Mine', state: 'ACTIVE' } },
    })
    const absent = [
      [vera, messageIdOf(other._id, nativeId)],
      [vera, messageIdOf(vera.rid, 'unknown')],
      [bob, id],
      [bob, messageIdOf(bob.rid, nativeId)],
    ] as const
    for (const [{ ask }, foreign] of absent) {
      expect(await ask(NodeById, { id: foreign })).toEqual({ data: { node: null } })
    }
  })

  it('is INVALID_INPUT without a request for a malformed id', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const result = await vera.ask(NodeById, { id: 'nonsense' })
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT', field: 'id' } }] })
    expect(rocketChat.counts()).toEqual({})
  })
})

describe('nodes', () => {
  it('keep their order, with null for what is absent or another visitor’s', async () => {
    const { vera, addVisitor } = await openVisitorGateway()
    const bob = addVisitor('Bob')
    const [first, second] = [await vera.send('one'), await vera.send('two')]
    const bobs = await bob.send('Bob’s')
    const ids = [second.id, bob.roomId, first.id, bobs.id, vera.roomId, messageIdOf(vera.rid, 'unknown')]
    expect(await vera.ask(NodesByIds, { ids })).toEqual({
      data: {
        nodes: [
          { __typename: 'Message', id: second.id, text: 'two' },
          null,
          { __typename: 'Message', id: first.id, text: 'one' },
          null,
          { __typename: 'Room', id: vera.roomId },
          null,
        ],
      },
    })
  })

  it('fail only at their own index', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const { id } = await vera.send('one')
    rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route: ROOM })
    expect(await vera.ask(NodesByIds, { ids: [vera.roomId, id] })).toMatchObject({
      data: { nodes: [null, { id, text: 'one' }] },
      errors: [{ path: ['nodes', 0], extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' } }],
    })
  })

  it('cost one request for the same id fifty times', async () => {
    const { rocketChat, workspace, ada, vera } = await openVisitorGateway()
    const { id } = await vera.send('one')
    const department = workspace.createDepartment({ name: 'Support', agentIds: [ada._id] })
    const fifty = (of: string) => Array.from({ length: 50 }, () => of)
    const costs = [
      [id, `GET ${MESSAGE}`],
      [vera.roomId, `GET ${ROOM}`],
      [departmentIdOf(department._id), `GET ${CONFIG}`],
    ] as const
    for (const [of, call] of costs) {
      rocketChat.clearCalls()
      const { data } = await vera.ask(NodesByIds, { ids: fifty(of) })
      expect(data?.nodes.map((node) => node?.id)).toEqual(fifty(of))
      expect(rocketChat.counts()).toEqual({ [call]: 1 })
    }
  })

  it('cost one request per message, because no route returns many', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const ids = [(await vera.send('one')).id, (await vera.send('two')).id, (await vera.send('three')).id]
    rocketChat.clearCalls()
    await vera.ask(NodesByIds, { ids })
    expect(rocketChat.counts()).toEqual({ [`GET ${MESSAGE}`]: 3 })
  })

  it('cost one request for any number of departments', async () => {
    const { rocketChat, workspace, ada, vera } = await openVisitorGateway()
    const ids = ['Support', 'Sales', 'Repairs'].map((name) =>
      departmentIdOf(workspace.createDepartment({ name, agentIds: [ada._id] })._id),
    )
    await vera.ask(NodesByIds, { ids })
    expect(rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
  })

  it('cost one request for the history if the server cannot return a message by its id', async () => {
    const { rocketChat, vera } = await openVisitorGateway({ rocketChat: { profile: '0.70' } })
    const ids = [(await vera.send('one')).id, (await vera.send('two')).id, (await vera.send('three')).id]
    rocketChat.clearCalls()
    const { data } = await vera.ask(NodesByIds, { ids })
    expect(data?.nodes).toMatchObject([{ text: 'one' }, { text: 'two' }, { text: 'three' }])
    expect(rocketChat.counts()[`GET ${HISTORY}`]).toBeLessThanOrEqual(3)
  })

  it('are limited to a hundred', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const ids = Array.from({ length: 101 }, (_, index) => roomIdOf(`room ${index}`))
    expect(await vera.ask(NodesByIds, { ids })).toMatchObject({
      errors: [{ extensions: { code: 'INVALID_INPUT', field: 'ids' } }],
    })
    expect(rocketChat.counts()).toEqual({})
  })
})

import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../../src/domain/ids.ts'
import {
  AssignRoom,
  AssignRoomId,
  RequeueRoom,
  RequeueRoomId,
  RoomWorkCapabilities,
  TakeRoom,
  TakeRoomId,
  TransferRoom,
  TransferRoomId,
} from '../../../schema/room/room-work-documents.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { holdResponses } from '../../../support/hold-responses.ts'
import { BAD_GATEWAY, RESET, RESET_AFTER_COMMIT, SERVER_ERROR, TOO_MANY_REQUESTS } from '../support/faults.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'

const INQUIRY = '/api/v1/livechat/inquiries.getOne'
const TAKE = '/api/v1/livechat/inquiries.take'
const FORWARD = '/api/v1/livechat/room.forward'
const RETURN = '/api/v1/livechat/inquiries.returnAsInquiry'

function agentIdOf(agentId: string, provider = 'rocketchat'): string {
  return encodeId({ type: 'Agent', provider, agentId })
}

function departmentIdOf(departmentId: string, provider = 'rocketchat'): string {
  return encodeId({ type: 'Department', provider, departmentId })
}

/** A server with manual routing whose service account takes chats, a queued room, and a room of the agent Ada. */
async function openRooms(options: Parameters<typeof openOperatorGateway>[0] = {}) {
  const gateway = await openOperatorGateway({
    ...options,
    rocketChat: { settings: { Livechat_Routing_Method: 'Manual_Selection' }, ...options.rocketChat },
  })
  const { workspace, asOperator } = gateway
  const desk = workspace.serviceAccount().userId
  workspace.setLivechatStatus(desk, 'available')
  const otto = workspace.createAgent({ name: 'Otto Other' })
  const orders = workspace.createDepartment({ name: 'Orders', agentIds: [otto._id] })
  const queued = gateway.openRoomFor('Willi Waiting', { agentId: null })._id
  const served = gateway.openRoomFor('Vera Visitor')._id
  const servedByOf = (rid: string) => workspace.room(rid).servedBy?._id
  return {
    ...gateway,
    desk,
    otto,
    orders,
    queued,
    served,
    servedByOf,
    take: (rid: string) => asOperator(TakeRoom, { input: { roomId: roomIdOf(rid) } }),
    assign: (rid: string, agentId: string, comment: string | null = null) =>
      asOperator(AssignRoom, { input: { roomId: roomIdOf(rid), agentId: agentIdOf(agentId), comment } }),
    transfer: (rid: string, departmentId: string, comment: string | null = null) =>
      asOperator(TransferRoom, {
        input: { roomId: roomIdOf(rid), departmentId: departmentIdOf(departmentId), comment },
      }),
    requeue: (rid: string) => asOperator(RequeueRoom, { input: { roomId: roomIdOf(rid) } }),
  }
}

function resultOf(result: object) {
  return { data: { result } }
}

const CLOSED = resultOf({ code: 'ROOM_CLOSED' })
const ON_HOLD = resultOf({ code: 'CONFLICT', detail: 'The room is on hold.' })
const SERVED_BY_ADA = resultOf({ code: 'CONFLICT', detail: 'The agent Ada Agent serves the room.' })

describe('taking a room', () => {
  it('makes the service account serve it', async () => {
    const { take, queued, desk, servedByOf } = await openRooms()
    expect(await take(queued)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: desk, name: 'support.desk' }] } }),
    )
    expect(servedByOf(queued)).toBe(desk)
  })

  it('that it serves already succeeds without a write', async () => {
    const { take, queued, rocketChat } = await openRooms()
    await take(queued)
    rocketChat.clearCalls()
    expect(await take(queued)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(rocketChat.counts()[`POST ${TAKE}`]).toBeUndefined()
  })

  it('that another agent serves is a conflict that names the agent, without a write', async () => {
    const { take, served, rocketChat } = await openRooms()
    expect(await take(served)).toMatchObject(SERVED_BY_ADA)
    expect(rocketChat.counts()[`POST ${TAKE}`]).toBeUndefined()
  })

  it.each([
    ['before its inquiry is read', '/api/v1/rooms.info'],
    ['before the write', INQUIRY],
  ])('that another agent takes %s is a conflict that names the agent', async (_when, route) => {
    const { take, queued, rocketChat, workspace, ada } = await openRooms()
    const release = holdResponses(rocketChat, { route, times: 1 })
    const taking = take(queued)
    await waitUntil(() => rocketChat.calls.some((call) => call.route === route))
    workspace.takeRoom(queued, ada._id)
    release()
    expect(await taking).toMatchObject(SERVED_BY_ADA)
  })

  it('is a conflict while the account is not available', async () => {
    const { take, queued, workspace, desk } = await openRooms()
    workspace.setLivechatStatus(desk, 'not-available')
    expect(await take(queued)).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: expect.stringContaining('not available') }),
    )
  })

  it('is a conflict if the server accepts it and does nothing, as for a busy agent', async () => {
    const { take, queued, rocketChat } = await openRooms()
    rocketChat.injectFault({ kind: 'answer', status: 200, body: { success: true }, route: TAKE })
    expect(await take(queued)).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: expect.stringContaining('as many rooms as allowed') }),
    )
  })

  it('works with automatic routing, but not for a room that was stranded there', async () => {
    const { take, assign, queued, served, rocketChat, workspace, desk, otto, servedByOf } = await openRooms()
    rocketChat.settings.Livechat_Routing_Method = 'Auto_Selection'
    expect(await take(queued)).toMatchObject(resultOf({ room: { agents: [{ nativeId: desk }] } }))
    workspace.returnRoom(served)
    expect(await take(served)).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: expect.stringContaining('`assignRoom`') }),
    )
    expect(await assign(served, otto._id)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(servedByOf(served)).toBe(otto._id)
  })

  it('of a closed room is ROOM_CLOSED, of a room on hold CONFLICT, of an absent room NOT_FOUND', async () => {
    const { take, queued, served, workspace } = await openRooms()
    workspace.closeRoom(queued)
    workspace.holdRoom(served)
    expect(await take(queued)).toMatchObject(CLOSED)
    expect(await take(served)).toMatchObject(ON_HOLD)
    expect(await take('none')).toMatchObject(resultOf({ code: 'NOT_FOUND' }))
  })

  it('is checked by reading the room after a lost response', async () => {
    const { take, queued, rocketChat, desk } = await openRooms()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: TAKE })
    expect(await take(queued)).toMatchObject(resultOf({ room: { agents: [{ nativeId: desk }] } }))
    expect(rocketChat.counts()[`POST ${TAKE}`]).toBe(1)
  })

  it.each([
    ['OUTCOME_UNKNOWN', 'the connection is reset', RESET],
    ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY],
    ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR],
    ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS],
  ] as const)('is %s when %s', async (code, _when, fault) => {
    const { take, queued, rocketChat } = await openRooms()
    rocketChat.injectFault({ ...fault, route: TAKE })
    expect(await take(queued)).toMatchObject(resultOf({ code }))
    expect(rocketChat.counts()[`POST ${TAKE}`]).toBe(1)
  })
})

describe('assigning a room', () => {
  it('takes a queued room for the agent, without the permission to transfer', async () => {
    const { assign, queued, otto, workspace } = await openRooms()
    workspace.setPermissionRoles('transfer-livechat-guest', [])
    expect(await assign(queued, otto._id)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: otto._id }] } }),
    )
  })

  it.each(['queued', 'served'] as const)('forwards a %s room with a comment', async (state) => {
    const rooms = await openRooms()
    const { assign, otto, workspace, servedByOf } = rooms
    const rid = rooms[state]
    expect(await assign(rid, otto._id, 'Speaks French')).toMatchObject(
      resultOf({ room: { agents: [{ nativeId: otto._id }] } }),
    )
    expect(servedByOf(rid)).toBe(otto._id)
    expect(workspace.messages(rid).find(({ transferData }) => transferData)).toMatchObject({
      transferData: { comment: 'Speaks French', transferredTo: { _id: otto._id } },
    })
  })

  it('to the agent who serves the room succeeds without a write', async () => {
    const { assign, served, ada, rocketChat } = await openRooms()
    expect(await assign(served, ada._id, 'again')).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(rocketChat.counts()[`POST ${FORWARD}`]).toBeUndefined()
  })

  it.each(['queued', 'served'] as const)(
    'of a %s room to an agent who is offline is a conflict',
    async (state) => {
      const rooms = await openRooms()
      rooms.workspace.setStatus(rooms.otto._id, 'offline')
      expect(await rooms.assign(rooms[state], rooms.otto._id)).toMatchObject(
        resultOf({ code: 'CONFLICT', detail: expect.stringContaining('not available') }),
      )
    },
  )

  it('to an unknown agent, to one of another provider and to no agent is refused at `agentId`', async () => {
    const { assign, asOperator, queued } = await openRooms()
    const refused = resultOf({ code: 'INVALID_INPUT', field: 'agentId' })
    expect(await assign(queued, 'nobody')).toMatchObject(refused)
    for (const agentId of [agentIdOf('a', 'livechat'), roomIdOf(queued)]) {
      const input = { roomId: roomIdOf(queued), agentId }
      expect(await asOperator(AssignRoom, { input })).toMatchObject(refused)
    }
  })

  it('without the permission names the permission', async () => {
    const { assign, served, otto, workspace } = await openRooms()
    workspace.setPermissionRoles('transfer-livechat-guest', [])
    expect(await assign(served, otto._id)).toMatchObject(
      resultOf({ code: 'FORBIDDEN', detail: expect.stringContaining('transfer-livechat-guest') }),
    )
  })

  it('is checked by reading the room after a lost response', async () => {
    const { assign, served, otto, rocketChat } = await openRooms()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: FORWARD, times: 1 })
    expect(await assign(served, otto._id)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    rocketChat.injectFault({ ...RESET, route: FORWARD })
    expect(await assign(served, rocketChat.demo.serviceAccount.userId)).toMatchObject(
      resultOf({ code: 'OUTCOME_UNKNOWN' }),
    )
    expect(rocketChat.counts()[`POST ${FORWARD}`]).toBe(2)
  })

  it('of a closed room is ROOM_CLOSED, of a room on hold CONFLICT', async () => {
    const { assign, queued, served, otto, workspace } = await openRooms()
    workspace.closeRoom(queued)
    workspace.holdRoom(served)
    expect(await assign(queued, otto._id)).toMatchObject(CLOSED)
    expect(await assign(served, otto._id)).toMatchObject(ON_HOLD)
  })
})

describe('transferring a room', () => {
  it('queues it for the department with manual routing, and assigns it with automatic routing', async () => {
    const { transfer, served, queued, orders, otto, rocketChat, workspace } = await openRooms()
    const department = { id: departmentIdOf(orders._id), name: 'Orders' }
    expect(await transfer(served, orders._id, 'An order')).toMatchObject(
      resultOf({ room: { status: 'QUEUED', agents: [], department } }),
    )
    expect(workspace.messages(served).find(({ transferData }) => transferData)).toMatchObject({
      transferData: { comment: 'An order', nextDepartment: { _id: orders._id } },
    })
    rocketChat.settings.Livechat_Routing_Method = 'Auto_Selection'
    expect(await transfer(queued, orders._id)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: otto._id }], department } }),
    )
  })

  it('to the department that it is in succeeds without a write', async () => {
    const { transfer, served, orders, rocketChat } = await openRooms()
    await transfer(served, orders._id)
    rocketChat.clearCalls()
    expect(await transfer(served, orders._id)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(rocketChat.counts()[`POST ${FORWARD}`]).toBeUndefined()
  })

  it('to a department without an agent online is a conflict, and the room keeps its agent', async () => {
    const { transfer, served, orders, otto, ada, rocketChat, workspace, servedByOf } = await openRooms()
    rocketChat.settings.Livechat_Routing_Method = 'Auto_Selection'
    workspace.setStatus(otto._id, 'offline')
    expect(await transfer(served, orders._id)).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: 'No agent of the department is available.' }),
    )
    expect(servedByOf(served)).toBe(ada._id)
  })

  it('to an unknown department and to one of another provider is refused at `departmentId`', async () => {
    const { transfer, asOperator, served } = await openRooms()
    const refused = resultOf({ code: 'INVALID_INPUT', field: 'departmentId' })
    expect(await transfer(served, 'none')).toMatchObject(refused)
    const input = { roomId: roomIdOf(served), departmentId: departmentIdOf('0', 'livechat') }
    expect(await asOperator(TransferRoom, { input })).toMatchObject(refused)
  })

  it('is checked by reading the room after a lost response', async () => {
    const { transfer, served, orders, rocketChat } = await openRooms()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: FORWARD })
    expect(await transfer(served, orders._id)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(rocketChat.counts()[`POST ${FORWARD}`]).toBe(1)
  })
})

describe('returning a room to the queue', () => {
  it('removes its agent', async () => {
    const { requeue, served, servedByOf } = await openRooms()
    expect(await requeue(served)).toMatchObject(resultOf({ room: { status: 'QUEUED', agents: [] } }))
    expect(servedByOf(served)).toBeUndefined()
  })

  it('that is queued succeeds without a write', async () => {
    const { requeue, queued, rocketChat } = await openRooms()
    expect(await requeue(queued)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(rocketChat.counts()[`POST ${RETURN}`]).toBeUndefined()
  })

  it('is UNSUPPORTED with automatic routing, and the room keeps its agent', async () => {
    const { requeue, asOperator, served, ada, rocketChat, servedByOf } = await openRooms()
    rocketChat.settings.Livechat_Routing_Method = 'Auto_Selection'
    const detail = expect.stringContaining('assigns rooms automatically')
    expect(await requeue(served)).toMatchObject(resultOf({ code: 'UNSUPPORTED', detail }))
    expect(servedByOf(served)).toBe(ada._id)
    expect(rocketChat.counts()[`POST ${RETURN}`]).toBeUndefined()
    const { data } = await asOperator(RoomWorkCapabilities, { provider: 'rocketchat', id: served })
    expect(data?.roomByNativeId?.capabilities).toContainEqual({
      capability: 'REQUEUE_ROOM',
      allowed: false,
      reason: detail,
    })
  })

  it.each(['4.x', '6.13'] as const)('is UNSUPPORTED by Rocket.Chat %s', async (profile) => {
    const settings = { Livechat_Routing_Method: 'Manual_Selection' } as const
    const { requeue, served } = await openRooms({ rocketChat: { profile, settings } })
    expect(await requeue(served)).toMatchObject(
      resultOf({ code: 'UNSUPPORTED', detail: expect.stringContaining('7.13') }),
    )
  })

  it('is checked by reading the room after a lost response', async () => {
    const { requeue, served, rocketChat } = await openRooms()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: RETURN })
    expect(await requeue(served)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(rocketChat.counts()[`POST ${RETURN}`]).toBe(1)
  })

  it('of a closed room is ROOM_CLOSED, of a room on hold CONFLICT', async () => {
    const { requeue, queued, served, workspace } = await openRooms()
    workspace.closeRoom(queued)
    workspace.holdRoom(served)
    expect(await requeue(queued)).toMatchObject(CLOSED)
    expect(await requeue(served)).toMatchObject(ON_HOLD)
  })
})

describe('the requests', () => {
  it('are the read of the room, its inquiry, the write, and a read where the write proves nothing', async () => {
    const { asOperator, countRequests, openRoomFor, otto, orders, served, queued } = await openRooms()
    const input = { roomId: roomIdOf(queued) }
    expect(await countRequests(() => asOperator(TakeRoomId, { input }))).toEqual({
      'rooms.info': 2,
      'livechat/inquiries.getOne': 1,
      'livechat/inquiries.take': 1,
      'livechat/users/agent': 1,
    })
    const waiting = openRoomFor('Wanda', { agentId: null })._id
    const toOtto = (rid: string) => ({ roomId: roomIdOf(rid), agentId: agentIdOf(otto._id) })
    expect(await countRequests(() => asOperator(AssignRoomId, { input: toOtto(waiting) }))).toEqual({
      'rooms.info': 2,
      'livechat/inquiries.getOne': 1,
      'livechat/inquiries.take': 1,
    })
    expect(await countRequests(() => asOperator(AssignRoomId, { input: toOtto(served) }))).toEqual({
      'rooms.info': 1,
      'livechat/room.forward': 1,
    })
    const toOrders = { roomId: roomIdOf(served), departmentId: departmentIdOf(orders._id) }
    expect(await countRequests(() => asOperator(TransferRoomId, { input: toOrders }))).toEqual({
      'rooms.info': 1,
      'livechat/room.forward': 1,
    })
    const requeue = (rid: string) => () => asOperator(RequeueRoomId, { input: { roomId: roomIdOf(rid) } })
    expect(await countRequests(requeue(queued))).toEqual({
      'livechat/config/routing': 1,
      'rooms.info': 1,
      'livechat/inquiries.returnAsInquiry': 1,
    })
    expect(await countRequests(requeue(waiting))).toEqual({
      'rooms.info': 1,
      'livechat/inquiries.returnAsInquiry': 1,
    })
  })

  it('are the same if the operation selects the state that a take has read', async () => {
    const { take, countRequests, queued } = await openRooms()
    expect(await countRequests(() => take(queued))).toMatchObject({ 'rooms.info': 2 })
  })
})

describe('the capabilities of a room', () => {
  it.each([
    [
      'a queued room',
      'queued',
      { TAKE_ROOM: null, ASSIGN_ROOM: null, TRANSFER_ROOM: null, REQUEUE_ROOM: null },
    ],
    [
      'a room of another agent',
      'served',
      { TAKE_ROOM: 'An agent serves the room already.', ASSIGN_ROOM: null },
    ],
    ['a closed room', 'closed', { TAKE_ROOM: 'The room is closed.', REQUEUE_ROOM: 'The room is closed.' }],
    ['a room on hold', 'held', { TAKE_ROOM: 'The room is on hold.', TRANSFER_ROOM: 'The room is on hold.' }],
  ] as const)('of %s say what is possible', async (_what, state, expected) => {
    const { asOperator, openRoomFor, workspace, queued, served } = await openRooms()
    const closed = openRoomFor('Clara Closed')._id
    workspace.closeRoom(closed)
    const held = openRoomFor('Hanna Held')._id
    workspace.holdRoom(held)
    const id = { queued, served, closed, held }[state]
    const { data } = await asOperator(RoomWorkCapabilities, { provider: 'rocketchat', id })
    const capabilities = data?.roomByNativeId?.capabilities
    for (const [capability, reason] of Object.entries(expected)) {
      expect(capabilities).toContainEqual({ capability, allowed: reason === null, reason })
    }
  })

  it('deny all of them to visitors, who are refused without a request', async () => {
    const { asVisitor, workspace, queued, rocketChat } = await openRooms()
    const visitor = asVisitor(workspace.room(queued).v.token)
    const { data } = await visitor(RoomWorkCapabilities, { provider: 'rocketchat', id: queued })
    const reason = 'Only operators can take, assign, transfer and requeue rooms.'
    const denied = data?.roomByNativeId?.capabilities.filter((one) => one.reason === reason)
    expect(denied?.map(({ capability }) => capability).sort()).toEqual([
      'ASSIGN_ROOM',
      'REQUEUE_ROOM',
      'TAKE_ROOM',
      'TRANSFER_ROOM',
    ])
    rocketChat.clearCalls()
    const roomId = roomIdOf(queued)
    const results = [
      await visitor(TakeRoom, { input: { roomId } }),
      await visitor(AssignRoom, { input: { roomId, agentId: agentIdOf('a') } }),
      await visitor(TransferRoom, { input: { roomId, departmentId: departmentIdOf('d') } }),
      await visitor(RequeueRoom, { input: { roomId } }),
    ]
    for (const result of results) expect(result).toMatchObject(resultOf({ code: 'FORBIDDEN' }))
    expect(rocketChat.calls).toEqual([])
  })
})

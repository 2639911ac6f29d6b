import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
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
} from '../../schema/room/room-work-documents.ts'
import { fetchData, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { holdResponses } from '../../support/hold-responses.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Send } from './support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  configurationAction,
  countRequests,
  openLiveChatGateway,
} from './support/livechat-gateway.ts'

const OWN = 'agent@switchboard.test'
const ADA = 'ada.kowalska@switchboard.test'
const BEN = 'ben.osei@switchboard.test'
const DORA = 'dora.lind@switchboard.test'

const TAKE = agentAction('add_user_to_chat')
const TRANSFER = agentAction('transfer_chat')
const RESET = { kind: 'reset' } as const
const RESET_AFTER_COMMIT = { kind: 'reset-after-commit' } as const

const idOf = (type: 'Room' | 'Agent' | 'Department', nativeId: string, provider = 'livechat') => {
  if (type === 'Room') return encodeId({ type, provider, roomId: nativeId })
  if (type === 'Agent') return encodeId({ type, provider, agentId: nativeId })
  return encodeId({ type, provider, departmentId: nativeId })
}

/** The reasons why an operator lacks capabilities in a room, by capability; null for those that it has. */
async function readCapabilities(url: string, id: string): Promise<Record<string, string | null>> {
  const variables = { provider: 'livechat', id }
  const { roomByNativeId } = await fetchData(url, RoomWorkCapabilities, variables, asOperator)
  const entries = roomByNativeId?.capabilities.map(({ capability, reason }) => [capability, reason]) ?? []
  return Object.fromEntries(entries)
}

/** A licence with a chat that Ada serves, and one that nobody serves. Both are of group 1. */
async function openRooms(options: Parameters<typeof openLiveChatGateway>[0] = {}) {
  const gateway = await openLiveChatGateway(options)
  const { url, liveChat } = gateway
  const { chats } = liveChat
  const served = chats.start({ groupId: 1 }).id
  chats.transfer(served, { agentId: ADA })
  const statuses = chats.agents.map(({ id, routingStatus }) => [id, routingStatus] as const)
  const setEverybody = (status: 'accepting_chats' | 'not_accepting_chats') => {
    for (const [id] of statuses) chats.setRoutingStatus(id, status)
  }
  setEverybody('not_accepting_chats')
  const queued = chats.start({ groupId: 1 }).id
  chats.requeue(queued)
  for (const [id, status] of statuses) chats.setRoutingStatus(id, status)
  const servingOf = (chatId: string) =>
    chats
      .get(chatId)
      .users.filter(({ type, present, visibility }) => type === 'agent' && present && visibility === 'all')
      .map(({ id }) => id)
  liveChat.clearCalls()
  return {
    ...gateway,
    readLog: () => gateway.log,
    chats,
    served,
    queued,
    setEverybody,
    servingOf,
    take: (id: string) => sendOperation(url, TakeRoom, { input: { roomId: idOf('Room', id) } }, asOperator),
    assign: (id: string, agentId: string, comment: string | null = null) => {
      const input = { roomId: idOf('Room', id), agentId: idOf('Agent', agentId), comment }
      return sendOperation(url, AssignRoom, { input }, asOperator)
    },
    transfer: (id: string, departmentId: string, comment: string | null = null) => {
      const input = { roomId: idOf('Room', id), departmentId: idOf('Department', departmentId), comment }
      return sendOperation(url, TransferRoom, { input }, asOperator)
    },
    requeue: (id: string) =>
      sendOperation(url, RequeueRoom, { input: { roomId: idOf('Room', id) } }, asOperator),
  }
}

const resultOf = (result: object) => ({ data: { result } })
const CLOSED = resultOf({ code: 'ROOM_CLOSED' })
const SERVED_BY_ADA = resultOf({ code: 'CONFLICT', detail: 'The agent Ada Kowalska serves the room.' })

describe('taking a room', () => {
  it('makes the agent of the token serve it', async () => {
    const { take, queued, servingOf } = await openRooms()
    expect(await take(queued)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: OWN, name: 'Robin Hale' }] } }),
    )
    expect(servingOf(queued)).toEqual([OWN])
  })

  it('that it serves already succeeds without a write', async () => {
    const { take, queued, liveChat } = await openRooms()
    await take(queued)
    liveChat.clearCalls()
    expect(await take(queued)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(liveChat.counts()[`POST ${TAKE}`]).toBeUndefined()
  })

  it('that another agent serves is a conflict that names the agent, without a write', async () => {
    const { take, served, liveChat, servingOf } = await openRooms()
    expect(await take(served)).toMatchObject(SERVED_BY_ADA)
    expect(liveChat.counts()[`POST ${TAKE}`]).toBeUndefined()
    expect(servingOf(served)).toEqual([ADA])
  })

  it('that another agent takes before the write is a conflict that names the agent', async () => {
    const { take, queued, liveChat, chats } = await openRooms()
    const route = agentAction('get_chat')
    const release = holdResponses(liveChat, { route, times: 1 })
    const taking = take(queued)
    await waitUntil(() => liveChat.calls.some((call) => call.route === route))
    chats.transfer(queued, { agentId: ADA })
    release()
    expect(await taking).toMatchObject(SERVED_BY_ADA)
  })

  it('is refused if LiveChat does not say whose token it is', async () => {
    const { take, queued, liveChat } = await openRooms()
    liveChat.injectFault({
      kind: 'answer',
      status: 200,
      body: [],
      route: '/v3.6/configuration/action/list_agents',
    })
    expect(await take(queued)).toMatchObject(
      resultOf({ code: 'FORBIDDEN', detail: expect.stringContaining('does not say which agent') }),
    )
  })

  it('of a closed room is ROOM_CLOSED, of an absent room NOT_FOUND', async () => {
    const { take, queued, chats } = await openRooms()
    chats.close(queued)
    expect(await take(queued)).toMatchObject(CLOSED)
    expect(await take('NONE')).toMatchObject(resultOf({ code: 'NOT_FOUND' }))
  })

  it('is checked by reading the room after a lost response', async () => {
    const { take, queued, liveChat } = await openRooms()
    liveChat.injectFault({ ...RESET_AFTER_COMMIT, route: TAKE })
    expect(await take(queued)).toMatchObject(resultOf({ room: { agents: [{ nativeId: OWN }] } }))
    expect(liveChat.counts()[`POST ${TAKE}`]).toBe(1)
  })

  it.each([
    ['OUTCOME_UNKNOWN', 'the connection is reset', RESET],
    ['OUTCOME_UNKNOWN', 'LiveChat runs out of time', apiFaults.requestTimeout],
    ['PROVIDER_UNAVAILABLE', 'LiveChat fails', apiFaults.internal],
    ['RATE_LIMITED', 'LiveChat limits the rate', apiFaults.tooManyRequestsFor(7)],
  ] as const)('is %s when %s', async (code, _when, fault) => {
    const { take, queued, liveChat } = await openRooms()
    liveChat.injectFault({ ...fault, route: TAKE })
    expect(await take(queued)).toMatchObject(resultOf({ code }))
    expect(liveChat.counts()[`POST ${TAKE}`]).toBe(1)
  })
})

describe('assigning a room', () => {
  it.each(['queued', 'served'] as const)('transfers a %s room to the agent', async (state) => {
    const rooms = await openRooms()
    expect(await rooms.assign(rooms[state], BEN)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: BEN, name: 'Ben Osei' }] } }),
    )
    expect(rooms.servingOf(rooms[state])).toEqual([BEN])
  })

  it('to the caller’s own agent works whatever its status, which is how a room is taken over', async () => {
    const { assign, served, chats, servingOf } = await openRooms()
    chats.setRoutingStatus(OWN, 'offline')
    expect(await assign(served, OWN)).toMatchObject(resultOf({ room: { agents: [{ nativeId: OWN }] } }))
    expect(servingOf(served)).toEqual([OWN])
  })

  it('to the caller’s own agent is a conflict if LiveChat queues the room instead', async () => {
    const { assign, queued, liveChat, servingOf } = await openRooms()
    liveChat.injectFault({ kind: 'answer', status: 200, body: {}, route: TRANSFER })
    expect(servingOf(queued)).toEqual([])
    expect(await assign(queued, OWN)).toMatchObject(resultOf({ code: 'CONFLICT' }))
  })

  it('to the agent who serves the room succeeds without a write', async () => {
    const { assign, served, liveChat } = await openRooms()
    expect(await assign(served, ADA)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBeUndefined()
  })

  it('leaves the comment as a note that the visitor does not see', async () => {
    const { assign, served, chats, servingOf } = await openRooms()
    expect(await assign(served, BEN, 'Speaks French')).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(chats.get(served).threads[0]?.events.at(-1)).toMatchObject({
      authorId: OWN,
      visibility: 'agents',
      fields: { text: 'Speaks French' },
    })
    expect(servingOf(served)).toEqual([BEN])
  })

  it('succeeds although the comment cannot be sent, and logs that', async () => {
    const { assign, served, liveChat, servingOf, readLog } = await openRooms()
    liveChat.injectFault({ ...apiFaults.internal, route: agentAction('send_event') })
    expect(await assign(served, BEN, 'Speaks French')).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
    expect(servingOf(served)).toEqual([BEN])
    const messages = readLog().map(({ msg }) => msg)
    expect(messages).toContain('the comment of a transfer could not be sent as a note')
  })

  it('to an agent who is offline is a conflict, and the room keeps its agent', async () => {
    const { assign, served, chats, servingOf } = await openRooms()
    chats.setRoutingStatus(BEN, 'offline')
    expect(await assign(served, BEN)).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: expect.stringContaining('the agent is offline') }),
    )
    expect(servingOf(served)).toEqual([ADA])
  })

  it('to an agent of other groups is FORBIDDEN', async () => {
    const { assign, served } = await openRooms()
    expect(await assign(served, DORA)).toMatchObject(
      resultOf({ code: 'FORBIDDEN', detail: 'The agent does not belong to the groups of the room.' }),
    )
  })

  it('to an unknown agent and to one of another provider is refused at `agentId`', async () => {
    const { assign, url, served } = await openRooms()
    const refused = resultOf({ code: 'INVALID_INPUT', field: 'agentId' })
    expect(await assign(served, 'nobody@switchboard.test')).toMatchObject(refused)
    const input = { roomId: idOf('Room', served), agentId: idOf('Agent', 'a', 'rocketchat') }
    expect(await sendOperation(url, AssignRoom, { input }, asOperator)).toMatchObject(refused)
  })

  it('is checked by reading the room after a lost response', async () => {
    const { assign, served, liveChat } = await openRooms()
    liveChat.injectFault({ ...RESET_AFTER_COMMIT, route: TRANSFER, times: 1 })
    expect(await assign(served, BEN)).toMatchObject(resultOf({ room: { agents: [{ nativeId: BEN }] } }))
    liveChat.injectFault({ ...RESET, route: TRANSFER })
    expect(await assign(served, ADA)).toMatchObject(resultOf({ code: 'OUTCOME_UNKNOWN' }))
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBe(2)
  })

  it('of a closed room is ROOM_CLOSED', async () => {
    const { assign, served, chats } = await openRooms()
    chats.close(served)
    expect(await assign(served, BEN)).toMatchObject(CLOSED)
  })
})

describe('transferring a room', () => {
  it('gives it to an agent of the group', async () => {
    const { transfer, served, chats } = await openRooms()
    for (const { id } of chats.agents) if (id !== BEN) chats.setRoutingStatus(id, 'not_accepting_chats')
    expect(await transfer(served, '2', 'An order')).toMatchObject(
      resultOf({
        room: {
          status: 'OPEN',
          agents: [{ nativeId: BEN }],
          department: { id: idOf('Department', '2'), name: 'Orders' },
        },
      }),
    )
    expect(chats.get(served).threads[0]?.events.at(-1)).toMatchObject({
      visibility: 'agents',
      fields: { text: 'An order' },
    })
  })

  it('to the group that it is in succeeds without a write', async () => {
    const { transfer, served, liveChat } = await openRooms()
    expect(await transfer(served, '1')).toMatchObject(resultOf({ room: { agents: [{ nativeId: ADA }] } }))
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBeUndefined()
  })

  it('to a group where nobody takes chats is a conflict, and the room keeps its agent', async () => {
    const { transfer, served, setEverybody, servingOf } = await openRooms()
    setEverybody('not_accepting_chats')
    expect(await transfer(served, '2')).toMatchObject(
      resultOf({ code: 'CONFLICT', detail: 'No agent of the department can take the room now.' }),
    )
    expect(servingOf(served)).toEqual([ADA])
  })

  it.each(['99', 'sales'])('to the unknown group %s is refused at `departmentId`', async (groupId) => {
    const { transfer, served } = await openRooms()
    expect(await transfer(served, groupId)).toMatchObject(
      resultOf({ code: 'INVALID_INPUT', field: 'departmentId' }),
    )
  })

  it('is checked by reading the room after a lost response', async () => {
    const { transfer, served, liveChat } = await openRooms()
    liveChat.injectFault({ ...RESET_AFTER_COMMIT, route: TRANSFER })
    expect(await transfer(served, '2')).toMatchObject(
      resultOf({ room: { department: { id: idOf('Department', '2') } } }),
    )
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBe(1)
  })
})

describe('returning a room to the queue', () => {
  it('queues it while no agent of its groups is free', async () => {
    const { requeue, served, setEverybody } = await openRooms()
    setEverybody('not_accepting_chats')
    expect(await requeue(served)).toMatchObject(resultOf({ room: { status: 'QUEUED', agents: [] } }))
  })

  it('may give it to another agent at once', async () => {
    const { requeue, served, chats } = await openRooms()
    for (const { id } of chats.agents) if (id !== BEN) chats.setRoutingStatus(id, 'not_accepting_chats')
    expect(await requeue(served)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: BEN }] } }),
    )
  })

  it('that is queued succeeds without a write', async () => {
    const { requeue, queued, liveChat } = await openRooms()
    expect(await requeue(queued)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBeUndefined()
  })

  it('is checked by reading the room after a lost response', async () => {
    const { requeue, served, liveChat, setEverybody } = await openRooms()
    setEverybody('not_accepting_chats')
    liveChat.injectFault({ ...RESET_AFTER_COMMIT, route: TRANSFER })
    expect(await requeue(served)).toMatchObject(resultOf({ room: { status: 'QUEUED' } }))
    expect(liveChat.counts()[`POST ${TRANSFER}`]).toBe(1)
  })

  it('of a closed room is ROOM_CLOSED', async () => {
    const { requeue, served, chats } = await openRooms()
    chats.close(served)
    expect(await requeue(served)).toMatchObject(CLOSED)
  })
})

describe('the requests', () => {
  it('are the read of the room, the write, and a read where the write proves nothing', async () => {
    const rooms = await openRooms()
    const { url, liveChat, served, queued } = rooms
    const count = async (run: () => Promise<unknown>) => {
      liveChat.clearCalls()
      await run()
      return countRequests({ liveChat })
    }
    const roomId = idOf('Room', queued)
    const take = () => sendOperation(url, TakeRoomId, { input: { roomId } }, asOperator)
    expect(await count(take)).toEqual({
      'agent/get_chat': 2,
      'agent/add_user_to_chat': 1,
      'configuration/list_agents': 1,
    })
    const target = { roomId: idOf('Room', served), agentId: idOf('Agent', BEN) }
    const assign = () => sendOperation(url, AssignRoomId, { input: target }, asOperator)
    expect(await count(assign)).toEqual({ 'agent/get_chat': 1, 'agent/transfer_chat': 1 })
    const commented = { ...target, agentId: idOf('Agent', ADA), comment: 'Yours' }
    const note = () => sendOperation(url, AssignRoomId, { input: commented }, asOperator)
    expect(await count(note)).toEqual({
      'agent/get_chat': 1,
      'agent/transfer_chat': 1,
      'agent/send_event': 2,
      'agent/add_user_to_chat': 1,
    })
    const toGroup = { roomId: idOf('Room', served), departmentId: idOf('Department', '2') }
    const transfer = () => sendOperation(url, TransferRoomId, { input: toGroup }, asOperator)
    expect(await count(transfer)).toEqual({ 'agent/get_chat': 1, 'agent/transfer_chat': 1 })
    const requeue = () =>
      sendOperation(url, RequeueRoomId, { input: { roomId: idOf('Room', served) } }, asOperator)
    expect(await count(requeue)).toEqual({ 'agent/get_chat': 1, 'agent/transfer_chat': 1 })
  })
})

describe('the capabilities of a room', () => {
  it.each([
    ['queued', { TAKE_ROOM: null, ASSIGN_ROOM: null, TRANSFER_ROOM: null, REQUEUE_ROOM: null }],
    ['served', { TAKE_ROOM: 'An agent serves the room already.', ASSIGN_ROOM: null, REQUEUE_ROOM: null }],
    ['closed', { TAKE_ROOM: 'The room is closed.', TRANSFER_ROOM: 'The room is closed.' }],
  ] as const)('of a %s room say what is possible', async (state, expected) => {
    const { url, chats, queued, served } = await openRooms()
    const closed = chats.start().id
    chats.close(closed)
    const id = { queued, served, closed }[state]
    const { roomByNativeId } = await fetchData(
      url,
      RoomWorkCapabilities,
      { provider: 'livechat', id },
      asOperator,
    )
    for (const [capability, reason] of Object.entries(expected)) {
      expect(roomByNativeId?.capabilities).toContainEqual({ capability, allowed: reason === null, reason })
    }
  })

  it('deny writing in a room of another agent, and it is refused there', async () => {
    const { url, served } = await openRooms()
    const reason =
      'Another agent serves this chat, and LiveChat allows only one. Assign the chat to yourself to write in it.'
    const capabilities = await readCapabilities(url, served)
    expect(capabilities).toMatchObject({
      SEND_MESSAGE: reason,
      SEND_FILE: reason,
      SEND_NOTE: null,
      CLOSE_ROOM: null,
    })
    const input = { roomId: idOf('Room', served), text: 'Hello' }
    const sent = await sendOperation(url, Send, { input }, asOperator)
    expect(sent).toMatchObject({ data: { sendMessage: { code: 'CONFLICT', detail: reason } } })
  })

  it('allow writing after the room was assigned to the caller’s agent', async () => {
    const { url, served } = await openRooms()
    const input = { roomId: idOf('Room', served), agentId: idOf('Agent', OWN) }
    await sendOperation(url, AssignRoom, { input }, asOperator)
    expect(await readCapabilities(url, served)).toMatchObject({
      SEND_MESSAGE: null,
      SEND_FILE: null,
      TAKE_ROOM: null,
    })
  })

  it('allow writing in a room of several agents: LiveChat lets the account have them', async () => {
    const { url, liveChat, chats, served } = await openRooms()
    liveChat.switches.publicAgentLimit = 3
    chats.agentSends(served, 'May I?', BEN)
    expect(await readCapabilities(url, served)).toMatchObject({ SEND_MESSAGE: null, SEND_FILE: null })
  })

  it('depend on the room alone while the caller’s agent cannot be found', async () => {
    const { url, liveChat, served } = await openRooms()
    liveChat.injectFault({ kind: 'reset', route: configurationAction('list_agents') })
    expect(await readCapabilities(url, served)).toMatchObject({
      SEND_MESSAGE: null,
      TAKE_ROOM: 'An agent serves the room already.',
    })
  })

  it('take one request for the agent of all operators, and none in rooms without an agent', async () => {
    const { url, liveChat, queued, served } = await openRooms()
    await readCapabilities(url, queued)
    expect(countRequests({ liveChat })).toEqual({ 'agent/get_chat': 1 })
    await readCapabilities(url, served)
    await readCapabilities(url, served)
    expect(countRequests({ liveChat })).toEqual({ 'agent/get_chat': 3, 'configuration/list_agents': 1 })
  })

  it('deny all of them to visitors, who are refused without a request', async () => {
    const { url, liveChat, chats, queued } = await openRooms()
    const visitor = asVisitorOf({ liveChat }, chats.get(queued))
    const { roomByNativeId } = await fetchData(
      url,
      RoomWorkCapabilities,
      { provider: 'livechat', id: queued },
      visitor,
    )
    const reason = 'Only operators can take, assign, transfer and requeue rooms.'
    const denied = roomByNativeId?.capabilities.filter((one) => one.reason === reason)
    expect(denied?.map(({ capability }) => capability).sort()).toEqual([
      'ASSIGN_ROOM',
      'REQUEUE_ROOM',
      'TAKE_ROOM',
      'TRANSFER_ROOM',
    ])
    liveChat.clearCalls()
    const roomId = idOf('Room', queued)
    const refused = resultOf({ code: 'FORBIDDEN', detail: reason })
    expect(await sendOperation(url, TakeRoom, { input: { roomId } }, visitor)).toMatchObject(refused)
    expect(await sendOperation(url, RequeueRoom, { input: { roomId } }, visitor)).toMatchObject(refused)
    expect(liveChat.calls).toEqual([])
  })
})

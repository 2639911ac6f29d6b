import { describe, expect, it } from 'vitest'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Dashboard, Room, RoomList } from './support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  countRequests,
  type LiveChatGateway,
  manualClock,
  openLiveChatGateway,
} from './support/livechat-gateway.ts'

async function readOnlyRoom(gateway: LiveChatGateway) {
  const { rooms } = await fetchData(gateway.url, Dashboard, {}, asOperator)
  expect(rooms.nodes).toHaveLength(1)
  return rooms.nodes[0]
}

describe('a chat mapped to a room', () => {
  it('has its visitor, agents, department, tags and last message', async () => {
    const gateway = await openLiveChatGateway({ sandbox: { switches: { publicAgentLimit: 2 } } })
    const { chats } = gateway.liveChat
    const chat = chats.start({ customer: { name: 'Cy', email: 'cy@example.test' }, groupId: 2, say: 'hello' })
    chat.threads[0]?.tags.push('vip')
    chats.agentSends(chat.id, 'good morning', 'ada.kowalska@switchboard.test')
    const answered = chats.agentSends(chat.id, 'how can I help?')

    expect(await readOnlyRoom(gateway)).toMatchObject({
      nativeId: chat.id,
      status: 'OPEN',
      visitor: {
        nativeId: chats.customerOf(chat.id).id,
        name: 'Cy',
        email: 'cy@example.test',
        role: 'VISITOR',
      },
      agents: [{ role: 'AGENT' }, { role: 'AGENT' }],
      department: { nativeId: '2', name: 'Orders' },
      tags: ['vip'],
      lastMessage: { nativeId: answered.id, text: 'how can I help?', author: { role: 'AGENT' } },
      closedAt: null,
      lastActivityAt: new Date(Math.floor(answered.createdAt / 1000)).toISOString(),
    })
  })

  it('is QUEUED while it is in LiveChat’s queue', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ say: 'anyone?' })
    const [thread] = chat.threads
    if (thread) thread.queue = { position: 1, waitSeconds: 90, queuedAt: thread.createdAt }
    expect(await readOnlyRoom(gateway)).toMatchObject({ status: 'QUEUED' })
  })

  it('is CLOSED if its latest thread is, as of the system message about it', async () => {
    const clock = manualClock()
    const gateway = await openLiveChatGateway({ sandbox: { now: clock.now } })
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'bye' })
    clock.advance(60_000)
    chats.close(chat.id, 'agent')
    const closedAt = new Date(clock.now()).toISOString()
    expect(await readOnlyRoom(gateway)).toMatchObject({ status: 'CLOSED', closedAt })

    // An event that is added to a closed thread later does not change when it was closed.
    clock.advance(60_000)
    const thread = chat.threads.at(-1)
    const late = {
      type: 'message',
      fields: { text: 'one more thing' },
      visibility: 'all',
      deleted: false,
    } as const
    thread?.events.push({ ...late, id: `${thread.id}_99`, createdAt: clock.now() * 1000 })
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, asOperator)
    expect(roomByNativeId).toMatchObject({
      status: 'CLOSED',
      closedAt,
      lastMessage: { text: 'one more thing' },
    })
  })

  it('is OPEN again in a new thread, and has a creation time only if it is known', async () => {
    const clock = manualClock()
    const gateway = await openLiveChatGateway({ sandbox: { now: clock.now } })
    const { chats } = gateway.liveChat
    const chat = chats.start({ say: 'hello' })
    const createdAt = new Date(clock.now()).toISOString()
    const ask = () => fetchData(gateway.url, Room, { id: chat.id }, asOperator)
    expect((await ask()).roomByNativeId).toMatchObject({ status: 'OPEN', createdAt })
    expect(await readOnlyRoom(gateway)).toMatchObject({ createdAt: null })

    chats.close(chat.id)
    clock.advance(86_400_000)
    chats.resume(chat.id)
    expect((await ask()).roomByNativeId).toMatchObject({ status: 'OPEN', createdAt: null })
  })

  it('belongs to a specific group rather than to group 0', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    chat.groupIds = [0, 3, 1]
    expect(await readOnlyRoom(gateway)).toMatchObject({ department: { nativeId: '3', name: 'Billing' } })
    chat.groupIds = [0]
    expect(await readOnlyRoom(gateway)).toMatchObject({ department: { nativeId: '0', name: 'General' } })
    chat.groupIds = []
    expect(await readOnlyRoom(gateway)).toMatchObject({ department: null })
  })

  it('is the same with the field names of 3.7', async () => {
    const gateway = await openLiveChatGateway()
    const { chats } = gateway.liveChat
    const chat = chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    chat.threads[0]?.tags.push('sales')
    const now = await readOnlyRoom(gateway)
    gateway.liveChat.switches.chatFieldNames = '3.7'
    expect(await readOnlyRoom(gateway)).toEqual(now)
  })

  it('is the same for its visitor, without the agents’ e-mail addresses', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
    const { roomByNativeId: room } = await fetchData(
      gateway.url,
      Room,
      { id: chat.id },
      asVisitorOf(gateway, chat),
    )
    expect(room).toMatchObject({
      nativeId: chat.id,
      status: 'OPEN',
      visitor: { name: 'Cy' },
      agents: [{ name: 'Robin Hale', email: null, role: 'AGENT' }],
      tags: [],
    })
    expect(room?.agents[0]?.nativeId).not.toContain('@')
    expect(room?.department).toMatchObject({ nativeId: '0', online: true })
  })

  it('lists its capabilities, with a reason for each that is denied', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    const denialReasons = async (headers: Readonly<Record<string, string>>) => {
      const { roomByNativeId } = await fetchData(gateway.url, Room, { id: chat.id }, headers)
      return Object.fromEntries(
        roomByNativeId?.capabilities.map(({ capability, reason }) => [capability, reason]) ?? [],
      )
    }
    const noEdit = expect.stringContaining('cannot edit')
    const noDelete = expect.stringContaining('only visitors can delete')
    const free = { READ_MESSAGES: null, SEND_MESSAGE: null, CLOSE_ROOM: null, UPDATE_MESSAGE: noEdit }
    expect(await denialReasons(asOperator)).toMatchObject({ ...free, DELETE_MESSAGE: noDelete })
    expect(await denialReasons(asVisitorOf(gateway, chat))).toMatchObject({ ...free, DELETE_MESSAGE: null })

    gateway.liveChat.chats.close(chat.id)
    expect(await denialReasons(asOperator)).toMatchObject({
      SEND_MESSAGE: null,
      CLOSE_ROOM: 'The room is closed.',
    })
  })
})

describe('a response that differs from the documentation', () => {
  it('loses a field or a row, never the list', async () => {
    const { url, liveChat } = await openLiveChatGateway()
    const good = {
      id: 'R2',
      last_thread_summary: { id: 'T2', created_at: '2026-01-02T03:04:05.000001Z', active: true },
    }
    const odd = {
      id: 'R1',
      last_thread_summary: { id: 'T1', created_at: 'yesterday', active: 'yes', tags: 'vip', queue: null },
      last_event_per_type: { message: { thread_id: 'T1', event: { id: 'T1_1', text: 5 } }, hologram: 7 },
      users: [{ id: 'u', type: 'robot', name: 3 }, 'nobody'],
      access: { group_ids: ['x', 4] },
    }
    const body = { chats_summary: [odd, good, { id: 9 }, null], found_chats: 'many' }
    liveChat.injectFault({ kind: 'answer', route: agentAction('list_chats'), status: 200, body, times: 1 })
    const { data } = await sendOperation(url, Dashboard, {}, asOperator)
    expect(data?.rooms.nodes).toHaveLength(2)
    expect(data?.rooms.nodes.find(({ nativeId }) => nativeId === 'R1')).toMatchObject({
      status: 'UNKNOWN',
      visitor: null,
      agents: [],
      tags: [],
      lastMessage: null,
      lastActivityAt: null,
    })
  })

  it('is logged where a last event cannot be read', async () => {
    const gateway = await openLiveChatGateway()
    const body = {
      chats_summary: [
        {
          id: 'R1',
          last_thread_summary: { id: 'T1', created_at: '2026-01-02T03:04:05.000001Z', active: true },
          last_event_per_type: {
            message: { thread_id: 'T1', event: { id: 'T1_1', created_at: 'soon', type: 'message' } },
            file: { thread_id: 'T1', restricted_access: 'beyond the history of the plan' },
          },
        },
      ],
    }
    const fault = { kind: 'answer', route: agentAction('list_chats'), status: 200, body, times: 1 } as const
    gateway.liveChat.injectFault(fault)
    await sendOperation(gateway.url, Dashboard, {}, asOperator)
    expect(gateway.log.map(({ msg, field }) => [msg, field])).toEqual([
      ['left out items of a response that could not be read', 'event.created_at'],
    ])
  })
})

describe('a room filter', () => {
  it.each([
    [{ status: ['OPEN' as const] }, [true]],
    [{ status: ['QUEUED' as const, 'OPEN' as const] }, [true]],
    [{ status: ['CLOSED' as const] }, [false]],
    [{ status: ['CLOSED' as const, 'OPEN' as const] }, [true, false]],
    [{}, [true, false]],
  ])('%j becomes list requests with active = %j', async (filter, lists) => {
    const { url, liveChat } = await openLiveChatGateway()
    await fetchData(url, RoomList, { filter }, asOperator)
    expect(liveChat.calls.map(({ body }) => JSON.parse(body))).toEqual(
      lists.map((active) => ({ limit: 100, filters: { include_chats_without_threads: false, active } })),
    )
  })

  it('by department is applied by LiveChat, and rooms that only include the group are dropped', async () => {
    const gateway = await openLiveChatGateway()
    const { url, liveChat } = gateway
    const [own, other] = [liveChat.chats.start({ groupId: 3 }), liveChat.chats.start({ groupId: 2 })]
    other.groupIds = [2, 3]
    const departmentId = (await only3(gateway, own.id))?.department?.nativeId ?? ''
    expect(departmentId).toBe('3')
    const id = Buffer.from(JSON.stringify([1, 'd', 'livechat', '3'])).toString('base64url')
    const { rooms } = await fetchData(url, RoomList, { filter: { departmentId: id } }, asOperator)
    expect(rooms.edges.map(({ node }) => node.nativeId)).toEqual([own.id])
    expect(JSON.parse(liveChat.calls.at(-1)?.body ?? '')).toMatchObject({ filters: { group_ids: [3] } })
  })

  it('by something that LiveChat does not have sends no request', async () => {
    const gateway = await openLiveChatGateway()
    gateway.liveChat.chats.start()
    const { rooms } = await fetchData(gateway.url, RoomList, { filter: { status: ['ON_HOLD'] } }, asOperator)
    expect(rooms.edges).toEqual([])
    expect(countRequests(gateway)).toEqual({})
  })

  it('by creation time uses a chat’s first thread, even if its latest is new', async () => {
    const clock = manualClock()
    const gateway = await openLiveChatGateway({ sandbox: { now: clock.now } })
    const { url, liveChat } = gateway
    const old = liveChat.chats.start({ say: 'first' })
    liveChat.chats.close(old.id)
    clock.advance(86_400_000)
    const middle = new Date(clock.now()).toISOString()
    const young = liveChat.chats.start({ say: 'young' })
    clock.advance(1_000)
    liveChat.chats.resume(old.id)
    const list = async (filter: object) => {
      const { rooms } = await fetchData(url, RoomList, { filter }, asOperator)
      return rooms.edges.map(({ node }) => node.nativeId)
    }
    expect(await list({ createdFrom: middle })).toEqual([young.id])
    expect(await list({ createdTo: middle })).toEqual([old.id])
  })
})

async function only3({ url }: LiveChatGateway, id: string) {
  return (await fetchData(url, Room, { id }, asOperator)).roomByNativeId
}

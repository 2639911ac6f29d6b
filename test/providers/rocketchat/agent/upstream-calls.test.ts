import { describe, expect, it } from 'vitest'
import type { RocketChatSandboxOptions } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import {
  Boards,
  Close,
  Delete,
  Inbox,
  ManyNodes,
  Messages,
  OneRoom,
  Send,
  Update,
} from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'

const ROOMS = 'livechat/rooms'
const AGENTS = 'livechat/users/agent'
const INFO = 'rooms.info'
const HISTORY = 'livechat/messages.history/:rid'
const inbox = { first: 50, after: null, filter: null }

async function openInbox(count: number, rocketChat: RocketChatSandboxOptions = {}) {
  const gateway = await openOperatorGateway({ rocketChat })
  const departments = ['Orders', 'Machines', 'Wholesale'].map((name) =>
    gateway.workspace.createDepartment({ name }),
  )
  const rooms = Array.from({ length: count }, (_, index) => {
    const departmentId = departments[index % departments.length]?._id ?? ''
    const room = gateway.openRoomFor(`Visitor ${index}`, { departmentId })
    gateway.workspace.visitorSends(room._id, `Question ${index}`)
    return room
  })
  return { ...gateway, departments, rooms }
}

describe('requests that an operator’s operation costs at Rocket.Chat', () => {
  it('50 rooms with visitor, agents, department and last message: the list, and the agents once a minute', async () => {
    const { asOperator, countRequests } = await openInbox(60)
    expect(await countRequests(() => asOperator(Inbox, inbox))).toEqual({ [ROOMS]: 1, [AGENTS]: 1 })
    expect(await countRequests(() => asOperator(Inbox, inbox))).toEqual({ [ROOMS]: 1 })
  })

  it('rooms of several states: one list each, and a finished list is not read again', async () => {
    const { asOperator, countRequests, openRoomFor, workspace } = await openInbox(30)
    workspace.visitorSends(openRoomFor('Willi Waiting', { agentId: null })._id, 'Anybody?')
    const page = (after: string | null) =>
      asOperator(Inbox, { first: 20, after, filter: { status: ['OPEN', 'QUEUED'] } })
    await page(null)
    let end: string | null = null
    const first = await countRequests(async () => {
      const { data } = await page(null)
      end = data?.rooms.pageInfo.endCursor ?? null
    })
    expect(first).toEqual({ [ROOMS]: 2 })
    expect(await countRequests(() => page(end))).toEqual({ [ROOMS]: 1 })
  })

  it('rooms of several states on a server whose open rooms include queued ones: one list', async () => {
    const { asOperator, countRequests, openRoomFor, workspace } = await openInbox(30, { profile: '6.3' })
    workspace.visitorSends(openRoomFor('Willi Waiting', { agentId: null })._id, 'Anybody?')
    const page = () => asOperator(Inbox, { ...inbox, filter: { status: ['OPEN', 'QUEUED'] } })
    await page()
    expect(await countRequests(page)).toEqual({ [ROOMS]: 1 })
  })

  it('two simultaneous dashboards: the same as one', async () => {
    const { asOperator, countRequests } = await openInbox(5)
    const both = () => Promise.all([asOperator(Inbox, inbox), asOperator(Inbox, inbox)])
    expect(await countRequests(both)).toEqual({ [ROOMS]: 1, [AGENTS]: 1 })
  })

  it('ten rooms with messages: the list, and one history each', async () => {
    const { asOperator, countRequests } = await openInbox(12)
    const boards = () => asOperator(Boards, { first: 10, last: 50 })
    expect(await countRequests(boards)).toEqual({ [ROOMS]: 1, [AGENTS]: 1, [HISTORY]: 10 })
  })

  it('one room: its document, and the department, of which the document has only the id', async () => {
    const { asOperator, countRequests, rooms } = await openInbox(1)
    const id = rooms[0]?._id ?? ''
    const one = () => asOperator(OneRoom, { id })
    expect(await countRequests(one)).toEqual({ [INFO]: 1, [AGENTS]: 1, 'livechat/department.listByIds': 1 })
    expect(await countRequests(one)).toEqual({ [INFO]: 1 })
  })

  it('a page of messages of one room: one history, and the room’s document once a minute', async () => {
    const { asOperator, countRequests, rooms } = await openInbox(1)
    const id = rooms[0]?._id ?? ''
    const page = () => asOperator(Messages, { id, last: 20, first: null, after: null, before: null })
    expect(await countRequests(page)).toEqual({ [INFO]: 1, [HISTORY]: 1 })
    expect(await countRequests(page)).toEqual({ [HISTORY]: 1 })
  })

  it('a page of messages of an absent room: its document', async () => {
    const { asOperator, countRequests } = await openInbox(0)
    const page = async () => {
      const { data, errors } = await asOperator(Messages, {
        id: 'nowhere',
        last: 20,
        first: null,
        after: null,
        before: null,
      })
      expect([data, errors]).toEqual([{ roomByNativeId: null }, undefined])
    }
    expect(await countRequests(page)).toEqual({ [INFO]: 1 })
  })

  it('nodes of mixed ids: one request per room and message, one for all departments', async () => {
    const { asOperator, countRequests, rooms, departments, workspace } = await openInbox(2)
    const [first, second] = rooms.map(({ _id }) => _id)
    const last = workspace.messages(first ?? '').at(-1)?._id ?? ''
    const departmentIds = departments.map(({ _id: departmentId }) =>
      encodeId({ type: 'Department', provider: 'rocketchat', departmentId }),
    )
    const ids = [
      roomIdOf(first ?? ''),
      roomIdOf(second ?? ''),
      messageIdOf(first ?? '', last),
      ...departmentIds,
    ]
    const { [AGENTS]: agents, ...spent } = await countRequests(() => asOperator(ManyNodes, { ids }))
    expect(spent).toEqual({ [INFO]: 2, 'chat.getMessage': 1, 'livechat/department.listByIds': 1 })
    // The two rooms are read in parallel and share one request for the agents.
    expect(agents).toBe(1)
  })

  it('sending: the room’s status, and the message', async () => {
    const { asOperator, countRequests, rooms } = await openInbox(1)
    const input = { roomId: roomIdOf(rooms[0]?._id ?? ''), text: 'Hello' }
    expect(await countRequests(() => asOperator(Send, { input }))).toEqual({
      [INFO]: 1,
      'chat.sendMessage': 1,
    })
  })

  it('updating and deleting: the room once a minute, the message, and the write', async () => {
    const { asOperator, countRequests, rooms, workspace } = await openInbox(1)
    const rid = rooms[0]?._id ?? ''
    const { _id } = workspace.insertMessage({ rid, from: workspace.serviceAccount().userId, msg: 'Helo' })
    const messageId = messageIdOf(rid, _id)
    expect(await countRequests(() => asOperator(Update, { input: { messageId, text: 'Hello' } }))).toEqual({
      [INFO]: 1,
      'chat.getMessage': 1,
      'chat.update': 1,
    })
    expect(await countRequests(() => asOperator(Delete, { input: { messageId } }))).toEqual({
      'chat.getMessage': 1,
      'chat.delete': 1,
    })
  })

  it('closing: one request, and the room if the selection needs more than its id', async () => {
    const { asOperator, countRequests, rooms } = await openInbox(1)
    const input = { roomId: roomIdOf(rooms[0]?._id ?? ''), comment: 'Solved' }
    expect(await countRequests(() => asOperator(Close, { input }))).toEqual({
      'livechat/room.closeByUser': 1,
      [INFO]: 1,
      [AGENTS]: 1,
    })
  })
})

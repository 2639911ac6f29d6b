import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import type { CallContext } from '../../../../src/domain/adapter.ts'
import type { Priority } from '../../../../src/domain/priority.ts'
import { RoomReads, type RoomRequests } from '../../../../src/providers/rocketchat/agent/room-reads.ts'
import { roomResponse, type WireRoom } from '../../../../src/providers/rocketchat/wire.ts'
import { UpstreamError } from '../../../../src/upstream/errors.ts'
import { waitUntil } from '../../../support/graphql-client.ts'
import { silentLog } from '../../../support/log.ts'
import { bodyOf } from '../../../support/response-body.ts'
import { openPush, openRoom, operator } from '../push/open-push.ts'

const callWith = (priority: Priority = 'background'): CallContext => ({
  caller: operator,
  log: silentLog,
  signal: new AbortController().signal,
  priority,
})

const roomOf = (roomId: string): WireRoom => {
  const document = { room: { _id: roomId, t: 'l' } }
  return roomResponse.read(bodyOf(JSON.stringify(document)), () => document, new Set()).room
}

/** A server with this list of rooms, which counts what it is asked for. */
class ListedRooms implements RoomRequests {
  readonly offsets: number[] = []
  readonly single: string[] = []
  readonly priorities: CallContext['priority'][] = []
  /** Called before each response. */
  beforeResponse: () => Promise<void> | void = () => {}
  readonly listed: string[]
  reads: RoomReads = new RoomReads(this)

  constructor(listed: string[]) {
    this.listed = listed
  }

  async readOne(roomId: string, { priority }: CallContext): Promise<WireRoom | null> {
    this.single.push(roomId)
    this.priorities.push(priority)
    await this.beforeResponse()
    return roomOf(roomId)
  }

  async readPage(offset: number, _call: CallContext): Promise<{ readonly rowCount: number }> {
    const requestedAt = performance.now()
    this.offsets.push(offset)
    await new Promise(setImmediate)
    await this.beforeResponse()
    const page = this.listed.slice(offset, offset + 100)
    for (const roomId of page) this.reads.onShown(roomOf(roomId), requestedAt)
    return { rowCount: page.length }
  }
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `room-${index}`)

test('the states of a hundred rooms are one page of the list, and no request for a single room', async () => {
  const { sandbox, adapter } = await openPush({ sandbox: { limiter: true } })
  const { _id: agentId } = sandbox.workspace.createAgent({ name: 'Agent' })
  const rids = Array.from({ length: 100 }, (_, index) => {
    const { token } = sandbox.workspace.createVisitor({ name: `Visitor ${index}` })
    return sandbox.workspace.openRoom({ token, agentId })._id
  })
  const read = await Promise.all(rids.map((rid) => adapter.getRooms([rid], callWith())))
  expect(read.map(([room]) => room && 'nativeId' in room && room.nativeId)).toEqual(rids)
  // The names of agents are requested, too.
  const { 'GET /api/v1/livechat/users/agent': _names, ...counts } = sandbox.counts()
  expect(counts).toEqual({ 'GET /api/v1/livechat/rooms': 1 })
})

test('a person’s read of one room is a request of its own', async () => {
  const { sandbox, adapter } = await openPush({ sandbox: { limiter: true } })
  const rooms = Array.from({ length: 4 }, () => openRoom(sandbox))
  await Promise.all(rooms.map(({ rid }) => adapter.getRooms([rid], callWith('interactive'))))
  expect(sandbox.counts()).toMatchObject({ 'GET /api/v1/rooms.info': 4 })
})

test('rooms that come while the list is read do not make it begin anew', async () => {
  const server = new ListedRooms(ids(300))
  const wanted = ['room-10', 'room-110', 'room-210', 'room-290'].map((roomId) =>
    server.reads.read(roomId, 'background', callWith()),
  )
  server.beforeResponse = () => {
    const offset = server.offsets.at(-1) ?? 0
    const coming = server.listed.slice(offset + 150, offset + 160)
    wanted.push(...coming.map((roomId) => server.reads.read(roomId, 'background', callWith())))
  }
  for (const one of wanted) await one
  expect(server.offsets).toEqual([0, 100, 200])
  expect(server.single).toEqual([])
})

test('rooms that no page shows are requested alone, after a page for each three of them', async () => {
  const server = new ListedRooms(ids(1_000))
  const old = Array.from({ length: 7 }, (_, index) => `older-${index}`)
  await Promise.all(old.map((roomId) => server.reads.read(roomId, 'background', callWith())))
  expect(server.offsets).toEqual([0, 100])
  expect(server.single).toEqual(old)
})

test('a response that was requested earlier does not complete a read', async () => {
  const server = new ListedRooms([])
  const before = performance.now()
  const reading = server.reads.read('room-1', 'background', callWith())
  server.reads.onShown(roomOf('room-1'), before - 1)
  await reading
  expect(server.single).toEqual(['room-1'])
})

test('a read that is no longer wanted ends, and its request with it', async () => {
  const server = new ListedRooms([])
  const left = new AbortController()
  const requested = vi.fn<RoomRequests['readOne']>(
    (_, { signal }) => new Promise((_resolve, reject) => (signal.onabort = () => reject(signal.reason))),
  )
  server.readOne = requested
  const reading = server.reads.read('room-1', 'background', { ...callWith(), signal: left.signal })
  await waitUntil(() => requested.mock.calls.length > 0)
  left.abort(new Error('gone'))
  await expect(reading).rejects.toThrow('gone')
  expect(requested.mock.calls[0]?.[1].signal.aborted).toBe(true)
})

test('a read that a subscriber waits for waits among the polls while only the interactive reserve is left', async () => {
  const server = new ListedRooms([])
  server.beforeResponse = () => {
    if (server.priorities.at(-1) === 'subscribe') throw new UpstreamError('limited', null, 1_000)
  }
  await server.reads.read('room-1', 'subscribe', callWith())
  expect(server.priorities).toEqual(['subscribe', 'background'])
})

test('a list that fails costs single requests', async () => {
  const server = new ListedRooms(ids(3))
  server.readPage = () => Promise.reject(new Error('no permission'))
  await Promise.all(server.listed.map((roomId) => server.reads.read(roomId, 'background', callWith())))
  expect(server.single).toEqual(server.listed)
})

test('a page that waits among the polls is requested at once when a subscriber wants a room of it', async () => {
  const server = new ListedRooms(ids(4))
  const priorities: Priority[] = []
  server.readPage = async (_, { priority = 'interactive', signal }) => {
    const requestedAt = performance.now()
    priorities.push(priority)
    if (priority === 'background') await once(signal, 'abort')
    signal.throwIfAborted()
    for (const roomId of server.listed) server.reads.onShown(roomOf(roomId), requestedAt)
    return { rowCount: server.listed.length }
  }
  const reading = ids(3).map((roomId) => server.reads.read(roomId, 'background', callWith()))
  await waitUntil(() => priorities.length > 0)
  await Promise.all([...reading, server.reads.read('room-3', 'subscribe', callWith())])
  expect(priorities).toEqual(['background', 'subscribe'])
  expect(server.single).toEqual([])
})

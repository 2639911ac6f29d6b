import assert from 'node:assert/strict'
import { createOperatorCaller } from '../../src/domain/caller.ts'
import { type ConformanceCheck, callAs, type Subject } from './check.ts'

/** Reads the activity since the previous read and returns the rooms' ids; null for an account without activity reads. */
function follow({ adapter }: Subject): (() => Promise<string[]>) | null {
  const { readRoomActivity } = adapter
  if (readRoomActivity === null) return null
  const call = callAs(createOperatorCaller('conformance'))
  let mark: string | null = null
  return async () => {
    const activity = await readRoomActivity(mark, call)
    mark = activity.syncToken
    assert.ok(activity.isComplete, 'so little cannot be too much to tell')
    return activity.rooms.map(({ roomId }) => roomId)
  }
}

export const activityChecks: readonly ConformanceCheck[] = [
  {
    id: 'A01',
    name: 'MUST report no room on the first read, and no room in which nothing happened since',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const happened = follow(subject)
      if (!happened) return
      await subject.openRoom()
      assert.deepEqual(await happened(), [])
      assert.deepEqual(await happened(), [])
    },
  },
  {
    id: 'A02',
    name: 'MUST report a room once for all that happened in it since the sync token',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const happened = follow(subject)
      if (!happened) return
      const roomId = await subject.openRoom()
      await happened()
      await subject.receiveMessage(roomId, 'one')
      await subject.receiveMessage(roomId, 'two')
      assert.deepEqual(await happened(), [roomId])
      assert.deepEqual(await happened(), [])
    },
  },
  {
    id: 'A03',
    name: 'MUST report a room that was closed',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const happened = follow(subject)
      if (!happened) return
      const roomId = await subject.openRoom()
      await happened()
      await subject.closeRoom(roomId)
      assert.deepEqual(await happened(), [roomId])
    },
  },
  {
    id: 'A04',
    name: 'MUST report a new room, and each room separately',
    requiredCapabilities: ['READ_MESSAGES'],
    needsTwoRooms: true,
    async run(subject) {
      const happened = follow(subject)
      if (!happened) return
      const first = await subject.openRoom()
      await happened()
      const second = await subject.openRoom()
      assert.deepEqual(await happened(), [second])
      await subject.receiveMessage(first, 'hello')
      assert.deepEqual(await happened(), [first])
    },
  },
  {
    id: 'A05',
    name: 'MUST include rooms, if it includes any, as `getRooms` returns them',
    requiredCapabilities: ['READ_MESSAGES', 'LIST_ROOMS'],
    async run(subject) {
      const { adapter, caller } = subject
      const call = callAs(caller)
      const roomId = await subject.openRoom()
      const begun = await adapter.readRoomActivity?.(null, call)
      if (!begun) return
      await subject.receiveMessage(roomId, 'hello')
      const activity = await adapter.readRoomActivity?.(begun.syncToken, call)
      const included = activity?.rooms[0]?.room
      if (!included) return
      const [fetched] = await adapter.getRooms([roomId], call)
      assert.ok(fetched && 'type' in fetched)
      assert.equal(included.provider, fetched.provider)
      assert.equal(included.nativeId, fetched.nativeId)
      assert.equal(included.status, fetched.status)
      assert.deepEqual(included.visitor, fetched.visitor)
      assert.deepEqual(included.agents, fetched.agents)
    },
  },
]

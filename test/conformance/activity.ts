import assert from 'node:assert/strict'
import { createOperatorCaller } from '../../src/domain/caller.ts'
import { type ConformanceCheck, callAs, type Subject } from './check.ts'

/** Reads what happened, from where the last reading ended; gives the rooms' ids. Null where the account cannot tell. */
function follow({ adapter }: Subject): (() => Promise<string[]>) | null {
  const { readRoomActivity: roomActivity } = adapter
  if (roomActivity === null) return null
  const call = callAs(createOperatorCaller('conformance'))
  let mark: string | null = null
  return async () => {
    const activity = await roomActivity(mark, call)
    mark = activity.syncToken
    assert.ok(activity.isComplete, 'so little cannot be too much to tell')
    return activity.rooms.map(({ roomId }) => roomId)
  }
}

export const activityChecks: readonly ConformanceCheck[] = [
  {
    id: 'A01',
    name: 'MUST tell of no room to who begins, and of none in which nothing happened since',
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
    name: 'MUST tell of a room once for all that happened in it since the mark',
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
    name: 'MUST tell of a room that is closed',
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
    name: 'MUST tell of a new room, and of each room apart',
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
    name: 'MUST carry a room, where it does, as it is answered when it is asked for',
    requiredCapabilities: ['READ_MESSAGES', 'LIST_ROOMS'],
    async run(subject) {
      const { adapter, caller } = subject
      const call = callAs(caller)
      const roomId = await subject.openRoom()
      const begun = await adapter.readRoomActivity?.(null, call)
      if (!begun) return
      await subject.receiveMessage(roomId, 'hello')
      const activity = await adapter.readRoomActivity?.(begun.syncToken, call)
      const carried = activity?.rooms[0]?.room
      if (!carried) return
      const [asked] = await adapter.getRooms([roomId], call)
      assert.ok(asked && 'type' in asked)
      assert.equal(carried.provider, asked.provider)
      assert.equal(carried.nativeId, asked.nativeId)
      assert.equal(carried.status, asked.status)
      assert.deepEqual(carried.visitor, asked.visitor)
      assert.deepEqual(carried.agents, asked.agents)
    },
  },
]

import assert from 'node:assert/strict'
import type { Room } from '../../src/domain/model.ts'
import {
  assertFailsWith,
  type ConformanceCheck,
  callAs,
  type RoomWorkSubject,
  type Subject,
} from './check.ts'

const UNKNOWN_ROOM = 'noSuchRoomAnywhere'

function workOf({ roomWork }: Subject): RoomWorkSubject {
  assert.ok(roomWork, 'the subject promises room work and has no agents for it')
  return roomWork
}

async function readRoom({ adapter, caller }: Subject, roomId: string): Promise<Room> {
  const [room] = await adapter.getRooms([roomId], callAs(caller))
  assert.ok(room && 'type' in room)
  return room
}

const agentIdsOf = ({ agents }: Room) => agents.map(({ nativeId }) => nativeId)

export const roomWorkChecks: readonly ConformanceCheck[] = [
  {
    id: 'S01',
    name: 'MUST make the caller’s own agent serve a room that nobody serves, however often it takes the room',
    requiredCapabilities: ['TAKE_ROOM', 'LIST_AGENTS', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await workOf(subject).openQueuedRoom()
      for (const _time of ['first', 'second']) await adapter.takeRoom(roomId, callAs(caller))
      const own = await adapter.findOwnAgentId(callAs(caller))
      assert.deepEqual(agentIdsOf(await readRoom(subject, roomId)), [own])
    },
  },
  {
    id: 'S02',
    name: 'MUST refuse to take a room from another agent, with that agent’s name',
    requiredCapabilities: ['TAKE_ROOM', 'ASSIGN_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const { openQueuedRoom, agentId } = workOf(subject)
      const roomId = await openQueuedRoom()
      await adapter.assignRoom(roomId, agentId, null, callAs(caller))
      await assertFailsWith(adapter.takeRoom(roomId, callAs(caller)), ['CONFLICT'], adapter.name)
      const room = await readRoom(subject, roomId)
      assert.deepEqual(agentIdsOf(room), [agentId])
      const name = room.agents[0]?.name ?? ''
      await assert.rejects(adapter.takeRoom(roomId, callAs(caller)), ({ message }: Error) =>
        message.includes(name),
      )
    },
  },
  {
    id: 'S03',
    name: 'MUST assign a room that another agent serves, however often',
    requiredCapabilities: ['TAKE_ROOM', 'ASSIGN_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const { openQueuedRoom, agentId } = workOf(subject)
      const roomId = await openQueuedRoom()
      await adapter.takeRoom(roomId, callAs(caller))
      for (const comment of ['yours', null])
        await adapter.assignRoom(roomId, agentId, comment, callAs(caller))
      assert.deepEqual(agentIdsOf(await readRoom(subject, roomId)), [agentId])
    },
  },
  {
    id: 'S04',
    name: 'MUST hand a room to a department, however often, and refuse an unknown one',
    requiredCapabilities: ['TRANSFER_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const { openQueuedRoom, departmentId } = workOf(subject)
      const roomId = await openQueuedRoom()
      const transfer = (id: string) => adapter.transferRoom(roomId, id, null, callAs(caller))
      for (const _time of ['first', 'second']) await transfer(departmentId)
      assert.equal((await readRoom(subject, roomId)).departmentId, departmentId)
      const error = await transfer('noSuchDepartment').catch((reason: unknown) => reason)
      assert.ok(error instanceof Error && 'code' in error && error.code === 'INVALID_INPUT')
    },
  },
  {
    id: 'S05',
    name: 'MUST take a room from its agent when it goes back to the queue',
    requiredCapabilities: ['TAKE_ROOM', 'REQUEUE_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const { openQueuedRoom, withoutFreeAgents } = workOf(subject)
      const roomId = await openQueuedRoom()
      await adapter.takeRoom(roomId, callAs(caller))
      withoutFreeAgents()
      for (const _time of ['first', 'second']) await adapter.requeueRoom(roomId, callAs(caller))
      assert.deepEqual(agentIdsOf(await readRoom(subject, roomId)), [])
    },
  },
  {
    id: 'S06',
    name: 'MUST change who serves a room neither in a closed room nor in an absent one',
    requiredCapabilities: ['TAKE_ROOM', 'ASSIGN_ROOM', 'TRANSFER_ROOM', 'REQUEUE_ROOM'],
    async run(subject) {
      const { adapter, caller } = subject
      const { openQueuedRoom, agentId, departmentId } = workOf(subject)
      const closed = await openQueuedRoom()
      await subject.closeRoom(closed)
      for (const [roomId, code] of [
        [closed, 'ROOM_CLOSED'],
        [UNKNOWN_ROOM, 'NOT_FOUND'],
      ] as const) {
        const attempts = [
          () => adapter.takeRoom(roomId, callAs(caller)),
          () => adapter.assignRoom(roomId, agentId, null, callAs(caller)),
          () => adapter.transferRoom(roomId, departmentId, null, callAs(caller)),
          () => adapter.requeueRoom(roomId, callAs(caller)),
        ]
        for (const attempt of attempts) await assertFailsWith(attempt(), [code], adapter.name)
      }
    },
  },
]

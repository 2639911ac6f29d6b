import assert from 'node:assert/strict'
import { anonymousCaller } from '../../src/domain/caller.ts'
import type { RoomDraft } from '../../src/domain/rooms.ts'
import { assertFailsWith, type ConformanceCheck, callAs } from './check.ts'

/** A draft that says nothing. */
export const newVisitor: RoomDraft = {
  name: null,
  email: null,
  phone: null,
  customFields: [],
  preChatAnswers: [],
  departmentId: null,
  text: null,
  idempotencyKey: null,
}

export const visitorChecks: readonly ConformanceCheck[] = [
  {
    id: 'V01',
    name: 'MUST list to a visitor its own rooms, each once, and to everybody else none of them',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller, otherCaller } = subject
      const roomId = await subject.openRoom()
      const ids = (await adapter.listVisitorRooms(callAs(caller))).map((item) => item.roomId)
      if (caller.role !== 'VISITOR') return assert.deepEqual(ids, [])
      assert.ok(ids.includes(roomId), 'the visitor’s room is missing')
      assert.equal(new Set(ids).size, ids.length, 'a room came twice')
      if (!otherCaller) return undefined
      const others = (await adapter.listVisitorRooms(callAs(otherCaller))).map((item) => item.roomId)
      assert.ok(!others.includes(roomId), 'a room of another visitor is listed')
      return undefined
    },
  },
  {
    id: 'V02',
    name: 'MUST start a room as the visitor that calls, and return its open room',
    requiredCapabilities: ['START_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      if (caller.role !== 'VISITOR') return
      const roomId = await subject.openRoom()
      const open = await adapter.startRoom(newVisitor, callAs(caller))
      assert.deepEqual([open.visitorToken, open.room.nativeId], [caller.token, roomId])
      await subject.closeRoom(roomId)
      const again = await adapter.startRoom(newVisitor, callAs(caller))
      assert.equal(again.visitorToken, caller.token)
      assert.ok(again.room.status === 'OPEN' || again.room.status === 'QUEUED')
      const [read] = await adapter.getRooms([again.room.nativeId], callAs(caller))
      assert.ok(read && 'type' in read)
    },
  },
  {
    id: 'V03',
    name: 'MUST refuse to start a room with a token that the provider does not know',
    requiredCapabilities: ['START_ROOM'],
    async run({ adapter, caller }) {
      if (caller.role !== 'VISITOR') return
      const nobody = { role: 'VISITOR', token: `${caller.token}-of-nobody` } as const
      await assertFailsWith(adapter.startRoom(newVisitor, callAs(nobody)), ['UNAUTHENTICATED'], adapter.name)
    },
  },
  {
    id: 'V04',
    name: 'MUST issue a new token with which the same visitor reads the same rooms',
    requiredCapabilities: ['START_ROOM', 'RENEW_VISITOR', 'READ_MESSAGES'],
    async run({ adapter, caller }) {
      const { room, visitorId, visitorToken } = await adapter.startRoom(newVisitor, callAs(caller))
      assert.ok(visitorId !== null, 'a visitor whose token expires has no id')
      const token = await adapter.renewVisitor(visitorId, callAs(caller))
      assert.notEqual(token, visitorToken)
      const rooms = await adapter.listVisitorRooms(callAs({ role: 'VISITOR', token }))
      assert.ok(
        rooms.some(({ roomId }) => roomId === room.nativeId),
        'the room is not the renewed visitor’s',
      )
      await assertFailsWith(
        adapter.renewVisitor('of-nobody', callAs(caller)),
        ['INVALID_INPUT'],
        adapter.name,
      )
    },
  },
  {
    id: 'V05',
    name: 'MUST show a pre-chat form whose fields can be told apart, and accept answers to them',
    requiredCapabilities: ['START_ROOM'],
    async run({ adapter, caller }) {
      const form = await adapter.getPreChatForm(null, callAs(anonymousCaller))
      const fields = form?.fields ?? []
      assert.equal(new Set(fields.map(({ key }) => key)).size, fields.length, 'two fields have one key')
      for (const { kind, options } of fields)
        assert.equal(options.length > 0, kind === 'CHOICE' || kind === 'MULTIPLE_CHOICE', 'options')
      const asked = fields.filter(({ kind }) => kind !== 'NAME' && kind !== 'EMAIL')
      const preChatAnswers = asked.map(({ key, options }) => ({ key, values: [options[0]?.value ?? 'x'] }))
      const contact = { name: 'Vera', email: 'vera@shop.example' }
      const { room } = await adapter.startRoom({ ...newVisitor, ...contact, preChatAnswers }, callAs(caller))
      assert.ok(room.status === 'OPEN' || room.status === 'QUEUED')
      const stranger = { key: 'a-field-of-no-form', values: ['x'] }
      await assertFailsWith(
        adapter.startRoom({ ...newVisitor, preChatAnswers: [stranger] }, callAs(anonymousCaller)),
        ['INVALID_INPUT'],
        adapter.name,
      )
    },
  },
]

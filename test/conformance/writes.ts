import assert from 'node:assert/strict'
import { assertFailsWith, type ConformanceCheck, callAs, newestMessages } from './check.ts'

export const writeChecks: readonly ConformanceCheck[] = [
  {
    id: 'W01',
    name: 'MUST return the message as stored, as every reader receives it',
    requiredCapabilities: ['SEND_MESSAGE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const sent = await adapter.sendMessage(
        { roomId, text: 'grüß dich 👋', idempotencyKey: null },
        callAs(caller),
      )
      const [read] = await adapter.getMessages([sent.ref], callAs(caller))
      assert.ok(read && 'type' in read)
      assert.equal(sent.text, 'grüß dich 👋')
      assert.deepEqual(
        [read.ref, read.text, read.createdAt, read.author?.role],
        [sent.ref, sent.text, sent.createdAt, sent.author?.role],
      )
    },
  },
  {
    id: 'W02',
    name: 'MUST send once, however often the same key comes with the same text',
    requiredCapabilities: ['SEND_MESSAGE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const draft = {
        roomId: await subject.openRoom(),
        text: 'only once',
        idempotencyKey: 'key-of-a-message',
      }
      const first = await adapter.sendMessage(draft, callAs(caller))
      const again = await adapter.sendMessage(draft, callAs(caller))
      assert.deepEqual(again.ref, first.ref)
      const { messages } = await adapter.listMessages(draft.roomId, newestMessages(100), callAs(caller))
      assert.equal(messages.filter(({ text }) => text === 'only once').length, 1)
    },
  },
  {
    id: 'W03',
    name: 'MUST refuse a key that comes with another text',
    requiredCapabilities: ['SEND_MESSAGE'],
    async run(subject) {
      const { adapter, caller } = subject
      const draft = { roomId: await subject.openRoom(), text: 'one', idempotencyKey: 'key-of-a-message' }
      await adapter.sendMessage(draft, callAs(caller))
      await assertFailsWith(
        adapter.sendMessage({ ...draft, text: 'two' }, callAs(caller)),
        ['CONFLICT'],
        adapter.name,
      )
    },
  },
  {
    id: 'W04',
    name: 'MUST treat the same key in two rooms as two keys',
    requiredCapabilities: ['SEND_MESSAGE'],
    needsTwoRooms: true,
    async run(subject) {
      const { adapter, caller } = subject
      const send = async (roomId: string) =>
        adapter.sendMessage({ roomId, text: 'hello', idempotencyKey: 'key-of-two-rooms' }, callAs(caller))
      const [here, there] = [await send(await subject.openRoom()), await send(await subject.openRoom())]
      assert.notDeepEqual(here.ref, there.ref)
    },
  },
  {
    id: 'W05',
    name: 'MUST refuse to write into an absent room',
    requiredCapabilities: ['SEND_MESSAGE'],
    async run({ adapter, caller }) {
      const draft = { roomId: 'noSuchRoomAnywhere', text: 'anyone?', idempotencyKey: null }
      await assertFailsWith(adapter.sendMessage(draft, callAs(caller)), ['NOT_FOUND'], adapter.name)
    },
  },
  {
    id: 'W06',
    name: 'MUST edit a message in place',
    requiredCapabilities: ['SEND_MESSAGE', 'UPDATE_MESSAGE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const sent = await adapter.sendMessage({ roomId, text: 'helo', idempotencyKey: null }, callAs(caller))
      const edited = await adapter.updateMessage(sent.ref, 'hello', callAs(caller))
      assert.deepEqual(
        [edited.text, edited.state, edited.ref, edited.createdAt],
        ['hello', 'EDITED', sent.ref, sent.createdAt],
      )
      const [read] = await adapter.getMessages([sent.ref], callAs(caller))
      assert.ok(read && 'type' in read)
      assert.equal(read.text, 'hello')
    },
  },
  {
    id: 'W07',
    name: 'MUST refuse to edit or delete a message through another room',
    requiredCapabilities: ['SEND_MESSAGE', 'UPDATE_MESSAGE', 'DELETE_MESSAGE'],
    needsTwoRooms: true,
    async run(subject) {
      const { adapter, caller } = subject
      const [roomId, otherRoomId] = [await subject.openRoom(), await subject.openRoom()]
      const sent = await adapter.sendMessage({ roomId, text: 'mine', idempotencyKey: null }, callAs(caller))
      const elsewhere = { ...sent.ref, roomId: otherRoomId }
      await assertFailsWith(
        adapter.updateMessage(elsewhere, 'not mine', callAs(caller)),
        ['NOT_FOUND'],
        adapter.name,
      )
      await assertFailsWith(adapter.deleteMessage(elsewhere, callAs(caller)), ['NOT_FOUND'], adapter.name)
    },
  },
  {
    id: 'W08',
    name: 'MUST delete a message permanently',
    requiredCapabilities: ['SEND_MESSAGE', 'DELETE_MESSAGE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const sent = await adapter.sendMessage({ roomId, text: 'oops', idempotencyKey: null }, callAs(caller))
      await adapter.deleteMessage(sent.ref, callAs(caller))
      const { messages } = await adapter.readRecentMessages(roomId, null, callAs(caller))
      assert.equal(messages.filter(({ text }) => text === 'oops').length, 0)
      await assertFailsWith(adapter.deleteMessage(sent.ref, callAs(caller)), ['NOT_FOUND'], adapter.name)
    },
  },
]

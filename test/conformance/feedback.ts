import assert from 'node:assert/strict'
import { checkCapability } from '../../src/domain/capability.ts'
import type { Room } from '../../src/domain/model.ts'
import { assertFailsWith, type ConformanceCheck, callAs, type Subject } from './check.ts'

/** Tags that every provider behind a subject accepts. */
const TAGS = ['vip', 'spam', 'sales'] as const

/** Tags, notes, ratings and transcripts. */
export const feedbackChecks: readonly ConformanceCheck[] = [
  {
    id: 'T01',
    name: 'MUST replace the tags of a room, open and closed, and do so as often as it is asked',
    requiredCapabilities: ['SET_TAGS', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const setTags = async (...tags: string[]) => {
        await adapter.setRoomTags(roomId, tags, callAs(caller))
        assert.deepEqual([...(await readRoom(subject, roomId)).tags].sort(), [...tags].sort())
      }
      await setTags(TAGS[0], TAGS[1])
      await setTags(TAGS[1], TAGS[2])
      await setTags(TAGS[1], TAGS[2])
      await subject.closeRoom(roomId)
      await setTags(TAGS[0])
      await setTags()
    },
  },
  {
    id: 'T02',
    name: 'MUST close a room with the tags that it had and those of the call',
    requiredCapabilities: ['CLOSE_ROOM', 'SET_TAGS', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await adapter.setRoomTags(roomId, [TAGS[0]], callAs(caller))
      await adapter.closeRoom(roomId, { comment: 'done', tags: [TAGS[1]] }, callAs(caller))
      const { status, tags } = await readRoom(subject, roomId)
      assert.equal(status, 'CLOSED')
      assert.deepEqual([...tags].sort(), [TAGS[0], TAGS[1]].sort())
    },
  },
  {
    id: 'T03',
    name: 'MUST store a rating, which replaces the one before with its comment',
    requiredCapabilities: ['RATE_ROOM', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      assert.equal((await readRoom(subject, roomId)).rating, null)
      const rate = async (score: number, comment: string | null) => {
        await adapter.rateRoom(roomId, { score, comment }, callAs(caller))
        const { rating } = await readRoom(subject, roomId)
        assert.deepEqual([rating?.score, rating?.comment], [score, comment])
      }
      await rate(5, 'As promised')
      await rate(1, null)
    },
  },
  {
    id: 'T04',
    name: 'MUST accept a request for the transcript of an open room',
    requiredCapabilities: ['REQUEST_TRANSCRIPT'],
    async run(subject) {
      const { adapter, caller } = subject
      await adapter.requestTranscript(await subject.openRoom(), 'ada@example.test', callAs(caller))
    },
  },
  {
    id: 'T05',
    name: 'MUST write a note that every reader of the adapter receives as one',
    requiredCapabilities: ['SEND_NOTE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const draft = { roomId: await subject.openRoom(), text: 'a note', idempotencyKey: null }
      const sent = await adapter.sendMessage({ ...draft, visibility: 'AGENTS' }, callAs(caller))
      const [read] = await adapter.getMessages([sent.ref], callAs(caller))
      assert.ok(read && 'type' in read)
      assert.deepEqual([sent.visibility, read.visibility, read.text], ['AGENTS', 'AGENTS', 'a note'])
    },
  },
  {
    id: 'T06',
    name: 'MUST refuse a key that comes with another visibility',
    requiredCapabilities: ['SEND_NOTE', 'SEND_MESSAGE'],
    async run(subject) {
      const { adapter, caller } = subject
      const draft = { roomId: await subject.openRoom(), text: 'one', idempotencyKey: 'key-of-a-note' }
      await adapter.sendMessage({ ...draft, visibility: 'AGENTS' }, callAs(caller))
      const again = adapter.sendMessage({ ...draft, visibility: 'EVERYONE' }, callAs(caller))
      await assertFailsWith(again, ['CONFLICT'], adapter.name)
    },
  },
  {
    id: 'T07',
    name: 'MUST NOT tag an absent room',
    requiredCapabilities: ['SET_TAGS'],
    async run({ adapter, caller }) {
      const work = adapter.setRoomTags('noSuchRoomAnywhere', [TAGS[0]], callAs(caller))
      await assertFailsWith(work, ['NOT_FOUND'], adapter.name)
    },
  },
  {
    id: 'T08',
    name: 'MUST NOT rate an absent room',
    requiredCapabilities: ['RATE_ROOM'],
    async run({ adapter, caller }) {
      const work = adapter.rateRoom('noSuchRoomAnywhere', { score: 5, comment: null }, callAs(caller))
      await assertFailsWith(work, ['NOT_FOUND'], adapter.name)
    },
  },
  {
    id: 'T09',
    name: 'MUST NOT request the transcript of an absent room',
    requiredCapabilities: ['REQUEST_TRANSCRIPT'],
    async run({ adapter, caller }) {
      const work = adapter.requestTranscript('noSuchRoomAnywhere', 'ada@example.test', callAs(caller))
      await assertFailsWith(work, ['NOT_FOUND'], adapter.name)
    },
  },
  {
    id: 'T10',
    name: 'MUST NOT send a note of a caller that cannot write notes as a message',
    requiredCapabilities: ['SEND_MESSAGE', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      if (checkCapability(adapter, 'SEND_NOTE', caller) === null) return
      const draft = { roomId: await subject.openRoom(), text: 'a note', idempotencyKey: null }
      const sent = adapter.sendMessage({ ...draft, visibility: 'AGENTS' }, callAs(caller))
      await assertFailsWith(sent, ['UNSUPPORTED', 'FORBIDDEN'], adapter.name)
      const { messages } = await adapter.readRecentMessages(draft.roomId, null, callAs(caller))
      assert.ok(messages.every(({ text }) => text !== 'a note'))
    },
  },
]

async function readRoom({ adapter, caller }: Subject, roomId: string): Promise<Room> {
  const [room] = await adapter.getRooms([roomId], callAs(caller))
  assert.ok(room && 'type' in room)
  return room
}

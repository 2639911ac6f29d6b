import assert from 'node:assert/strict'
import { comparePositions, type Message } from '../../src/domain/model.ts'
import { type ConformanceCheck, callAs, newestMessages, sendMessages } from './check.ts'

const requiredCapabilities = ['READ_MESSAGES', 'SEND_MESSAGE'] as const

export const messageChecks: readonly ConformanceCheck[] = [
  {
    id: 'P01',
    name: 'MUST return messages oldest first, by position',
    requiredCapabilities,
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const texts = await sendMessages(subject, roomId, 5)
      const { messages } = await adapter.listMessages(roomId, newestMessages(100), callAs(caller))
      assert.deepEqual(said(messages), texts)
      assert.deepEqual(
        [...messages].sort((a, b) => comparePositions(a.position, b.position)),
        messages,
      )
    },
  },
  {
    id: 'P02',
    name: 'MUST page in both directions so that every message comes once',
    requiredCapabilities,
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await sendMessages(subject, roomId, 7)
      const whole = await adapter.listMessages(roomId, newestMessages(100), callAs(caller))
      const back: Message[] = []
      const most = 3
      let page = await adapter.listMessages(roomId, newestMessages(most), callAs(caller))
      assert.equal(page.messages.length, most, 'a page is longer or shorter than requested')
      back.unshift(...page.messages)
      while (page.hasEarlier) {
        const before = page.messages[0]?.position ?? null
        page = await adapter.listMessages(roomId, newestMessages(most, { before }), callAs(caller))
        back.unshift(...page.messages)
        assert.ok(back.length <= whole.messages.length, 'a message came twice')
      }
      const forth: Message[] = []
      let next = await adapter.listMessages(roomId, newestMessages(most, { take: 'oldest' }), callAs(caller))
      forth.push(...next.messages)
      while (next.hasLater) {
        const after = next.messages.at(-1)?.position ?? null
        next = await adapter.listMessages(
          roomId,
          newestMessages(most, { take: 'oldest', after }),
          callAs(caller),
        )
        forth.push(...next.messages)
      }
      assert.deepEqual(idsOf(back), idsOf(whole.messages))
      assert.deepEqual(idsOf(forth), idsOf(whole.messages))
    },
  },
  {
    id: 'P03',
    name: 'MUST treat `since` as inclusive and `until` as exclusive',
    requiredCapabilities,
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await sendMessages(subject, roomId, 4)
      const whole = await adapter.listMessages(roomId, newestMessages(100), callAs(caller))
      const border = whole.messages.at(-2)?.createdAt ?? new Date()
      const since = await adapter.listMessages(roomId, newestMessages(100, { since: border }), callAs(caller))
      const until = await adapter.listMessages(roomId, newestMessages(100, { until: border }), callAs(caller))
      assert.deepEqual([...idsOf(until.messages), ...idsOf(since.messages)], idsOf(whole.messages))
      assert.ok(since.messages.every(({ createdAt }) => createdAt >= border))
    },
  },
  {
    id: 'P04',
    name: 'MUST find a message by its ref, null for one of another room and for an absent one',
    requiredCapabilities,
    needsTwoRooms: true,
    async run(subject) {
      const { adapter, caller } = subject
      const [roomId, otherRoomId] = [await subject.openRoom(), await subject.openRoom()]
      const sent = await adapter.sendMessage({ roomId, text: 'here', idempotencyKey: null }, callAs(caller))
      const elsewhere = { ...sent.ref, roomId: otherRoomId }
      const absent = { ...sent.ref, messageId: 'noSuchMessage' }
      const found = await adapter.getMessages([absent, sent.ref, elsewhere], callAs(caller))
      assert.deepEqual(
        found.map((message) => (message && 'type' in message ? message.text : message)),
        [null, 'here', null],
      )
    },
  },
  {
    id: 'P05',
    name: 'MUST read recent messages back to the requested position, without a gap',
    requiredCapabilities,
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await sendMessages(subject, roomId, 3)
      const mark =
        (await adapter.listMessages(roomId, newestMessages(1), callAs(caller))).messages[0]?.position ?? null
      const later = await sendMessages(subject, roomId, 4)
      const recent = await adapter.readRecentMessages(roomId, mark, callAs(caller))
      assert.ok(
        recent.from === null || (mark && comparePositions(recent.from, mark) <= 0),
        'did not reach back',
      )
      const behind = recent.messages.filter(({ position }) => mark && comparePositions(position, mark) > 0)
      assert.deepEqual(said(behind), later)
    },
  },
  {
    id: 'P06',
    name: 'MUST read messages of other participants, with their authors',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await subject.receiveMessage(roomId, 'from the other side')
      const { messages } = await adapter.readRecentMessages(roomId, null, callAs(caller))
      const heard = messages.find(({ text }) => text === 'from the other side')
      assert.ok(heard)
      assert.equal(heard.author?.role, caller.role === 'VISITOR' ? 'AGENT' : 'VISITOR')
    },
  },
  {
    id: 'P07',
    name: 'MUST give a form exactly to forms, and an event exactly to system messages',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      await subject.receiveMessage(roomId, 'from the other side')
      await subject.closeRoom(roomId)
      const { messages } = await adapter.readRecentMessages(roomId, null, callAs(caller))
      assert.ok(messages.length > 0)
      for (const { kind, form, systemEvent, buttons } of messages) {
        assert.equal(
          form !== null,
          kind === 'FORM',
          `a message of kind ${kind} has a form, or a form has none`,
        )
        assert.equal(systemEvent !== null, kind === 'SYSTEM', `a message of kind ${kind} has the wrong event`)
        if (kind === 'TEXT') assert.deepEqual(buttons, [])
      }
    },
  },
]

/** Messages of participants: providers add system messages of their own. */
function said(messages: readonly Message[]): string[] {
  return messages.filter(({ kind }) => kind === 'TEXT').map(({ text }) => text)
}

function idsOf(messages: readonly Message[]): string[] {
  return messages.map(({ ref }) => ref.messageId)
}

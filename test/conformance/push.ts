import assert from 'node:assert/strict'
import type { ProviderPush } from '../../src/domain/push.ts'
import { type PushEvent, type RecordedPush, recordPush } from '../support/recorded-push.ts'
import { type ConformanceCheck, callAs, newestMessages, type Subject } from './check.ts'

/** A room of the caller that is live, and what was pushed of it. */
interface LiveRoom extends RecordedPush {
  readonly roomId: string
  close(): void
}

/** Subscribes to a room and waits until it is live; null for an adapter that pushes nothing to the caller. */
async function openLiveRoom(subject: Subject): Promise<LiveRoom | null> {
  const push = pushOf(subject)
  if (!push) return null
  const roomId = await subject.openRoom()
  await readNewest(subject, roomId)
  const recorded = recordPush()
  const subscription = push.subscribeToRoom(roomId, subject.caller, recorded.receiver)
  assert.deepEqual(await recorded.next(), { type: 'Live' })
  return { ...recorded, roomId, close: () => subscription.close() }
}

function pushOf({ adapter, caller }: Subject): ProviderPush | null {
  return adapter.push?.denialReason(caller) === null ? adapter.push : null
}

async function readNewest({ adapter, caller }: Subject, roomId: string) {
  const { messages } = await adapter.listMessages(roomId, newestMessages(50), callAs(caller))
  return messages
}

/** Takes events until one is about this message, or says that the room must be read. */
async function untilMessage({ next }: RecordedPush, isWanted: (event: PushEvent) => boolean) {
  for (;;) {
    const event = await next()
    if (event.type === 'Unreadable' || isWanted(event)) return event
  }
}

const isMessage = (text: string) => (event: PushEvent) =>
  event.type === 'Message' && event.message.text === text

export const pushChecks: readonly ConformanceCheck[] = [
  {
    id: 'U01',
    name: 'MUST push a new message of a live room as a read shows it',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const room = await openLiveRoom(subject)
      if (!room) return
      await subject.receiveMessage(room.roomId, 'pushed')
      const event = await untilMessage(room, isMessage('pushed'))
      const read = await readNewest(subject, room.roomId)
      const message = read.find(({ text }) => text === 'pushed')
      if (event.type === 'Message') assert.deepEqual(event.message, message)
      else assert.ok(message, 'the room must be read, and shows nothing')
    },
  },
  {
    id: 'U02',
    name: 'MUST push what the caller itself sends, edits and deletes',
    requiredCapabilities: ['READ_MESSAGES', 'SEND_MESSAGE', 'UPDATE_MESSAGE', 'DELETE_MESSAGE'],
    async run(subject) {
      const room = await openLiveRoom(subject)
      if (!room) return
      const { adapter, caller } = subject
      const call = callAs(caller)
      const draft = {
        roomId: room.roomId,
        text: 'mine',
        visibility: 'EVERYONE',
        idempotencyKey: 'push',
      } as const
      const { ref } = await adapter.sendMessage(draft, call)
      await untilMessage(room, isMessage('mine'))
      await adapter.updateMessage(ref, 'mine, edited', call)
      const edited = await untilMessage(room, isMessage('mine, edited'))
      if (edited.type === 'Message') assert.equal(edited.message.state, 'EDITED')
      await adapter.deleteMessage(ref, call)
      await untilMessage(room, (event) =>
        event.type === 'MessageDeleted'
          ? event.messageId === ref.messageId
          : event.type === 'Message' &&
            event.message.ref.messageId === ref.messageId &&
            event.message.state === 'DELETED',
      )
    },
  },
  {
    id: 'U03',
    name: 'MUST push nothing of other rooms',
    requiredCapabilities: ['READ_MESSAGES'],
    needsTwoRooms: true,
    async run(subject) {
      const other = await subject.openRoom()
      const room = await openLiveRoom(subject)
      if (!room) return
      await subject.receiveMessage(other, 'elsewhere')
      await subject.receiveMessage(room.roomId, 'here')
      const event = await untilMessage(room, ({ type }) => type === 'Message')
      if (event.type === 'Message') assert.equal(event.message.text, 'here')
    },
  },
  {
    id: 'U04',
    name: 'MUST end the subscription of a caller who has no access to the room, and push nothing to it',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const room = await openLiveRoom(subject)
      const { adapter, otherCaller } = subject
      if (!room || !otherCaller || !adapter.push) return
      const stranger = recordPush()
      adapter.push.subscribeToRoom(room.roomId, otherCaller, stranger.receiver)
      const down = await stranger.next()
      assert.equal(down.type === 'Down' && down.isFinal, true)
      await subject.receiveMessage(room.roomId, 'secret')
      await untilMessage(room, isMessage('secret'))
      assert.deepEqual(stranger.events, [])
    },
  },
  {
    id: 'U05',
    name: 'MUST push nothing after a subscription was closed, while another one of the room goes on',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const room = await openLiveRoom(subject)
      const { adapter, caller } = subject
      if (!room || !adapter.push) return
      const closed = recordPush()
      const subscription = adapter.push.subscribeToRoom(room.roomId, caller, closed.receiver)
      assert.deepEqual(await closed.next(), { type: 'Live' })
      assert.notEqual(subscription.aliveAt, null)
      subscription.close()
      await subject.receiveMessage(room.roomId, 'later')
      await untilMessage(room, isMessage('later'))
      assert.deepEqual(closed.events, [])
      assert.equal(subscription.aliveAt, null)
    },
  },
  {
    id: 'U06',
    name: 'MUST deny push to callers without a credential',
    requiredCapabilities: [],
    async run({ adapter }) {
      if (adapter.push) assert.notEqual(adapter.push.denialReason({ role: 'ANONYMOUS' }), null)
    },
  },
]

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KnownChat } from '../../../../src/providers/livechat/known-chat.ts'
import {
  agentActions,
  customerActions,
  readChatPushes,
  readUpdatedCustomerId,
} from '../../../../src/providers/livechat/push/push-wire.ts'
import { readRtmFrame } from '../../../../src/providers/livechat/push/rtm-frames.ts'
import { WatchedRoom } from '../../../../src/providers/livechat/push/watched-room.ts'
import { RecordingReceiver } from '../support/push-receiver.ts'

const CHAT = 'CHAT1'
const THREAD = 'THREAD1'
const value = fc.jsonValue({ maxDepth: 3 })
const orValue = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary }, value)

const event = fc.record(
  {
    id: orValue(fc.constantFrom('E1', 'E2')),
    type: orValue(fc.constantFrom('message', 'file', 'filled_form', 'rich_message', 'system_message')),
    created_at: orValue(fc.constant('2026-01-01T00:00:00.000001Z')),
    author_id: orValue(fc.constant('cy')),
    visibility: orValue(fc.constantFrom('all', 'agents')),
    text: value,
    fields: value,
    elements: value,
  },
  { requiredKeys: [] },
)
const user = fc.record({ id: orValue(fc.constant('cy')), type: value, name: value }, { requiredKeys: [] })
const thread = fc.record({ id: orValue(fc.constant(THREAD)), events: orValue(fc.array(orValue(event))) })
const payload = fc.record(
  {
    chat_id: orValue(fc.constant(CHAT)),
    thread_id: orValue(fc.constant(THREAD)),
    id: orValue(fc.constant(CHAT)),
    event: orValue(event),
    event_id: value,
    user: orValue(user),
    user_id: value,
    queue: value,
    seen_up_to: orValue(fc.constant('2026-01-01T00:00:00Z')),
    typing_indicator: value,
    sneak_peek: value,
    transferred_to: value,
    chat: orValue(
      fc.record({ id: fc.constant(CHAT), users: orValue(fc.array(orValue(user))), thread: orValue(thread) }),
    ),
  },
  { requiredKeys: [] },
)
const frame = fc.record({
  type: orValue(fc.constantFrom('push', 'response')),
  action: orValue(fc.constantFrom(...new Set([...agentActions, ...customerActions]))),
  payload: orValue(payload),
})

it('a frame of any shape throws nothing, and shows a visitor nothing that is for agents', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), (frames) => {
      const known = new KnownChat(
        { users: new Map(), unlistedIds: new Set() },
        { id: THREAD, createdAt: 0, isFirst: true, firstEventId: null },
      )
      const options = { provider: 'livechat', chatId: CHAT, known, loadUsers: async () => {} }
      const room = new WatchedRoom({ ...options, view: 'EVERYONE' })
      const receiver = new RecordingReceiver()
      room.add({ type: 'Messages', receiver })
      room.add({ type: 'Signals', receiver })
      room.goLive()
      for (const each of frames) {
        const read = readRtmFrame(each)
        if (read?.type !== 'push') continue
        readUpdatedCustomerId(read.payload)
        for (const { chatId, push } of readChatPushes(read.action, read.payload)) {
          expect(typeof chatId).toBe('string')
          room.receive(push)
        }
      }
      for (const change of receiver.changes) {
        if (change.type === 'Message') expect(change.message.visibility).toBe('EVERYONE')
      }
    }),
    { numRuns: 500 },
  )
})

import { describe, expect, it } from 'vitest'
import { Participants } from '../../src/providers/livechat/participants.ts'
import { createWebhookReader as createLiveChatReader } from '../../src/providers/livechat/webhook.ts'
import { createWebhookReader as createRocketChatReader } from '../../src/providers/rocketchat/webhook.ts'
import {
  LIVECHAT_SECRET,
  liveChatWebhook,
  ROCKETCHAT_SECRET,
  rocketChatWebhook,
} from '../server/webhooks/webhook-gateway.ts'
import { rocketChatTokenHeader } from '../support/webhook-requests.ts'

const nothing = { roomIds: [], hasOfflineMessages: false, content: null }
/** The hint at one room without content. */
const hintAt = (roomId: string, hasOfflineMessages = false) => ({
  roomIds: [roomId],
  hasOfflineMessages,
  content: null,
})

describe('a webhook of Rocket.Chat', () => {
  const read = createRocketChatReader(ROCKETCHAT_SECRET, { provider: 'rocketchat', url: 'http://chat.test' })
  const readBody = (body: unknown) => read({ headers: rocketChatTokenHeader(ROCKETCHAT_SECRET), body })

  it.for([
    'LivechatSessionStart',
    'LivechatSessionQueued',
    'LivechatSessionTaken',
    'LivechatSessionForwarded',
    'LivechatSession',
    'LivechatEdit',
    'LeadCapture',
  ])('%s hints at its room', (type) => {
    expect(readBody(rocketChatWebhook('r1', type))).toEqual(hintAt('r1'))
  })

  it('of a message hints at its room, and announces a message that it does not show whole', () => {
    const content = { roomId: 'r1', view: null, changes: [], missing: 'ADDITIONS' }
    expect(readBody(rocketChatWebhook('r1'))).toEqual({ ...hintAt('r1'), content })
  })

  it('of an offline message hints at those, and at no room', () => {
    expect(readBody({ ...rocketChatWebhook('r1'), type: 'LivechatOfflineMessage' })).toEqual({
      ...nothing,
      hasOfflineMessages: true,
    })
  })

  it.for<[unknown]>([
    [undefined],
    [''],
    [7],
    [['r1']],
    [{ $ne: null }],
    [Array(10_000).fill('r')],
    ['r'.repeat(129)],
  ])('names no room by %j', ([id]) => {
    expect(readBody(rocketChatWebhook(id))).toEqual(nothing)
  })

  it('is worth nothing without the secret', () => {
    expect(read({ headers: {}, body: rocketChatWebhook('r1') })).toBeNull()
    expect(read({ headers: rocketChatTokenHeader('another'), body: rocketChatWebhook('r1') })).toBeNull()
  })
})

describe('a webhook of LiveChat', () => {
  const read = createLiveChatReader(LIVECHAT_SECRET, {
    provider: 'livechat',
    participants: new Participants(),
  })
  const readBody = (payload: unknown, action: string) =>
    read({ headers: {}, body: liveChatWebhook(payload, action) })

  it.for([
    'incoming_event',
    'event_updated',
    'event_deleted',
    'chat_deactivated',
    'chat_transferred',
    'thread_tagged',
    'thread_untagged',
    'user_added_to_chat',
    'user_removed_from_chat',
    'chat_properties_updated',
  ])('%s hints at its chat', (action) => {
    expect(readBody({ chat_id: 'c1', thread_id: 't1' }, action)).toEqual(hintAt('c1'))
  })

  it('of a new thread hints at its chat, and at offline messages where it is one', () => {
    const chat = (routing: object) => ({ chat: { id: 'c1', thread: { id: 't1', properties: { routing } } } })
    expect(readBody(chat({ continuous: false }), 'incoming_chat')).toEqual(hintAt('c1'))
    expect(readBody(chat({ offline_message: true }), 'incoming_chat')).toEqual(hintAt('c1', true))
    expect(readBody({ chat: { id: 'c1' } }, 'incoming_chat')).toEqual(hintAt('c1'))
  })

  it('of another access hints at its chat, which it calls id', () => {
    expect(readBody({ id: 'c1', access: {} }, 'chat_access_updated')).toEqual(hintAt('c1'))
  })

  it.for<[payload: unknown, action: string]>([
    [{ chat_id: 'c1' }, 'an_action_of_tomorrow'],
    [{ chat_id: 'c1' }, 'events_marked_as_seen'],
    [{ chat_id: ['c1'] }, 'incoming_event'],
    [{ chat_id: '' }, 'incoming_event'],
    [{ chat_id: Array(10_000).fill('c') }, 'incoming_event'],
    [{ id: 'c1' }, 'incoming_event'],
    [{ chat: 'c1' }, 'incoming_chat'],
    [null, 'incoming_event'],
    [[], 'incoming_chat'],
  ])('hints at nothing: %j of %s', ([payload, action]) => {
    expect(readBody(payload, action)).toEqual(nothing)
  })

  it('takes its secret from the body alone', () => {
    const body = { ...liveChatWebhook({ chat_id: 'c1' }), secret_key: undefined }
    expect(read({ headers: { secret_key: LIVECHAT_SECRET }, body })).toBeNull()
  })
})

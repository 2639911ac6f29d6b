import { describe, expect, it } from 'vitest'
import { BAD_GATEWAY, RESET, RESET_AFTER_COMMIT, SERVER_ERROR, TOO_MANY_REQUESTS } from '../support/faults.ts'
import { Close, Delete, Messages, Send, Update } from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { messageIdOf, roomIdOf, visibleTexts } from '../support/rocketchat-gateway.ts'

const SEND = '/api/v1/chat.sendMessage'
const UPDATE = '/api/v1/chat.update'
const DELETE = '/api/v1/chat.delete'
const CLOSE = '/api/v1/livechat/room.closeByUser'

async function openRoom(options: Parameters<typeof openOperatorGateway>[0] = {}) {
  const gateway = await openOperatorGateway(options)
  const room = gateway.openRoomFor('Vera Visitor')
  const roomId = roomIdOf(room._id)
  const reply = (msg: string) =>
    gateway.workspace.insertMessage({ rid: room._id, msg, from: gateway.workspace.serviceAccount().userId })
  return {
    ...gateway,
    rid: room._id,
    roomId,
    token: room.v.token,
    reply,
    send: (text: string, idempotencyKey: string | null = null) =>
      gateway.asOperator(Send, { input: { roomId, text, idempotencyKey } }),
    close: (comment: string | null = 'Solved') => gateway.asOperator(Close, { input: { roomId, comment } }),
  }
}

const failures = [
  ['OUTCOME_UNKNOWN', 'the connection is reset', RESET],
  ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY],
  ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR],
  ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS],
] as const

describe('an operator’s message', () => {
  it('is written by the service account and visible to the visitor', async () => {
    const { send, asVisitor, rid, token } = await openRoom()
    const sent = await send('How can I help?')
    expect(sent).toMatchObject({
      data: {
        sendMessage: {
          message: { text: 'How can I help?', author: { name: 'Support Desk', role: 'AGENT' } },
        },
      },
    })
    const page = { id: rid, last: 1, first: null, after: null, before: null }
    const { data } = await asVisitor(token)(Messages, page)
    expect(data?.roomByNativeId?.messages.nodes).toMatchObject([
      { text: 'How can I help?', author: { role: 'AGENT' } },
    ])
  })

  it('is read back after a lost response and exists once', async () => {
    const { send, rocketChat, workspace, rid } = await openRoom()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: SEND, times: 1 })
    expect(await send('Hello')).toMatchObject({ data: { sendMessage: { message: { text: 'Hello' } } } })
    expect(visibleTexts(workspace, rid)).toEqual(['Hello'])
    expect(rocketChat.counts()[`POST ${SEND}`]).toBe(1)
  })

  it('is sent once more if the request was lost', async () => {
    const { send, rocketChat, workspace, rid } = await openRoom()
    rocketChat.injectFault({ ...RESET, route: SEND, times: 1 })
    expect(await send('Hello')).toMatchObject({ data: { sendMessage: { message: { text: 'Hello' } } } })
    expect(visibleTexts(workspace, rid)).toEqual(['Hello'])
    expect(rocketChat.counts()[`POST ${SEND}`]).toBe(2)
  })

  it('sent twice with one key is one message, although the server rejects the repetition', async () => {
    const { send, workspace, rid } = await openRoom()
    const [one, two] = [await send('Hello', 'key-1'), await send('Hello', 'key-1')]
    expect(two).toEqual(one)
    expect(visibleTexts(workspace, rid)).toEqual(['Hello'])
    expect(await send('Bye', 'key-1')).toMatchObject({ data: { sendMessage: { code: 'CONFLICT' } } })
  })

  it('is ROOM_CLOSED in a closed room, although the server would accept it', async () => {
    const { send, rocketChat, workspace, rid } = await openRoom()
    workspace.closeRoom(rid)
    expect(await send('Hello')).toMatchObject({ data: { sendMessage: { code: 'ROOM_CLOSED' } } })
    expect(rocketChat.counts()[`POST ${SEND}`]).toBeUndefined()
  })

  it('that exceeds the server’s limit is INVALID_INPUT at `text`', async () => {
    const { send, rocketChat } = await openRoom()
    rocketChat.settings.Message_MaxAllowedSize = 10
    expect(await send('x'.repeat(11))).toMatchObject({
      data: { sendMessage: { code: 'INVALID_INPUT', field: 'text' } },
    })
  })

  it('is NOT_FOUND in an unknown room', async () => {
    const { asOperator } = await openRoom()
    const input = { roomId: roomIdOf('none'), text: 'Hello' }
    expect(await asOperator(Send, { input })).toMatchObject({ data: { sendMessage: { code: 'NOT_FOUND' } } })
  })
})

describe('an operator’s edit', () => {
  it('replaces the text', async () => {
    const { asOperator, rid, reply } = await openRoom()
    const messageId = messageIdOf(rid, reply('Helo')._id)
    expect(await asOperator(Update, { input: { messageId, text: 'Hello' } })).toMatchObject({
      data: {
        updateMessage: {
          message: { id: messageId, text: 'Hello', state: 'EDITED', editedBy: { name: 'support.desk' } },
        },
      },
    })
  })

  it('is read back after a lost response', async () => {
    const { asOperator, rocketChat, rid, reply } = await openRoom()
    const messageId = messageIdOf(rid, reply('Helo')._id)
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: UPDATE })
    const result = await asOperator(Update, { input: { messageId, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { message: { text: 'Hello' } } } })
    expect(rocketChat.counts()[`POST ${UPDATE}`]).toBe(1)
  })

  it.each(failures)('is %s when %s', async (code, _when, fault) => {
    const { asOperator, rocketChat, rid, reply } = await openRoom()
    const messageId = messageIdOf(rid, reply('Helo')._id)
    rocketChat.injectFault({ ...fault, route: UPDATE })
    const result = await asOperator(Update, { input: { messageId, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { code } } })
  })

  it.each(['8.8', '9.0'] as const)('of a visitor’s message is FORBIDDEN in %s', async (profile) => {
    const { asOperator, workspace, rid } = await openRoom({ rocketChat: { profile } })
    const messageId = messageIdOf(rid, workspace.visitorSends(rid, 'mine')._id)
    const result = await asOperator(Update, { input: { messageId, text: 'theirs' } })
    expect(result).toMatchObject({ data: { updateMessage: { code: 'FORBIDDEN' } } })
  })

  it('of a message in another room than given is NOT_FOUND', async () => {
    const { asOperator, openRoomFor, rocketChat, reply } = await openRoom()
    const messageId = messageIdOf(openRoomFor('Otto Other')._id, reply('Helo')._id)
    const result = await asOperator(Update, { input: { messageId, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { code: 'NOT_FOUND' } } })
    expect(rocketChat.counts()[`POST ${UPDATE}`]).toBeUndefined()
  })
})

describe('an operator’s deletion', () => {
  it('returns its time by the server’s clock', async () => {
    const now = Date.parse('2026-03-01T12:00:00.000Z')
    const { asOperator, workspace, rid, reply } = await openRoom({ rocketChat: { now: () => now } })
    const messageId = messageIdOf(rid, reply('oops')._id)
    expect(await asOperator(Delete, { input: { messageId } })).toMatchObject({
      data: { deleteMessage: { messageId, deletedAt: '2026-03-01T12:00:00.000Z' } },
    })
    expect(visibleTexts(workspace, rid)).toEqual([])
    expect(await asOperator(Delete, { input: { messageId } })).toMatchObject({
      data: { deleteMessage: { code: 'NOT_FOUND' } },
    })
  })

  it('is recognized by the absent message after a lost response', async () => {
    const { asOperator, rocketChat, rid, reply } = await openRoom()
    const messageId = messageIdOf(rid, reply('oops')._id)
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: DELETE })
    const result = await asOperator(Delete, { input: { messageId } })
    expect(result).toMatchObject({ data: { deleteMessage: { messageId, deletedAt: null } } })
  })

  it('is FORBIDDEN if the server forbids it', async () => {
    const { asOperator, rocketChat, rid, reply } = await openRoom()
    rocketChat.settings.Message_AllowDeleting = false
    const result = await asOperator(Delete, { input: { messageId: messageIdOf(rid, reply('oops')._id) } })
    expect(result).toMatchObject({ data: { deleteMessage: { code: 'FORBIDDEN' } } })
  })
})

describe('closing as an operator', () => {
  it('stores the comment and closes the room', async () => {
    const { close, workspace, rid, roomId } = await openRoom()
    expect(await close('Parcel found')).toMatchObject({
      data: { closeRoom: { room: { id: roomId, status: 'CLOSED', closedAt: expect.any(String) } } },
    })
    expect(workspace.messages(rid).at(-1)).toMatchObject({ t: 'livechat-close', msg: 'Parcel found' })
    expect(await close()).toMatchObject({ data: { closeRoom: { code: 'ROOM_CLOSED' } } })
  })

  it('is INVALID_INPUT at `comment` if the server requires one', async () => {
    const { close, rocketChat } = await openRoom()
    expect(await close(null)).toMatchObject({
      data: { closeRoom: { code: 'INVALID_INPUT', field: 'comment' } },
    })
    rocketChat.settings.Livechat_request_comment_when_closing_conversation = false
    expect(await close(null)).toMatchObject({ data: { closeRoom: { room: { status: 'CLOSED' } } } })
  })

  it('is checked by reading the room after a lost response', async () => {
    const { close, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: CLOSE })
    expect(await close()).toMatchObject({ data: { closeRoom: { room: { status: 'CLOSED' } } } })
    expect(rocketChat.counts()[`POST ${CLOSE}`]).toBe(1)
  })

  it.each(failures)('is %s when %s', async (code, _when, fault) => {
    const { close, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...fault, route: CLOSE })
    expect(await close()).toMatchObject({ data: { closeRoom: { code } } })
  })
})

describe('a note', () => {
  it('is UNSUPPORTED with the reason, for operators and visitors, without a call', async () => {
    const { asOperator, asVisitor, rocketChat, roomId, token } = await openRoom()
    const input = { roomId, text: 'he has called twice already', visibility: 'AGENTS' } as const
    for (const ask of [asOperator, asVisitor(token)]) {
      expect(await ask(Send, { input })).toMatchObject({
        data: { sendMessage: { code: 'UNSUPPORTED', detail: expect.stringContaining('has no notes') } },
      })
    }
    expect(rocketChat.calls).toEqual([])
  })
})

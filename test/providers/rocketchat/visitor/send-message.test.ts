import { describe, expect, it } from 'vitest'
import { SEND } from '../support/faults.ts'
import { roomIdOf, visibleTexts } from '../support/rocketchat-gateway.ts'
import { Send } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

describe('a visitor who sends a message', () => {
  it('receives it as the server stored it, in one request', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello 🙂 שלום' } })
    expect(result).toMatchObject({
      data: {
        sendMessage: {
          __typename: 'SendMessagePayload',
          message: {
            kind: 'TEXT',
            text: 'Hello 🙂 שלום',
            state: 'ACTIVE',
            visibility: 'EVERYONE',
            editedAt: null,
            author: { name: 'Vera Visitor', role: 'VISITOR' },
          },
        },
      },
    })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Hello 🙂 שלום'])
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 1 })
  })

  it('sends token, room, text and an id of the gateway, and nothing else', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const input = { roomId: vera.roomId, text: 'Hello', idempotencyKey: 'chosen-by-the-client' }
    await vera.ask(Send, { input })
    const [call] = rocketChat.calls
    expect(JSON.parse(call?.body ?? '')).toEqual({
      token: vera.token,
      rid: vera.rid,
      msg: 'Hello',
      _id: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(call?.body).not.toContain('chosen-by-the-client')
  })

  it.each([
    ['FORBIDDEN', 'the contact is blocked', 'error-contact-channel-blocked'],
    ['PROVIDER_UNAVAILABLE', 'livechat is disabled', '[error-omnichannel-is-disabled]'],
    ['PROVIDER_ERROR', 'the error code is unknown', 'constructor'],
  ])('gets %s when %s', async (code, _who, error) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false, error }, route: SEND })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    expect(result).toMatchObject({ data: { sendMessage: { code } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('gets UNAUTHENTICATED with a token unknown to the server', async () => {
    const { askWith, vera } = await openVisitorGateway()
    const result = await askWith({ 'x-visitor-token': 'nobody-s-token' })(Send, {
      input: { roomId: vera.roomId, text: 'Hello' },
    })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'UNAUTHENTICATED' } } })
  })

  it('gets NOT_FOUND for another visitor’s room as for an absent one', async () => {
    const { workspace, vera, addVisitor } = await openVisitorGateway()
    const bob = addVisitor('Bob')
    const foreign = await bob.ask(Send, { input: { roomId: vera.roomId, text: 'I am not Vera' } })
    const absent = await bob.ask(Send, { input: { roomId: roomIdOf('nowhere'), text: 'Anybody?' } })
    expect(foreign).toMatchObject({ data: { sendMessage: { code: 'NOT_FOUND' } } })
    expect(foreign).toEqual(absent)
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('gets ROOM_CLOSED once the room is closed', async () => {
    const { workspace, vera } = await openVisitorGateway()
    workspace.closeRoom(vera.rid)
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Still there?' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'ROOM_CLOSED' } } })
  })

  it('gets ROOM_CLOSED also if an old server opened another room for the message', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile: '0.70' } })
    workspace.closeRoom(vera.rid)
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Still there?' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'ROOM_CLOSED' } } })
  })

  it('gets INVALID_INPUT at `text` beyond the server’s limit', async () => {
    const settings = { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 5 }
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { settings } })
    const long = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'sixsix' } })
    expect(long).toMatchObject({ data: { sendMessage: { code: 'INVALID_INPUT', field: 'text' } } })
    await vera.ask(Send, { input: { roomId: vera.roomId, text: 'five5' } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['five5'])
  })

  it('gets PROVIDER_ERROR if an app of the server drops it', async () => {
    const { workspace, vera } = await openVisitorGateway()
    workspace.veto('send')
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_ERROR' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it.each([
    ['an empty text', { text: ' \n' }, 'text'],
    ['an id of another type', { roomId: 'bm9wZQ' }, 'roomId'],
  ])('gets INVALID_INPUT for %s, without a request', async (_name, wrong, field) => {
    const { rocketChat, vera } = await openVisitorGateway()
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello', ...wrong } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'INVALID_INPUT', field } } })
    expect(rocketChat.counts()).toEqual({})
  })
})

import { describe, expect, it } from 'vitest'
import { SEND } from '../support/faults.ts'
import { Send } from '../support/visitor-documents.ts'
import { openVisitorGateway, roomIdOf, visibleTexts } from '../support/visitor-gateway.ts'

describe('a visitor who sends a message', () => {
  it('gets it as the server stored it, in one call', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello 🙂 שלום' } })
    expect(answer).toMatchObject({
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

  it('sends token, room, text and an id of the gateway’s own, and nothing else', async () => {
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
    ['FORBIDDEN', 'is blocked', 'error-contact-channel-blocked'],
    ['PROVIDER_UNAVAILABLE', 'meets a server with livechat off', '[error-omnichannel-is-disabled]'],
    ['PROVIDER_ERROR', 'meets a word that nobody has written down', 'constructor'],
  ])('gets %s who %s', async (code, _who, error) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false, error }, route: SEND })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('gets UNAUTHENTICATED with a token that the server does not know', async () => {
    const { askWith: by, vera } = await openVisitorGateway()
    const answer = await by({ 'x-visitor-token': 'nobody-s-token' })(Send, {
      input: { roomId: vera.roomId, text: 'Hello' },
    })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'UNAUTHENTICATED' } } })
  })

  it('gets NOT_FOUND for another’s room just as for none', async () => {
    const { workspace, vera, addVisitor: enter } = await openVisitorGateway()
    const bob = enter('Bob')
    const foreign = await bob.ask(Send, { input: { roomId: vera.roomId, text: 'I am not Vera' } })
    const absent = await bob.ask(Send, { input: { roomId: roomIdOf('nowhere'), text: 'Anybody?' } })
    expect(foreign).toMatchObject({ data: { sendMessage: { code: 'NOT_FOUND' } } })
    expect(foreign).toEqual(absent)
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('gets ROOM_CLOSED once the room is closed', async () => {
    const { workspace, vera } = await openVisitorGateway()
    workspace.closeRoom(vera.rid)
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Still there?' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'ROOM_CLOSED' } } })
  })

  it('gets ROOM_CLOSED too where an old server opened another room for the message', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile: '0.70' } })
    workspace.closeRoom(vera.rid)
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Still there?' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'ROOM_CLOSED' } } })
  })

  it('gets INVALID_INPUT at `text` where the server has a limit', async () => {
    const settings = { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 5 }
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { settings } })
    const long = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'sixsix' } })
    expect(long).toMatchObject({ data: { sendMessage: { code: 'INVALID_INPUT', field: 'text' } } })
    await vera.ask(Send, { input: { roomId: vera.roomId, text: 'five5' } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['five5'])
  })

  it('gets PROVIDER_ERROR where an app of the server swallows it', async () => {
    const { workspace, vera } = await openVisitorGateway()
    workspace.veto('send')
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_ERROR' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it.each([
    ['no text', { text: ' \n' }, 'text'],
    ['the id of something else', { roomId: 'bm9wZQ' }, 'roomId'],
  ])('is stopped before the server with %s', async (_name, wrong, field) => {
    const { rocketChat, vera } = await openVisitorGateway()
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Hello', ...wrong } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'INVALID_INPUT', field } } })
    expect(rocketChat.counts()).toEqual({})
  })
})

import { describe, expect, test } from 'vitest'
import { messageOf } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

describe('a visitor who sends a message', () => {
  test('gets the stored document back, token included', async () => {
    const { api, access } = await startSandboxWithRoom()
    const answer = await api.post('livechat/message', { ...access, msg: 'Hello', _id: 'chosen-id' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      success: true,
      message: {
        _id: 'chosen-id',
        rid: access.rid,
        msg: 'Hello',
        token: access.token,
        alias: 'Vera Visitor',
        u: { username: 'guest-1', name: 'Vera Visitor' },
        ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    })
  })

  test('gets an id of 17 characters for a message without one', async () => {
    const { api, access } = await startSandboxWithRoom()
    const answer = await api.post('livechat/message', { ...access, msg: 'Hello', _id: null })
    expect(messageOf(answer)._id).toMatch(/^[2-9A-HJ-NP-Za-km-z]{17}$/)
  })

  test('may send nothing but an empty text, at any length', async () => {
    const { api, access } = await startSandboxWithRoom()
    const empty = await api.post('livechat/message', { ...access, msg: '' })
    const long = await api.post('livechat/message', { ...access, msg: 'x'.repeat(6000) })
    expect([empty.status, long.status]).toEqual([200, 200])
  })

  test('gets five fields from 0.70', async () => {
    const { api, access } = await startSandboxWithRoom({ profile: '0.70' })
    const { message } = {
      message: messageOf(await api.post('livechat/message', { ...access, msg: 'Hello' })),
    }
    expect(Object.keys(message).sort()).toEqual(['_id', 'msg', 'rid', 'ts', 'u'])
  })

  test.each([
    ['an unknown token', { token: 'nobody' }, 'invalid-token'],
    ['an unknown room', { rid: 'nowhere' }, 'invalid-room'],
  ])('is refused with %s', async (_name, wrong, error) => {
    const { api, access } = await startSandboxWithRoom()
    const answer = await api.post('livechat/message', { ...access, msg: 'Hello', ...wrong })
    expect(answer).toMatchObject({ status: 400, body: { success: false, error } })
  })

  test("is refused in another visitor's room as if it were not there", async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const other = sandbox.workspace.createVisitor()
    const answer = await api.post('livechat/message', { ...access, token: other.token, msg: 'Hello' })
    expect(answer.body).toEqual({ success: false, error: 'invalid-room' })
  })

  test('is refused in a closed room before anything else about the text', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({
      settings: { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 3 },
    })
    const tooLong = await api.post('livechat/message', { ...access, msg: 'Hello' })
    sandbox.workspace.closeRoom(access.rid)
    const closed = await api.post('livechat/message', { ...access, msg: 'Hello' })
    expect(tooLong.body).toEqual({ success: false, error: 'message-length-exceeds-character-limit' })
    expect(closed.body).toEqual({ success: false, error: 'room-closed' })
  })

  test('silently gets a new room from 0.70 when theirs is closed', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile: '0.70' })
    sandbox.workspace.closeRoom(access.rid)
    const message = messageOf(await api.post('livechat/message', { ...access, msg: 'Hello?' }))
    expect(message.rid).not.toBe(access.rid)
    expect(sandbox.workspace.room(message.rid).v.token).toBe(access.token)
  })

  test('is refused while omnichannel is off, while blocked, and by an App', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const send = async (): Promise<unknown> =>
      (await api.post('livechat/message', { ...access, msg: 'Hello' })).body
    sandbox.workspace.veto('send')
    expect(await send()).toEqual({ success: false })
    sandbox.workspace.blockVisitor(access.token)
    expect(await send()).toEqual({ success: false, error: 'error-contact-channel-blocked' })
    sandbox.settings.Livechat_enabled = false
    expect(await send()).toEqual({
      success: false,
      error: '[error-omnichannel-is-disabled]',
      errorType: 'error-omnichannel-is-disabled',
    })
  })

  test('moves the room on', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { msgs } = sandbox.workspace.room(access.rid)
    await api.post('livechat/message', { ...access, msg: 'Hello' })
    expect(sandbox.workspace.room(access.rid)).toMatchObject({
      msgs: msgs + 1,
      waitingResponse: true,
      lastMessage: { msg: 'Hello' },
    })
  })
})

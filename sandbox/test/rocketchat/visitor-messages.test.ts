import { describe, expect, test } from 'vitest'
import type { ProfileName } from '../../rocketchat/index.ts'
import { messageOf } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

describe('reading one message', () => {
  test('works in a closed room', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.agentSends(access.rid, 'Bye')
    sandbox.workspace.closeRoom(access.rid)
    expect(messageOf(await api.get(`livechat/message/${_id}`, access))).toMatchObject({ _id, msg: 'Bye' })
  })

  test.each([
    ['6.13', 200],
    ['8.8', 400],
  ] as const)("in %s answers %i for a message of somebody else's room", async (profile, status) => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile })
    const other = sandbox.workspace.createVisitor()
    const room = sandbox.workspace.openRoom({ token: other.token })
    const { _id } = sandbox.workspace.visitorSends(room._id, 'secret')
    expect((await api.get(`livechat/message/${_id}`, access)).status).toBe(status)
  })

  test('shows where the file is', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const file = { _id: 'f1', name: 'a b.png', type: 'image/png', size: 12 }
    const { _id } = sandbox.workspace.agentSends(access.rid, '', { file, files: [file] })
    const upload = { publicFilePath: `${sandbox.url}/file-upload/f1/a%20b.png`, type: 'image/png', size: 12 }
    expect(messageOf(await api.get(`livechat/message/${_id}`, access))).toMatchObject({
      fileUpload: upload,
      filesUpload: [upload],
    })
  })

  test('is not there in 0.70', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile: '0.70' })
    const { _id } = sandbox.workspace.agentSends(access.rid, 'Hello')
    expect((await api.get(`livechat/message/${_id}`, access)).status).toBe(404)
  })
})

describe('editing an own message', () => {
  test('keeps id and ts, marks the edit and bumps _updatedAt', async () => {
    let time = 1_000_000
    const { sandbox, api, access } = await startSandboxWithRoom({ now: () => time })
    const sent = sandbox.workspace.visitorSends(access.rid, 'Helo')
    time += 5_000
    const answer = await api.put(`livechat/message/${sent._id}`, { ...access, msg: 'Hello' })
    expect(messageOf(answer)).toMatchObject({
      _id: sent._id,
      msg: 'Hello',
      ts: new Date(1_000_000).toISOString(),
      editedAt: new Date(time).toISOString(),
      editedBy: { _id: sent.u._id, username: sent.u.username },
      _updatedAt: new Date(time).toISOString(),
    })
  })

  test('asks neither for an open room nor for the right one', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const sent = sandbox.workspace.visitorSends(access.rid, 'old')
    sandbox.workspace.closeRoom(access.rid)
    const second = sandbox.workspace.openRoom({ token: access.token })
    const answer = await api.put(`livechat/message/${sent._id}`, { ...access, rid: second._id, msg: 'new' })
    expect(messageOf(answer)).toMatchObject({ rid: access.rid, msg: 'new' })
  })

  test("is refused for an agent's message and while editing is off", async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const theirs = sandbox.workspace.agentSends(access.rid, 'Hello')
    const own = sandbox.workspace.visitorSends(access.rid, 'Hello')
    const notAllowed = { status: 400, body: { success: false, error: 'error-action-not-allowed' } }
    expect(await api.put(`livechat/message/${theirs._id}`, { ...access, msg: 'x' })).toMatchObject(notAllowed)
    sandbox.settings.Message_AllowEditing = false
    expect(await api.put(`livechat/message/${own._id}`, { ...access, msg: 'x' })).toMatchObject(notAllowed)
    expect((await api.put('livechat/message/none', { ...access, msg: 'x' })).body).toEqual({
      success: false,
      error: 'invalid-message',
    })
  })

  test('may be prevented by an App', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'old')
    sandbox.workspace.veto('edit')
    const answer = await api.put(`livechat/message/${_id}`, { ...access, msg: 'new' })
    expect(answer.body).toMatchObject({ success: false, errorType: 'error-app-prevented-updating' })
    expect(sandbox.workspace.message(_id)?.msg).toBe('old')
  })

  test.each([
    ['6.13', 200],
    ['8.8', 400],
  ] as const)('to a blank text is answered with %s by %i', async (profile, status) => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile })
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    expect((await api.put(`livechat/message/${_id}`, { ...access, msg: '  ' })).status).toBe(status)
  })

  test('keeps the old text hidden while Message_KeepHistory is on', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ settings: { Message_KeepHistory: true } })
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'old')
    await api.put(`livechat/message/${_id}`, { ...access, msg: 'new' })
    const kept = sandbox.workspace.messages(access.rid).find(({ parent }) => parent === _id)
    expect(kept).toMatchObject({ msg: 'old', _hidden: true })
  })
})

describe('deleting an own message', () => {
  test('wants token and rid in the JSON body and ignores them in the query', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    const bare = await api.delete(`livechat/message/${_id}?${new URLSearchParams(access)}`)
    expect(bare).toMatchObject({
      status: 400,
      body: { error: "must have required property 'token' [invalid-params]", errorType: 'invalid-params' },
    })
    expect(sandbox.workspace.message(_id)).toBeDefined()
    const good = await api.delete(`livechat/message/${_id}`, access)
    expect(good).toMatchObject({
      status: 200,
      body: { success: true, message: { _id, ts: expect.any(String) } },
    })
    const again = await api.delete(`livechat/message/${_id}`, access)
    expect(again.body).toEqual({ success: false, error: 'invalid-message' })
  })

  test('leaves nothing behind', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    await api.delete(`livechat/message/${_id}`, access)
    expect(sandbox.workspace.message(_id)).toBeUndefined()
  })

  test.each([
    ['a mark', { Message_ShowDeletedStatus: true }, { t: 'rm', msg: '', attachments: [], urls: [] }],
    ['a hidden document', { Message_KeepHistory: true }, { _hidden: true, msg: 'Hello' }],
  ])('leaves %s where %j', async (_name, settings, left) => {
    const { sandbox, api, access } = await startSandboxWithRoom({ settings })
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    await api.delete(`livechat/message/${_id}`, access)
    expect(sandbox.workspace.message(_id)).toMatchObject(left)
  })

  test('is refused while deleting is off, and by an App', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    sandbox.workspace.veto('delete')
    expect((await api.delete(`livechat/message/${_id}`, access)).body).toEqual({
      success: false,
      error: 'A Rocket.Chat App prevented the message deleting. [error-app-prevented-deleting]',
      errorType: 'error-app-prevented-deleting',
    })
    sandbox.settings.Message_AllowDeleting = false
    expect((await api.delete(`livechat/message/${_id}`, access)).body).toEqual({
      success: false,
      error: 'error-action-not-allowed',
    })
  })

  test('takes the message out of the room’s summary', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    sandbox.workspace.agentSends(access.rid, 'first')
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'second')
    await api.delete(`livechat/message/${_id}`, access)
    expect(sandbox.workspace.room(access.rid).lastMessage?.msg).toBe('first')
  })
})

test.each<[ProfileName, number, string]>([
  ['8.8', 400, 'error-action-not-allowed'],
  ['9.0', 403, 'error-forbidden'],
])('editing a removed message is a coded refusal in %s: %i %s', async (profile, status, errorType) => {
  const { sandbox, api, access } = await startSandboxWithRoom({
    profile,
    settings: { Message_ShowDeletedStatus: true },
  })
  const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
  await api.delete(`livechat/message/${_id}`, access)
  const answer = await api.put(`livechat/message/${_id}`, { ...access, msg: 'again' })
  expect(answer).toMatchObject({
    status,
    body: { error: 'Message editing not allowed [error-action-not-allowed]', errorType },
  })
})

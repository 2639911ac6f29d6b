import { describe, expect, test } from 'vitest'
import { roomOf } from './api-client.ts'
import { startSandbox, startSandboxWithRoom } from './start-sandbox.ts'

describe('asking for a room', () => {
  test('opens one, gives it to an agent online, and gives the same one next time', async () => {
    const { sandbox, api } = await startSandbox()
    const agent = sandbox.workspace.createAgent({ name: 'Ada Agent' })
    const { token } = sandbox.workspace.createVisitor({ name: 'Vera' })
    const first = await api.get('livechat/room', { token })
    expect(first.body).toMatchObject({
      newRoom: true,
      success: true,
      room: { t: 'l', open: true, fname: 'Vera', v: { token }, servedBy: { _id: agent._id } },
    })
    const second = await api.get('livechat/room', { token })
    expect(second.body).toMatchObject({ newRoom: false, room: { _id: roomOf(first)._id } })
    expect(sandbox.workspace.messages(roomOf(first)._id).map(({ t }) => t)).toEqual([
      'livechat-started',
      'command',
    ])
  })

  test('by id wants an open room of the same visitor', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    expect((await api.get('livechat/room', access)).body).toMatchObject({ newRoom: false })
    const other = sandbox.workspace.createVisitor()
    const foreign = await api.get('livechat/room', { ...access, token: other.token })
    sandbox.workspace.closeRoom(access.rid)
    const closed = await api.get('livechat/room', access)
    expect([foreign.body, closed.body]).toEqual(Array(2).fill({ success: false, error: 'invalid-room' }))
  })

  test('fails while nobody is online, unless such chats are accepted', async () => {
    const { sandbox, api } = await startSandbox()
    sandbox.workspace.createAgent({ name: 'Ada Agent' })
    sandbox.workspace.setStatus('everybody', 'offline')
    const { token } = sandbox.workspace.createVisitor()
    expect((await api.get('livechat/room', { token })).body).toEqual({
      success: false,
      error: 'Sorry, no online agents [no-agent-online]',
      errorType: 'no-agent-online',
    })
    sandbox.settings.Livechat_accept_chats_with_no_agents = true
    const queued = await api.get('livechat/room', { token })
    expect(roomOf(queued)).not.toHaveProperty('servedBy')
  })

  test.each([
    ['7.13', 2],
    ['8.8', 1],
  ] as const)('twice at the same moment makes in %s this many rooms: %i', async (profile, count) => {
    const { sandbox, api } = await startSandbox({ profile })
    sandbox.workspace.createAgent({ name: 'Ada Agent' })
    const { token } = sandbox.workspace.createVisitor()
    const held = sandbox.workspace.holdInserts()
    const both = [1, 2].map(() => api.get('livechat/room', { token }))
    await held.waiting(2)
    held.release()
    const ids = (await Promise.all(both)).map((answer) => roomOf(answer)._id)
    expect(new Set(ids).size).toBe(count)
  })

  test('knows the widget by its cookies', async () => {
    const { sandbox, api } = await startSandbox()
    sandbox.workspace.createAgent({ name: 'Ada Agent' })
    const { token } = sandbox.workspace.createVisitor()
    const cookie = 'rc_is_widget=t; rc_room_type=l'
    const answer = await api.get('livechat/room', { token }, { cookie })
    expect(roomOf(answer)).toMatchObject({ source: { type: 'widget' } })
  })
})

describe('closing a room', () => {
  test('as its visitor leaves a message with their token, and no `open`', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ settings: { Language: 'de' } })
    const answer = await api.post('livechat/room.close', access)
    expect(answer.body).toEqual({ success: true, rid: access.rid, comment: 'Vom Besucher geschlossen' })
    const room = sandbox.workspace.room(access.rid)
    expect(room).toMatchObject({ closer: 'visitor', closedAt: expect.any(Date) })
    expect(room).not.toHaveProperty('open')
    expect(sandbox.workspace.messages(access.rid).at(-1)).toMatchObject({
      t: 'livechat-close',
      token: access.token,
    })
    expect((await api.post('livechat/room.close', access)).body).toMatchObject({ error: 'room-closed' })
  })

  test('as an agent leaves a message without a token, and a transcript prompt where wanted', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ settings: { Livechat_enable_transcript: true } })
    sandbox.workspace.closeRoom(access.rid, 'Solved')
    const [close, prompt] = sandbox.workspace.messages(access.rid).slice(-2)
    expect(close).toMatchObject({ t: 'livechat-close', msg: 'Solved' })
    expect(close).not.toHaveProperty('token')
    expect(prompt).toMatchObject({ t: 'command', msg: 'promptTranscript' })
  })

  test('can be forbidden to visitors from 7.13 on', async () => {
    const settings = { Omnichannel_allow_visitors_to_close_conversation: false }
    const older = await startSandboxWithRoom({ profile: '6.13', settings })
    const newer = await startSandboxWithRoom({ profile: '7.13', settings })
    expect((await older.api.post('livechat/room.close', older.access)).status).toBe(200)
    expect((await newer.api.post('livechat/room.close', newer.access)).body).toEqual({
      success: false,
      error: 'error-not-allowed-to-close-conversation',
    })
  })
})

describe('who serves a room', () => {
  test('is shown with what the settings allow', async () => {
    const { sandbox, api, access, agentId } = await startSandboxWithRoom()
    const path = `livechat/agent.info/${access.rid}/${access.token}`
    expect((await api.get(path)).body).toMatchObject({
      agent: { _id: agentId, name: 'Ada Agent', emails: [{ verified: true }] },
    })
    sandbox.settings.Livechat_show_agent_email = false
    expect((await api.get(path)).body).not.toHaveProperty('agent.emails')
    sandbox.settings.Livechat_show_agent_info = false
    expect((await api.get(path)).body).toEqual({ success: true, agent: { hiddenInfo: true } })
  })

  test('is invalid-agent while nobody does', async () => {
    const { sandbox, api } = await startSandbox()
    const { token } = sandbox.workspace.createVisitor()
    const room = sandbox.workspace.openRoom({ token, agentId: null })
    const answer = await api.get(`livechat/agent.info/${room._id}/${token}`)
    expect(answer.body).toEqual({ success: false, error: 'invalid-agent' })
  })
})

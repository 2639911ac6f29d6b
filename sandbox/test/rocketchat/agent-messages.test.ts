import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'
import { messageOf, messagesOf } from './api-client.ts'

describe('reading messages as an agent', () => {
  test('shows closing lines, no other system messages, and hidden documents', async () => {
    const { sandbox, service, rid } = await startSandboxWithAgent()
    sandbox.settings.Message_KeepHistory = true
    const { _id } = sandbox.workspace.agentSends(rid, 'one')
    sandbox.workspace.edit(_id, 'two')
    sandbox.workspace.closeRoom(rid, 'Solved')
    const answer = await service.get(`livechat/${rid}/messages`, { count: '30' })
    expect(
      messagesOf(answer)
        .map(({ msg }) => msg)
        .sort(),
    ).toEqual(['Solved', 'one', 'two'])
    expect(answer.body).toMatchObject({ count: 30, offset: 0, total: 3 })
    const found = await service.get(`livechat/${rid}/messages`, { searchTerm: 'SOLV' })
    expect(messagesOf(found).map(({ msg }) => msg)).toEqual(['Solved'])
  })

  test('of an absent or another agent’s room is refused', async () => {
    const { sandbox, agent } = await startSandboxWithAgent()
    const other = sandbox.workspace.createAgent({ name: 'Otto Other' })
    const { token } = sandbox.workspace.createVisitor()
    const room = sandbox.workspace.openRoom({ token, agentId: other._id })
    expect((await agent.get('livechat/none/messages')).body).toMatchObject({ error: 'invalid-room' })
    expect((await agent.get(`livechat/${room._id}/messages`)).body).toMatchObject({ error: 'not-allowed' })
  })

  test('one by one gives nothing but a failure for what is absent', async () => {
    const { sandbox, service, rid } = await startSandboxWithAgent()
    const { _id, token } = sandbox.workspace.visitorSends(rid, 'Hello')
    expect((await service.get('chat.getMessage', { msgId: _id })).body).toMatchObject({
      message: { _id, token },
    })
    const absent = await service.get('chat.getMessage', { msgId: 'none' })
    expect(absent).toMatchObject({ status: 400, body: { success: false } })
  })
})

describe('sending as an agent', () => {
  test('takes an id of the client’s, and even goes into a closed room', async () => {
    const { sandbox, service, rid } = await startSandboxWithAgent()
    sandbox.workspace.closeRoom(rid)
    const sent = await service.post('chat.sendMessage', { message: { _id: 'mine', rid, msg: 'Hello' } })
    expect(messageOf(sent)).toMatchObject({ _id: 'mine', u: { username: 'support.desk' } })
    expect(messageOf(sent)).not.toHaveProperty('token')
  })

  test.each(['6.13', '8.8'] as const)('a used id gets 400 in %s', async (profile) => {
    const { service, rid } = await startSandboxWithAgent({ profile })
    const send = () => service.post('chat.sendMessage', { message: { _id: 'mine', rid, msg: 'Hello' } })
    await send()
    expect(await send()).toMatchObject({ status: 400, body: { error: expect.stringContaining('null') } })
  })

  test('refuses what is too long, has no room, or names a room that is absent or another’s', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent()
    const other = sandbox.workspace.createAgent({ name: 'Otto Other' })
    const { token } = sandbox.workspace.createVisitor()
    const room = sandbox.workspace.openRoom({ token, agentId: other._id })
    const send = async (message: object) => (await agent.post('chat.sendMessage', { message })).body
    expect(await send({ rid, msg: 'x'.repeat(5001) })).toMatchObject({
      errorType: 'error-message-size-exceeded',
    })
    expect(await send({ msg: 'x' })).toMatchObject({
      error: "The 'rid' property on the message object is missing.",
    })
    expect(await send({ rid: 'none', msg: 'x' })).toMatchObject({ error: 'error-invalid-room' })
    expect(await send({ rid: room._id, msg: 'x' })).toMatchObject({ error: 'error-not-allowed' })
  })
})

describe('editing as an agent', () => {
  test('is for one’s own messages, and for all with a permission', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent()
    const [own, theirs] = [sandbox.workspace.agentSends(rid, 'a'), sandbox.workspace.visitorSends(rid, 'b')]
    const edit = (msgId: string) => agent.post('chat.update', { roomId: rid, msgId, text: 'c' })
    expect(messageOf(await edit(own._id))).toMatchObject({ msg: 'c', editedAt: expect.any(String) })
    expect(await edit(theirs._id)).toMatchObject({
      status: 400,
      body: { errorType: 'error-action-not-allowed' },
    })
    sandbox.workspace.setPermissionRoles('edit-message', ['livechat-agent'])
    expect((await edit(theirs._id)).status).toBe(200)
  })

  test('is 403 in 9.0 where it is not allowed', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent({ profile: '9.0' })
    const { _id } = sandbox.workspace.visitorSends(rid, 'b')
    const answer = await agent.post('chat.update', { roomId: rid, msgId: _id, text: 'c' })
    expect(answer).toMatchObject({ status: 403, body: { errorType: 'error-forbidden' } })
  })

  test('ends after the set minutes', async () => {
    let now = Date.parse('2026-03-01T12:00:00Z')
    const settings = { Message_AllowEditing_BlockEditInMinutes: 5 }
    const { sandbox, agent, rid } = await startSandboxWithAgent({ settings, now: () => now })
    const { _id } = sandbox.workspace.agentSends(rid, 'a')
    now += 6 * 60_000
    const answer = await agent.post('chat.update', { roomId: rid, msgId: _id, text: 'c' })
    expect(answer.body).toMatchObject({ errorType: 'error-message-editing-blocked' })
  })

  test('and deleting check that the message is in the room', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent()
    const { _id } = sandbox.workspace.agentSends(rid, 'a')
    for (const path of ['chat.update', 'chat.delete']) {
      const body = (msgId: string, roomId: string) =>
        path === 'chat.update' ? { roomId, msgId, text: 'x' } : { roomId, msgId }
      expect((await agent.post(path, body('none', rid))).body).toEqual({
        success: false,
        error: 'No message found with the id of "none".',
      })
      expect((await agent.post(path, body(_id, 'elsewhere'))).body).toEqual({
        success: false,
        error: 'The room id provided does not match where the message is from.',
      })
    }
  })
})

describe('deleting as an agent', () => {
  test('tells when as milliseconds in a string', async () => {
    const now = Date.parse('2026-03-01T12:00:00Z')
    const { sandbox, agent, rid, agentId } = await startSandboxWithAgent({ now: () => now })
    const { _id } = sandbox.workspace.agentSends(rid, 'a')
    const answer = await agent.post('chat.delete', { roomId: rid, msgId: _id })
    expect(answer.body).toMatchObject({ _id, ts: String(now), message: { _id, rid, u: { _id: agentId } } })
    expect(sandbox.workspace.message(_id)).toBeUndefined()
  })

  test('needs authorship and the setting, or a permission', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent()
    const [own, theirs] = [sandbox.workspace.agentSends(rid, 'a'), sandbox.workspace.visitorSends(rid, 'b')]
    const remove = (msgId: string, more = {}) => agent.post('chat.delete', { roomId: rid, msgId, ...more })
    expect((await remove(theirs._id)).body).toMatchObject({ errorType: 'error-action-not-allowed' })
    expect((await remove(theirs._id, { asUser: true })).body).toMatchObject({
      error: expect.stringContaining('force-delete-message'),
    })
    sandbox.settings.Message_AllowDeleting = false
    expect((await remove(own._id)).body).toMatchObject({ errorType: 'error-action-not-allowed' })
    sandbox.workspace.setPermissionRoles('force-delete-message', ['livechat-agent'])
    expect((await remove(theirs._id)).status).toBe(200)
  })
})

import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

async function openTransfers(options: Parameters<typeof startSandboxWithAgent>[0] = {}) {
  const opened = await startSandboxWithAgent(options)
  const { workspace } = opened.sandbox
  const other = workspace.createAgent({ name: 'Otto Other' })
  const orders = workspace.createDepartment({ name: 'Orders', agentIds: [other._id] })
  const forward = (body: object) =>
    opened.service.post('livechat/room.forward', { roomId: opened.rid, ...body })
  return { ...opened, workspace, other, orders, forward }
}

describe('forwarding to an agent', () => {
  test('replaces who serves the room, and removes everybody else from it', async () => {
    const { forward, service, workspace, rid, other, agentId } = await openTransfers()
    await service.get('livechat/room.join', { roomId: rid })
    expect((await forward({ userId: other._id, comment: 'Yours' })).body).toEqual({ success: true })
    expect(workspace.room(rid)).toMatchObject({ servedBy: { _id: other._id }, usersCount: 2 })
    const messages = workspace.messages(rid)
    expect(messages.filter(({ t }) => t === 'ul').map(({ u }) => u._id)).toContain(agentId)
    expect(messages.find(({ t }) => t === 'livechat_transfer_history')).toMatchObject({
      transferData: {
        scope: 'agent',
        comment: 'Yours',
        transferredBy: { username: 'support.desk', userType: 'user' },
        transferredTo: { _id: other._id },
      },
    })
    expect((await service.get('rooms.get')).body).toMatchObject({ update: [] })
    const history = await service.get(`livechat/transfer.history/${rid}`)
    expect(history.body).toMatchObject({ history: [{ scope: 'agent', comment: 'Yours' }], total: 1 })
  })

  test('works on a room without an agent', async () => {
    const { forward, workspace, other } = await openTransfers()
    const waiting = workspace.openRoom({ token: workspace.createVisitor().token, agentId: null })
    expect((await forward({ roomId: waiting._id, userId: other._id })).status).toBe(200)
    expect(workspace.room(waiting._id)).toMatchObject({ servedBy: { _id: other._id } })
  })

  test('needs a permission that agents lack', async () => {
    const { agent, rid, other } = await openTransfers()
    const answer = await agent.post('livechat/room.forward', { roomId: rid, userId: other._id })
    expect(answer.status).toBe(403)
  })

  test.each(['4.x', '8.8'] as const)('is refused in %s with a code', async (profile) => {
    const { forward, workspace, rid, other, agentId } = await openTransfers({ profile })
    const codeOf = async (body: object) => {
      const { body: answer } = await forward(body)
      return answer
    }
    expect(await codeOf({ roomId: 'none', userId: agentId })).toMatchObject({ error: 'error-invalid-room' })
    expect(await codeOf({})).toMatchObject({ error: 'error-forwarding-chat' })
    const same = 'error-selected-agent-room-agent-are-same'
    expect(await codeOf({ userId: agentId })).toMatchObject({ error: same })
    expect(await codeOf({ userId: 'nobody' })).toMatchObject({ error: 'error-user-is-offline' })
    workspace.setStatus(other._id, 'offline')
    expect(await codeOf({ userId: other._id })).toMatchObject({ error: 'error-user-is-offline' })
    workspace.holdRoom(rid)
    expect(await codeOf({ userId: other._id })).toMatchObject({ error: 'error-room-onHold' })
    workspace.closeRoom(rid)
    expect(await codeOf({ userId: agentId })).toMatchObject({ error: 'This_conversation_is_already_closed' })
  })
})

describe('forwarding to a department', () => {
  test('gives the room to an agent of it', async () => {
    const { forward, workspace, rid, orders, other } = await openTransfers()
    expect((await forward({ departmentId: orders._id })).status).toBe(200)
    expect(workspace.room(rid)).toMatchObject({ departmentId: orders._id, servedBy: { _id: other._id } })
    const again = await forward({ departmentId: orders._id })
    expect(again.body).toMatchObject({ error: 'error-forwarding-chat-same-department' })
    expect((await forward({ departmentId: 'none' })).body).toMatchObject({
      error: 'error-invalid-department',
    })
  })

  test('queues it with manual routing', async () => {
    const { sandbox, forward, workspace, rid, orders } = await openTransfers()
    sandbox.settings.Livechat_Routing_Method = 'Manual_Selection'
    expect((await forward({ departmentId: orders._id })).status).toBe(200)
    expect(workspace.room(rid)).toMatchObject({ departmentId: orders._id })
    expect(workspace.room(rid)).not.toHaveProperty('servedBy')
  })

  test('where nobody is online is refused, but a room without an agent moves', async () => {
    const { forward, workspace, rid, orders, other } = await openTransfers()
    workspace.setStatus(other._id, 'offline')
    const refused = await forward({ departmentId: orders._id })
    expect(refused.body).toMatchObject({ error: 'error-no-agents-available-for-service-on-department' })
    expect(workspace.room(rid)).not.toHaveProperty('departmentId')
    const waiting = workspace.openRoom({ token: workspace.createVisitor().token, agentId: null })
    expect((await forward({ roomId: waiting._id, departmentId: orders._id })).status).toBe(200)
    expect(workspace.room(waiting._id)).toMatchObject({ departmentId: orders._id })
  })
})

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startSandboxWithAgent } from './agent-client.ts'
import type { Answer } from './api-client.ts'

const single = z.looseObject({ inquiry: z.looseObject({ _id: z.string(), status: z.string() }) })

/** A sandbox with manual routing, an agent with a room, and one more room without an agent. */
async function openQueue(options: Parameters<typeof startSandboxWithAgent>[0] = {}) {
  const settings = { Livechat_Routing_Method: 'Manual_Selection' } as const
  const opened = await startSandboxWithAgent({ settings, ...options })
  const { workspace } = opened.sandbox
  const waiting = workspace.openRoom({ token: workspace.createVisitor().token, agentId: null })._id
  const ask = async (rid: string) =>
    single.parse((await opened.agent.get('livechat/inquiries.getOne', { roomId: rid })).body).inquiry
  return { ...opened, workspace, waiting, ask }
}

describe('the queue', () => {
  test('lists rooms without an agent with manual routing only; one inquiry is readable with both', async () => {
    const { sandbox, service, waiting, ask, rid } = await openQueue()
    const list = () => service.get('livechat/inquiries.list')
    expect((await list()).body).toMatchObject({ inquiries: [{ rid: waiting, status: 'queued' }], total: 1 })
    expect(await ask(rid)).toMatchObject({ status: 'taken' })
    sandbox.settings.Livechat_Routing_Method = 'Auto_Selection'
    expect((await list()).body).toMatchObject({ inquiries: [] })
    expect(await ask(waiting)).toMatchObject({ status: 'ready', rid: waiting })
  })

  test('is filtered by department, and holds no closed room', async () => {
    const { workspace, service, agent, waiting } = await openQueue()
    const list = (department: string) => service.get('livechat/inquiries.list', { department })
    expect((await list('orders')).body).toMatchObject({ inquiries: [] })
    workspace.closeRoom(waiting)
    const one = await agent.get('livechat/inquiries.getOne', { roomId: waiting })
    expect(one.body).toEqual({ success: true, inquiry: null })
  })

  test('says how rooms are routed', async () => {
    const { sandbox, agent } = await openQueue()
    const ask = () => agent.get('livechat/config/routing')
    expect((await ask()).body).toMatchObject({ config: { returnQueue: true, autoAssignAgent: false } })
    sandbox.settings.Livechat_Routing_Method = 'Auto_Selection'
    expect((await ask()).body).toMatchObject({ config: { returnQueue: false, autoAssignAgent: true } })
  })

  test('with manual routing keeps a new room without an agent', async () => {
    const { api, workspace } = await openQueue()
    const { token } = workspace.createVisitor()
    expect((await api.get('livechat/room', { token })).body).toMatchObject({ newRoom: true })
    expect(workspace.rooms().find(({ v }) => v.token === token)?.servedBy).toBeUndefined()
  })
})

describe('taking a room', () => {
  const errorOf = ({ status, body }: Answer) => {
    const { errorType, error } = z
      .looseObject({ error: z.string(), errorType: z.string().optional() })
      .parse(body)
    return [status, errorType ?? error]
  }

  test('assigns it with two messages, and answers nothing', async () => {
    const { agent, workspace, waiting, ask, agentId } = await openQueue()
    const { _id: inquiryId } = await ask(waiting)
    const taken = await agent.post('livechat/inquiries.take', { inquiryId })
    expect(taken).toMatchObject({ status: 200, body: { success: true } })
    expect(taken.body).not.toHaveProperty('inquiry')
    expect(workspace.room(waiting)).toMatchObject({ servedBy: { _id: agentId }, queuedAt: expect.any(Date) })
    const messages = workspace.messages(waiting).slice(-2)
    expect(messages).toMatchObject([
      { t: 'command', msg: 'connected' },
      { t: 'uj', msg: '' },
    ])
    const again = await agent.post('livechat/inquiries.take', { inquiryId })
    expect(errorOf(again)).toEqual([400, 'error-inquiry-taken'])
  })

  test('for another agent needs nothing but `view-l-room`', async () => {
    const { agent, workspace, waiting, ask } = await openQueue()
    const other = workspace.createAgent({ name: 'Otto Other' })
    const { _id: inquiryId } = await ask(waiting)
    const body = { inquiryId, userId: other._id }
    workspace.setPermissionRoles('view-l-room', [])
    expect((await agent.post('livechat/inquiries.take', body)).status).toBe(403)
    workspace.setPermissionRoles('view-l-room', ['livechat-agent'])
    expect((await agent.post('livechat/inquiries.take', body)).status).toBe(200)
    expect(workspace.room(waiting)).toMatchObject({ servedBy: { _id: other._id } })
  })

  test('is refused in the order of the server’s checks', async () => {
    const { agent, workspace, waiting, ask, agentId, rid } = await openQueue({ profile: '7.13' })
    const { _id: inquiryId } = await ask(waiting)
    const take = async (body: object) => errorOf(await agent.post('livechat/inquiries.take', { ...body }))
    const plainUser = workspace.createAgent({ name: 'Una User', roles: ['user'], status: 'offline' })
    expect(await take({ inquiryId: 'none', userId: 'none' })).toEqual([400, 'The user is invalid'])
    expect(await take({ inquiryId: 'none', userId: plainUser._id })).toEqual([400, 'error-not-found'])
    const taken = (await ask(rid))._id
    expect(await take({ inquiryId: taken, userId: plainUser._id })).toEqual([400, 'error-not-allowed'])
    workspace.setStatus(agentId, 'offline')
    expect(await take({ inquiryId: taken })).toEqual([400, 'error-inquiry-taken'])
    expect(await take({ inquiryId })).toEqual([400, 'error-agent-status-service-offline'])
  })

  test('needs an agent that is available', async () => {
    const { sandbox, agent, workspace, waiting, ask, agentId } = await openQueue()
    const { _id: inquiryId } = await ask(waiting)
    const take = () => agent.post('livechat/inquiries.take', { inquiryId })
    workspace.setLivechatStatus(agentId, 'not-available')
    expect(errorOf(await take())).toEqual([400, 'error-agent-status-service-offline'])
    workspace.setLivechatStatus(agentId, 'available')
    workspace.setStatus(agentId, 'away')
    sandbox.settings.Livechat_enabled_when_agent_idle = false
    expect(errorOf(await take())).toEqual([400, 'error-agent-status-service-offline'])
    sandbox.settings.Livechat_enabled_when_agent_idle = true
    expect((await take()).status).toBe(200)
  })
})

describe('returning a room', () => {
  const giveBack = 'livechat/inquiries.returnAsInquiry'

  test('queues it again with manual routing', async () => {
    const { agent, workspace, rid, ask, agentId } = await openQueue()
    const before = workspace.room(rid)
    expect((await agent.post(giveBack, { roomId: rid })).body).toEqual({ success: true, result: true })
    expect(workspace.room(rid)).not.toHaveProperty('servedBy')
    expect(await ask(rid)).toMatchObject({ status: 'queued', ts: before.ts.toISOString() })
    expect(workspace.messages(rid).slice(-2)).toMatchObject([
      { t: 'ul' },
      { t: 'livechat_transfer_history', u: { _id: agentId }, transferData: { scope: 'queue' } },
    ])
    expect((await agent.post(giveBack, { roomId: rid })).body).toEqual({ success: true, result: false })
  })

  test('with automatic routing strands it: it cannot be taken any more, only forwarded', async () => {
    const { sandbox, agent, service, workspace, rid, ask, agentId } = await openQueue()
    sandbox.settings.Livechat_Routing_Method = 'Auto_Selection'
    expect((await agent.post(giveBack, { roomId: rid })).body).toEqual({ success: true, result: true })
    expect(workspace.room(rid)).not.toHaveProperty('servedBy')
    const { _id: inquiryId, status } = await ask(rid)
    expect(status).toBe('taken')
    const taken = await agent.post('livechat/inquiries.take', { inquiryId })
    expect(taken.body).toMatchObject({ errorType: 'error-inquiry-taken' })
    expect((await service.post('livechat/room.forward', { roomId: rid, userId: agentId })).status).toBe(200)
  })

  test('is refused for absent and closed rooms and rooms on hold, and does not exist in 6.13', async () => {
    const { agent, workspace, rid, waiting } = await openQueue()
    const errorOf = async (roomId: string) => (await agent.post(giveBack, { roomId })).body
    expect(await errorOf('none')).toMatchObject({ error: 'error-room-not-found' })
    workspace.holdRoom(rid)
    expect(await errorOf(rid)).toMatchObject({ error: 'error-room-onHold' })
    workspace.closeRoom(waiting)
    expect(await errorOf(waiting)).toMatchObject({ error: 'room-closed' })
    const old = await openQueue({ profile: '6.13' })
    expect((await old.agent.post(giveBack, { roomId: old.rid })).status).toBe(404)
  })
})

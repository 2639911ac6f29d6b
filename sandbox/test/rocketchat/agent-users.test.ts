import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

async function openDepartments() {
  const opened = await startSandboxWithAgent()
  const { workspace } = opened.sandbox
  const orders = workspace.createDepartment({ name: 'Orders', agentIds: [opened.agentId] })
  const attic = workspace.createDepartment({ name: 'Attic', enabled: false })
  return { ...opened, workspace, orders, attic }
}

describe('departments', () => {
  test('are listed by name; only `enabled=true` filters', async () => {
    const { service, orders, attic } = await openDepartments()
    const list = async (query = {}) => (await service.get('livechat/department', query)).body
    expect(await list()).toMatchObject({
      departments: [{ _id: attic._id }, { _id: orders._id, numAgents: 1 }],
      total: 2,
    })
    expect(await list({ enabled: 'false' })).toMatchObject({ total: 2 })
    expect(await list({ enabled: 'true' })).toMatchObject({ departments: [{ name: 'Orders' }], total: 1 })
    expect(await list({ text: 'att' })).toMatchObject({ departments: [{ name: 'Attic' }], total: 1 })
  })

  test('are found by ids, in an order of their own, without what is absent', async () => {
    const { service, orders, attic } = await openDepartments()
    const query = `ids[]=none&ids[]=${attic._id}&ids[]=${orders._id}`
    const answer = await service.get(`livechat/department.listByIds?${query}&`)
    expect(answer.body).toMatchObject({ departments: [{ _id: orders._id }, { _id: attic._id }] })
    const lacking = await service.get('livechat/department.listByIds')
    expect(lacking.body).toEqual({ success: false, error: "The 'ids' param is required" })
    const scalar = await service.get('livechat/department.listByIds', { ids: 'a' })
    expect(scalar.body).toEqual({ success: false, error: "The 'ids' param must be an array" })
  })

  test('one by one come with their agents, and an unknown id is null with 200', async () => {
    const { service, orders, agentId } = await openDepartments()
    const one = await service.get(`livechat/department/${orders._id}`)
    expect(one.body).toMatchObject({ department: { name: 'Orders' }, agents: [{ agentId }] })
    const slim = await service.get(`livechat/department/${orders._id}`, { includeAgents: 'false' })
    expect(slim.body).not.toHaveProperty('agents')
    expect(await service.get('livechat/department/none')).toMatchObject({
      status: 200,
      body: { department: null },
    })
  })
})

describe('people', () => {
  test('who take chats are listed, with their departments; the service account is none of them', async () => {
    const { service, agentId, orders } = await openDepartments()
    const answer = await service.get('livechat/users/agent')
    expect(answer.body).toMatchObject({
      users: [{ _id: agentId, name: 'Ada Agent', departments: [orders._id] }],
      total: 1,
    })
  })

  test('have open rooms, counted by agent and department; offline agents only if asked for', async () => {
    const { sandbox, service, agent, agentId, orders, workspace } = await openDepartments()
    const { token } = sandbox.workspace.createVisitor({ token: 'second' })
    workspace.openRoom({ token, agentId, departmentId: orders._id })
    const page = { count: '50', offset: '0', sort: '{"chats":-1}' }
    const user = { _id: agentId, username: 'ada.agent', status: 'online' }
    const department = { _id: orders._id, name: 'Orders' }
    expect((await agent.get('livechat/queue', { ...page, departmentId: orders._id })).body).toMatchObject({
      queue: [{ user, department, chats: 1 }],
      total: 1,
    })
    const all = (await service.get('livechat/queue', page)).body
    expect(all).toMatchObject({
      total: 2,
      queue: expect.arrayContaining([{ user, department: {}, chats: 1 }]),
    })
    workspace.setStatus(agentId, 'offline')
    expect((await service.get('livechat/queue', page)).body).toMatchObject({ queue: [], total: 0 })
    const everybody = await service.get('livechat/queue', { ...page, includeOfflineAgents: 'true' })
    expect(everybody.body).toMatchObject({ total: 2 })
    workspace.setPermissionRoles('view-l-room', [])
    expect((await service.get('livechat/queue', page)).status).toBe(403)
  })

  test('have a presence that can be asked for many at once', async () => {
    const { sandbox, service, agentId } = await startSandboxWithAgent()
    sandbox.workspace.setStatus(agentId, 'busy')
    const presence = { users: [{ _id: agentId, status: 'busy' }], full: false }
    expect((await service.get('users.presence', { ids: `${agentId},none` })).body).toMatchObject(presence)
    expect((await service.get('users.presence', { 'ids[]': agentId })).body).toMatchObject(presence)
  })

  test('are found one by one by id or name', async () => {
    const { service, agentId } = await startSandboxWithAgent()
    expect((await service.get('users.info', { userId: agentId })).body).toMatchObject({
      user: { username: 'ada.agent' },
    })
    expect((await service.get('users.info', { username: 'ada.agent' })).body).toMatchObject({
      user: { _id: agentId },
    })
    expect((await service.get('users.info', { userId: 'none' })).body).toMatchObject({
      error: 'User not found.',
    })
    expect((await service.get('users.info')).body).toMatchObject({ error: 'Invalid search query.' })
  })

  test('who visit are found by their id', async () => {
    const { sandbox, service, access } = await startSandboxWithAgent()
    const { _id } = sandbox.workspace.visitor(access.token)
    expect((await service.get('livechat/visitors.info', { visitorId: _id })).body).toMatchObject({
      visitor: { _id, name: 'Vera Visitor' },
    })
    expect((await service.get('livechat/visitors.info', { visitorId: 'none' })).status).toBe(400)
  })
})

import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

const LOGIN = 'You must be logged in to do this.'
const LACKING = 'User does not have the permissions required for this action [error-unauthorized]'

describe('logging in', () => {
  test('with a password gives a token that works, nested in `data`', async () => {
    const { sandbox, api, agentId } = await startSandboxWithAgent()
    sandbox.workspace.setPassword(agentId, 'beans')
    const answer = await api.post('login', { user: 'ada.agent', password: 'beans' })
    expect(answer.body).toEqual({
      status: 'success',
      data: { userId: agentId, authToken: expect.any(String), me: expect.objectContaining({ _id: agentId }) },
    })
    expect((await api.post('login', { user: 'ada.agent', password: 'tea' })).status).toBe(401)
  })

  test('with a token tells whose it is', async () => {
    const { sandbox, api } = await startSandboxWithAgent()
    const { userId, authToken } = sandbox.demo.serviceAccount
    expect((await api.post('login', { resume: authToken })).body).toMatchObject({ data: { userId } })
  })
})

describe('a route for agents', () => {
  test.each([
    ['8.8', { success: false, status: 'error', message: LOGIN, error: LOGIN }],
    ['9.0', { success: false, error: LOGIN }],
  ] as const)('answers %s without a login with 401', async (profile, body) => {
    const { api, rid } = await startSandboxWithAgent({ profile })
    for (const path of ['livechat/rooms', 'rooms.get', `livechat/${rid}/messages`, 'chat.getMessage']) {
      expect(await api.get(path)).toMatchObject({ status: 401, body })
    }
  })

  test('refuses a token under another user’s id', async () => {
    const { sandbox, api, agentId } = await startSandboxWithAgent()
    const { authToken } = sandbox.demo.serviceAccount
    const headers = { 'x-user-id': agentId, 'x-auth-token': authToken }
    expect((await api.get('rooms.get', {}, headers)).status).toBe(401)
  })

  test.each([
    ['livechat/inquiries.list', 'view-livechat-manager'],
    ['livechat/department', 'view-l-room'],
    ['livechat/visitors.info?visitorId=v', 'view-l-room'],
  ] as const)('refuses %s without %s with 403', async (path, permission) => {
    const { sandbox, agent } = await startSandboxWithAgent()
    sandbox.workspace.setPermissionRoles(permission, [])
    sandbox.workspace.setPermissionRoles('view-livechat-departments', [])
    expect(await agent.get(path)).toMatchObject({ status: 403, body: { success: false, error: LACKING } })
  })

  test('takes either of two permissions', async () => {
    const { sandbox, agent } = await startSandboxWithAgent()
    sandbox.workspace.setPermissionRoles('transfer-livechat-guest', [])
    expect((await agent.get('livechat/users/agent')).status).toBe(200)
    sandbox.workspace.setPermissionRoles('edit-omnichannel-contact', [])
    expect((await agent.get('livechat/users/agent')).status).toBe(403)
  })

  test.each([
    ['8.8', 'unauthorized'],
    ['9.0', 'forbidden'],
  ] as const)('words the handler’s own 403 in %s as %s', async (profile, error) => {
    const { agent, agentId } = await startSandboxWithAgent({ profile })
    expect(await agent.get('livechat/rooms')).toMatchObject({ status: 403, body: { success: false, error } })
    expect((await agent.get('livechat/rooms', { 'agents[]': agentId })).status).toBe(200)
  })

  test('of the enterprise edition is no page, in plain text, but asks for login and permission first', async () => {
    const { sandbox, api, agent } = await startSandboxWithAgent()
    const answer = await agent.get('livechat/tags')
    expect(answer).toMatchObject({ status: 404, body: '404 Not Found' })
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect((await api.get('livechat/tags')).status).toBe(401)
    sandbox.workspace.setPermissionRoles('view-l-room', [])
    expect((await agent.get('livechat/priorities')).status).toBe(403)
  })
})

describe('the limiter', () => {
  test('counts agents too, but not who may pass it by', async () => {
    const limits = { 'GET /api/v1/rooms.get': { calls: 1, windowMs: 60_000 } }
    const { sandbox, agent } = await startSandboxWithAgent({ limiter: true, limits })
    await agent.get('rooms.get')
    expect((await agent.get('rooms.get')).status).toBe(429)
    sandbox.workspace.setPermissionRoles('api-bypass-rate-limit', ['livechat-agent'])
    expect((await agent.get('rooms.get')).status).toBe(200)
  })

  test.each([
    ['7.13', 10],
    ['8.8', 5],
  ] as const)('lets %s send %i messages', async (profile, calls) => {
    const { agent, rid } = await startSandboxWithAgent({
      profile,
      limiter: true,
      now: () => 1_700_000_000_000,
    })
    const send = () => agent.post('chat.sendMessage', { message: { rid, msg: 'Hello' } })
    for (let sent = 0; sent < calls; sent += 1) expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(429)
  })
})

import { describe, expect, test } from 'vitest'
import { startSandboxWithRoom } from './start-sandbox.ts'

const TWO = [{ msg: 'one' }, { msg: 'two' }]

describe('sending several messages for a visitor', () => {
  test('needs a login', async () => {
    const { api, access } = await startSandboxWithRoom()
    const nine = await startSandboxWithRoom({ profile: '9.0' })
    const body = { visitor: { token: access.token }, messages: TWO }
    const text = 'You must be logged in to do this.'
    const answer = await api.post('livechat/messages', body)
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ success: false, status: 'error', message: text, error: text })
    expect((await nine.api.post('livechat/messages', body)).body).toEqual({ success: false, error: text })
  })

  test('answers with names, texts and times, and no ids', async () => {
    const { sandbox, api, access, agentId } = await startSandboxWithRoom()
    const body = { visitor: { token: access.token }, messages: TWO }
    const answer = await api.post('livechat/messages', body, sandbox.workspace.login(agentId))
    expect(answer.body).toEqual({
      success: true,
      messages: TWO.map(({ msg }) => ({ username: 'guest-1', msg, ts: expect.any(String) })),
    })
    expect(sandbox.workspace.messages(access.rid).slice(-2)).toMatchObject([
      { token: access.token },
      { token: access.token },
    ])
  })

  test.each([
    ['4.x', 200],
    ['7.13', 400],
    ['8.8', 200],
  ] as const)('for an unknown visitor is answered by %s with %i', async (profile, status) => {
    const { sandbox, api } = await startSandboxWithRoom({ profile })
    const manager = sandbox.workspace.createAgent({
      name: 'Mia Manager',
      roles: ['livechat-agent', 'livechat-manager'],
    })
    const body = { visitor: { token: 'fresh' }, messages: [{ msg: 'Hello' }] }
    const answer = await api.post('livechat/messages', body, sandbox.workspace.login(manager._id))
    expect(answer.status).toBe(status)
  })

  test('needs a permission in 4.x, and says by hand what is missing', async () => {
    const { sandbox, api, agentId } = await startSandboxWithRoom({ profile: '4.x' })
    const manager = sandbox.workspace.createAgent({ name: 'Mia Manager', roles: ['livechat-manager'] })
    const plainAgent = await api.post('livechat/messages', {}, sandbox.workspace.login(agentId))
    expect(plainAgent).toMatchObject({ status: 403, body: { success: false, error: 'unauthorized' } })
    const login = sandbox.workspace.login(manager._id)
    const empty = await api.post('livechat/messages', { visitor: { token: 't' }, messages: [] }, login)
    expect(empty.body).toEqual({ success: false, error: 'Body param "messages" is empty' })
  })
})

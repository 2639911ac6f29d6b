import { expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

const PATH = 'livechat/agent.status'

test('an agent sets or toggles the own status', async () => {
  const { sandbox, agent, agentId } = await startSandboxWithAgent()
  const status = () => sandbox.workspace.agent(agentId).statusLivechat
  expect((await agent.post(PATH, {})).body).toEqual({ success: true, status: 'not-available' })
  expect(status()).toBe('not-available')
  expect((await agent.post(PATH, { status: 'available' })).body).toMatchObject({ status: 'available' })
  expect(status()).toBe('available')
})

test('the status of others needs a permission of its own', async () => {
  const { sandbox, service, agent, agentId } = await startSandboxWithAgent()
  const other = sandbox.workspace.createAgent({ name: 'Other' })._id
  const body = { status: 'not-available', agentId: other }
  expect(await agent.post(PATH, body)).toMatchObject({ status: 403, body: { success: false } })
  expect((await service.post(PATH, { ...body, agentId })).body).toMatchObject({ status: 'not-available' })
})

test('a user who is no agent is absent', async () => {
  const { service } = await startSandboxWithAgent()
  for (const body of [{}, { agentId: 'nobody' }])
    expect(await service.post(PATH, { status: 'available', ...body })).toMatchObject({
      status: 404,
      body: { success: false, error: 'Agent not found' },
    })
})

test('outside business hours nobody starts to take chats: an error for oneself, silence for others', async () => {
  const { sandbox, service, agent, agentId } = await startSandboxWithAgent()
  sandbox.settings.business_hours_are_open = false
  expect((await agent.post(PATH, { status: 'not-available' })).body).toMatchObject({
    status: 'not-available',
  })
  expect(await agent.post(PATH, { status: 'available' })).toMatchObject({
    status: 400,
    body: { error: 'error-business-hours-are-closed' },
  })
  expect((await service.post(PATH, { status: 'available', agentId })).body).toMatchObject({
    status: 'not-available',
  })
})

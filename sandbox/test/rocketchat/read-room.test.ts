import { expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

const PATH = 'subscriptions.read'

test('a member marks its room as read', async () => {
  const { sandbox, agent, agentId, rid } = await startSandboxWithAgent()
  expect((await agent.post(PATH, { rid })).body).toEqual({ success: true })
  expect(sandbox.workspace.readAt(rid, agentId)).toBeInstanceOf(Date)
})

test('others have nothing to mark', async () => {
  const { service, rid } = await startSandboxWithAgent()
  expect(await service.post(PATH, { rid })).toMatchObject({
    status: 400,
    body: { success: false, errorType: 'error-invalid-subscription' },
  })
})

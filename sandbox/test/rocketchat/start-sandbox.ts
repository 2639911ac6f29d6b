import { onTestFinished } from 'vitest'
import {
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  startRocketChatSandbox,
} from '../../rocketchat/index.ts'
import { type Api, createApi } from './api-client.ts'

/** A sandbox that closes with the test, and a client of it. Empty unless `seed` is asked for. */
export async function startSandbox(
  options: RocketChatSandboxOptions = {},
): Promise<{ sandbox: RocketChatSandbox; api: Api }> {
  const sandbox = await startRocketChatSandbox({ seed: false, ...options })
  onTestFinished(() => sandbox.close())
  return { sandbox, api: createApi(sandbox.url) }
}

/** The same with one agent, and one visitor in one open room; `access` is what visitor calls carry. */
export async function startSandboxWithRoom(options: RocketChatSandboxOptions = {}): Promise<{
  sandbox: RocketChatSandbox
  api: Api
  access: { token: string; rid: string }
  agentId: string
}> {
  const { sandbox, api } = await startSandbox(options)
  const agent = sandbox.workspace.createAgent({ name: 'Ada Agent' })
  const visitor = sandbox.workspace.createVisitor({ name: 'Vera Visitor' })
  const room = sandbox.workspace.openRoom({ token: visitor.token, agentId: agent._id })
  return { sandbox, api, access: { token: visitor.token, rid: room._id }, agentId: agent._id }
}

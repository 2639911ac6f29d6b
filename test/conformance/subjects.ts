import { createLiveChat } from '../../src/providers/livechat/adapter.ts'
import { createRocketChat } from '../../src/providers/rocketchat/adapter.ts'
import { startLiveChatSandbox } from '../../src/sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../src/sandbox/rocketchat/index.ts'
import type { Subject } from './check.ts'

const DAY_MS = 86_400_000
const TIMEOUT_MS = 2_000
const VISITOR_TOKEN = 'visitor-of-the-conformance-list'

export interface OpenSubject {
  readonly subject: Subject
  close(): Promise<void>
}

const cannot = async (): Promise<never> => {
  throw new Error('this provider has no such thing')
}

/** Rocket.Chat as a visitor. The visitor may have several rooms open, as before 8.3. */
export async function rocketChatVisitor(): Promise<OpenSubject> {
  const sandbox = await startRocketChatSandbox({ seed: false, profile: '7.13' })
  const { workspace } = sandbox
  const agent = workspace.createAgent({ username: 'agent.of.conformance', name: 'Agent of Conformance' })
  workspace.createVisitor({ token: VISITOR_TOKEN })
  workspace.createVisitor({ token: 'stranger' })
  const adapter = createRocketChat({
    name: 'rocketchat',
    url: sandbox.url,
    timeoutMs: TIMEOUT_MS,
    offlineDepartment: null,
    offlineHost: null,
  })
  return {
    subject: {
      adapter,
      caller: { role: 'VISITOR', token: VISITOR_TOKEN },
      stranger: { role: 'VISITOR', token: 'stranger' },
      openRoom: async () => workspace.openRoom({ token: VISITOR_TOKEN, agentId: agent._id })._id,
      closeRoom: async (roomId) => void workspace.closeRoom(roomId),
      hear: async (roomId, text) => void workspace.agentSends(roomId, text),
      leaveOfflineMessage: cannot,
    },
    close: async () => {
      await adapter.close()
      await sandbox.close()
    },
  }
}

/** LiveChat's classic API as an operator. */
export async function liveChatClassic(): Promise<OpenSubject> {
  const sandbox = await startLiveChatSandbox({ seed: false })
  const { login, apiKey } = sandbox.credentials
  const adapter = createLiveChat({
    name: 'livechat',
    restUrl: sandbox.url,
    classic: { login, apiKey },
    timeZone: 'UTC',
    timeoutMs: TIMEOUT_MS,
  })
  return {
    subject: {
      adapter,
      caller: { role: 'OPERATOR', name: 'conformance' },
      stranger: null,
      openRoom: cannot,
      closeRoom: cannot,
      hear: cannot,
      leaveOfflineMessage: async (text, daysAgo) => {
        const at = Date.now() - daysAgo * DAY_MS
        sandbox.addOfflineMessage({ visitorName: 'Ada', email: 'ada@example.test', text, at })
      },
    },
    close: async () => {
      await adapter.close()
      await sandbox.close()
    },
  }
}

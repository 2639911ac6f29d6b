import { onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { Config } from '../../src/config/index.ts'
import type { Gateway } from '../../src/gateway.ts'
import { createLogSink } from './log.ts'
import { liveChatAgentConfig, OPERATOR_KEY, rocketChatConfig, startTestGateway } from './test-gateway.ts'

const keys = { ann: 'operator-key-of-ann', ben: 'operator-key-of-ben' }
export const asAnn = { authorization: `Bearer ${keys.ann}` }
export const asBen = { authorization: `Bearer ${keys.ben}` }

/** An agent of a provider, and the credential with which an operator writes as it. */
export interface OwnAgent {
  readonly nativeId: string
  readonly name: string
  readonly credential: { readonly agentId: string; readonly token: string }
}

/** The agents of Ann and Ben, and the service account, at one provider. */
export interface ProviderAgents {
  readonly ann: OwnAgent
  readonly ben: OwnAgent
  readonly service: Omit<OwnAgent, 'credential'>
}

/** A gateway with both providers. Ann and Ben have an agent at each; `asOperator` has none. */
export interface OwnAgentsGateway {
  readonly url: string
  readonly gateway: Gateway
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
  readonly agents: Readonly<Record<'rocketchat' | 'livechat', ProviderAgents>>
  /** Starts another gateway with the same providers and operators. */
  startReplica(config: Partial<Config>): Promise<Gateway>
  /** The gateway's log, by lines. */
  readonly log: readonly Readonly<Record<string, unknown>>[]
}

/** Opens the gateway and both sandboxes. Everything is closed at the end of the test. */
export async function openOwnAgentsGateway(config: Partial<Config> = {}): Promise<OwnAgentsGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => {
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const serviceAccount = rocketChat.workspace.serviceAccount()
  const agents = {
    rocketchat: {
      ann: rocketChatAgent(rocketChat, 'Ann Ito'),
      ben: rocketChatAgent(rocketChat, 'Ben Osei'),
      service: { nativeId: serviceAccount.userId, name: 'Support Desk' },
    },
    livechat: {
      ann: liveChatAgent(liveChat, 'ada.kowalska@switchboard.test'),
      ben: liveChatAgent(liveChat, 'ben.osei@switchboard.test'),
      service: { nativeId: 'agent@switchboard.test', name: 'Robin Hale' },
    },
  }
  const credentialsOf = (operator: 'ann' | 'ben') => ({
    rocketchat: agents.rocketchat[operator].credential,
    livechat: agents.livechat[operator].credential,
  })
  const operators = [
    { name: 'tester', key: OPERATOR_KEY },
    { name: 'ann', key: keys.ann, subject: 'idp|ann', agents: credentialsOf('ann') },
    { name: 'ben', key: keys.ben, agents: credentialsOf('ben') },
  ]
  const providers = [{ ...rocketChatConfig(rocketChat.url), serviceAccount }, liveChatAgentConfig(liveChat)]
  const { log, lines } = createLogSink('warn')
  const start = (changed: Partial<Config>) => startTestGateway(providers, { operators, ...changed }, { log })
  const gateway = await start(config)
  return {
    url: gateway.url,
    gateway,
    rocketChat,
    liveChat,
    agents,
    startReplica: start,
    get log() {
      return lines.map((line) => JSON.parse(line))
    },
  }
}

/** Creates an agent of Rocket.Chat. */
export function rocketChatAgent({ workspace }: RocketChatSandbox, name: string): OwnAgent {
  const { _id: userId } = workspace.createAgent({ name })
  const { 'x-auth-token': token } = workspace.login(userId)
  return { nativeId: userId, name, credential: { agentId: userId, token } }
}

/** The agent of LiveChat with this id, with a token of its own. */
export function liveChatAgent({ chats, tokens }: LiveChatSandbox, agentId: string): OwnAgent {
  const { accountId, token } = tokens.personalAccessToken({ agentId })
  const name = chats.agents.find(({ id }) => id === agentId)?.name ?? ''
  return { nativeId: agentId, name, credential: { agentId: accountId, token } }
}

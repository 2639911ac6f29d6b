import type { LiveChatSandbox } from '../../sandbox/livechat/index.ts'
import type { RocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { OwnAgent, OwnAgentsGateway, ProviderAgents } from './own-agents.ts'

type Calls = LiveChatSandbox['calls']

/** Actions of tests of own agents inside a provider's sandbox. */
export interface OwnAgentDriver {
  readonly sandbox: Pick<RocketChatSandbox, 'calls' | 'clearCalls' | 'injectFault' | 'counts'>
  readonly agents: ProviderAgents
  /** The vendor's name. */
  readonly label: string
  /** The login of the service account, as `loginsByRoute` shows it. */
  readonly serviceLogin: string
  /** The route that sends an operator's message. */
  readonly sendRoute: string
  /** The last part of the route that sets an agent's status. */
  readonly statusRoute: string
  /** Opens a room of a new visitor that Ann serves, and returns its native id. */
  openRoom(): string
  /** Opens a room that no agent serves, and returns its native id. */
  openQueuedRoom(): string
  /** Returns the native id of a department that a room can be transferred to. */
  createDepartment(): string
  isWrite(call: Calls[number]): boolean
  /** The routes of all writes that an operator causes in rooms, by their last part. */
  readonly writes: readonly string[]
  /** Makes an agent serve the room, which it may then write in. */
  assign(nativeId: string, agent: Pick<OwnAgent, 'nativeId'>): void
  /** Revokes the token of Ann's agent; the returned function renews it. */
  revoke(): () => void
  /** How a room shows who closed it, and how it shows Ann. */
  closer(nativeId: string): unknown
  readonly closedByAnn: string
}

/** A group of the LiveChat sandbox that all agents of the tests belong to. */
const SHARED_GROUP = 1

export const ownAgentDrivers = {
  rocketchat: ({ rocketChat, agents: { rocketchat: agents } }: OwnAgentsGateway): OwnAgentDriver => {
    const { workspace } = rocketChat
    const { agentId, token } = agents.ann.credential
    return {
      sandbox: rocketChat,
      agents,
      label: 'Rocket.Chat',
      serviceLogin: workspace.serviceAccount().userId,
      sendRoute: '/api/v1/chat.sendMessage',
      statusRoute: 'agent.status',
      openRoom: () => {
        const visitor = workspace.createVisitor({ name: 'Vera' })
        return workspace.openRoom({ token: visitor.token, agentId: agents.ann.nativeId })._id
      },
      openQueuedRoom: () => {
        const visitor = workspace.createVisitor({ name: 'Viktor' })
        return workspace.openRoom({ token: visitor.token, agentId: null })._id
      },
      createDepartment: () => workspace.createDepartment({ name: 'Orders' })._id,
      isWrite: ({ method }) => method !== 'GET',
      writes: [
        'chat.sendMessage',
        'room.saveInfo',
        'agent.status',
        'inquiries.take',
        'room.forward',
        'room.closeByUser',
      ],
      assign: (nativeId, agent) => void workspace.takeRoom(nativeId, agent.nativeId),
      revoke: () => {
        workspace.setLogin(token, null)
        return () => workspace.setLogin(token, agentId)
      },
      closer: (nativeId) => workspace.room(nativeId).closedBy?._id,
      closedByAnn: agents.ann.nativeId,
    }
  },
  livechat: ({ liveChat, agents: { livechat: agents } }: OwnAgentsGateway): OwnAgentDriver => ({
    sandbox: liveChat,
    agents,
    label: 'LiveChat',
    serviceLogin: liveChat.credentials.accountId,
    sendRoute: '/v3.6/agent/action/send_event',
    statusRoute: 'set_routing_status',
    openRoom: () => {
      const { id } = liveChat.chats.start({ groupId: SHARED_GROUP, say: 'hello' })
      liveChat.chats.transfer(id, { agentId: agents.ann.nativeId })
      return id
    },
    openQueuedRoom: () => liveChat.chats.start({ offline: true, say: 'anyone?' }).id,
    createDepartment: () => '2',
    isWrite: ({ route }) => !/\/(list|get)_\w+$/.test(route),
    writes: [
      'send_event',
      'tag_thread',
      'set_routing_status',
      'transfer_chat',
      'add_user_to_chat',
      'deactivate_chat',
    ],
    assign: (nativeId, agent) => liveChat.chats.transfer(nativeId, { agentId: agent.nativeId }),
    revoke: () => liveChat.tokens.reject(agents.ann.credential.token),
    closer: (nativeId) => liveChat.chats.get(nativeId).threads.at(-1)?.events.at(-1)?.fields['text'],
    closedByAnn: `${agents.ann.name} archived the chat`,
  }),
}

/**
 * The logins of calls, by the last part of their route: user ids at Rocket.Chat, account ids at LiveChat. Calls without a login are
 * left out.
 */
export function loginsByRoute(calls: Calls): Record<string, readonly string[]> {
  const logins: Record<string, string[]> = {}
  for (const { route, headers } of calls) {
    const basic = Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString()
    const login = headers['x-user-id'] ?? basic.split(':')[0]
    if (!login) continue
    const name = route.replace(/^.*\//, '')
    logins[name] = [...(logins[name] ?? []), String(login)]
  }
  return logins
}

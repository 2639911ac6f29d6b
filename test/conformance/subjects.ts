import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { createOperatorCaller } from '../../src/domain/caller.ts'
import { createAdapterWithoutStore } from '../support/adapter-without-store.ts'
import type { RoomWorkSubject, Subject } from './check.ts'

const DAY_MS = 86_400_000
const VISITOR_TOKEN = 'visitor-of-the-conformance-list'

/** A subject, and how to close it with the provider behind it. */
export interface OpenSubject {
  readonly subject: Subject
  close(): Promise<void>
}

const operator = createOperatorCaller('conformance')
/** An operator who writes as an agent of its own. */
const ownAgentOperator = createOperatorCaller('own-agent')

const cannot = async (): Promise<never> => {
  throw new Error('this provider has no such thing')
}

/** Rocket.Chat as a visitor, who may have several open rooms, as before 8.3. */
export async function rocketChatVisitor(): Promise<OpenSubject> {
  const { sandbox, common, close } = await openRocketChat()
  sandbox.workspace.createVisitor({ token: 'stranger' })
  return {
    subject: {
      ...common,
      caller: { role: 'VISITOR', token: VISITOR_TOKEN },
      otherCaller: { role: 'VISITOR', token: 'stranger' },
      receiveMessage: async (roomId, text) => void sandbox.workspace.agentSends(roomId, text),
    },
    close,
  }
}

/** Rocket.Chat as an operator, through the service account. */
export async function rocketChatOperator(): Promise<OpenSubject> {
  const { sandbox, common, close } = await openRocketChat()
  return {
    subject: {
      ...common,
      caller: operator,
      otherCaller: null,
      roomWork: roomWorkAtRocketChat(sandbox),
      receiveMessage: async (roomId, text) => void sandbox.workspace.visitorSends(roomId, text),
    },
    close,
  }
}

/** Rocket.Chat as an operator who writes as an agent of its own, a manager. */
export async function rocketChatOwnAgent(): Promise<OpenSubject> {
  const { sandbox, common, close } = await openRocketChat()
  return {
    subject: {
      ...common,
      caller: ownAgentOperator,
      otherCaller: null,
      roomWork: roomWorkAtRocketChat(sandbox),
      receiveMessage: async (roomId, text) => void sandbox.workspace.visitorSends(roomId, text),
    },
    close,
  }
}

async function openRocketChat() {
  const settings = { Enterprise_License: 'any' }
  const sandbox = await startRocketChatSandbox({ seed: false, profile: '7.13', settings })
  const { workspace } = sandbox
  workspace.defineCustomField({ _id: 'plan', public: true, type: 'select', options: 'free,pro' })
  const agent = workspace.createAgent({ username: 'agent.of.conformance', name: 'Agent of Conformance' })
  workspace.createVisitor({ token: VISITOR_TOKEN })
  const account = {
    kind: 'ROCKET_CHAT',
    name: 'rocketchat',
    url: sandbox.url,
    serviceAccount: workspace.serviceAccount(),
    push: true,
  } as const
  const roles = ['user', 'livechat-agent', 'livechat-manager']
  const { _id: agentId } = workspace.createAgent({ name: 'Own Agent', roles })
  const { 'x-auth-token': token } = workspace.login(agentId)
  const agents = new Map([[ownAgentOperator.name, { agentId, token }]])
  const adapter = createAdapterWithoutStore(account, undefined, agents)
  const common = {
    adapter,
    hasManyRooms: true,
    openRoom: async () => workspace.openRoom({ token: VISITOR_TOKEN, agentId: agent._id })._id,
    closeRoom: async (roomId: string) => void workspace.closeRoom(roomId),
    addOfflineMessage: cannot,
  }
  return { sandbox, common, close: () => closeBoth(adapter, sandbox) }
}

/** LiveChat as an operator, with its chats and the classic offline list. */
export function liveChatOperator(): Promise<OpenSubject> {
  return openLiveChat('rest_v1', (sandbox) => ({
    caller: operator,
    otherCaller: null,
    hasManyRooms: true,
    roomWork: roomWorkAtLiveChat(sandbox),
    openRoom: async () => sandbox.chats.start().id,
    receiveMessage: async (roomId, text) => void sandbox.chats.customerSends(roomId, text),
  }))
}

/** LiveChat with its offline messages in HelpDesk, as an operator who writes as an agent of its own. */
export function liveChatHelpDesk(): Promise<OpenSubject> {
  return openLiveChat('helpdesk', (sandbox) => ({
    caller: ownAgentOperator,
    otherCaller: null,
    hasManyRooms: true,
    roomWork: roomWorkAtLiveChat(sandbox),
    openRoom: async () => sandbox.chats.start().id,
    receiveMessage: async (roomId, text) => void sandbox.chats.customerSends(roomId, text),
  }))
}

/** LiveChat as a customer, who has one chat and no more. */
export function liveChatCustomer(): Promise<OpenSubject> {
  return openLiveChat('rest_v1', (sandbox) => {
    const chat = sandbox.chats.start()
    const stranger = sandbox.chats.addCustomer({ name: 'Stranger' })
    return {
      caller: { role: 'VISITOR', token: sandbox.tokens.customerToken(sandbox.chats.customerOf(chat.id).id) },
      otherCaller: { role: 'VISITOR', token: sandbox.tokens.customerToken(stranger.id) },
      hasManyRooms: false,
      openRoom: async () => chat.id,
      receiveMessage: async (roomId, text) => void sandbox.chats.agentSends(roomId, text),
    }
  })
}

async function openLiveChat(
  offlineSource: 'rest_v1' | 'helpdesk',
  participants: (
    sandbox: LiveChatSandbox,
  ) => Pick<Subject, 'caller' | 'otherCaller' | 'hasManyRooms' | 'openRoom' | 'receiveMessage' | 'roomWork'>,
): Promise<OpenSubject> {
  // An operator may send messages in a chat that an agent serves.
  const sandbox = await startLiveChatSandbox({ seed: false, switches: { publicAgentLimit: 2 } })
  const { login, apiKey, accessToken, clientId, clientSecret, refreshToken, organizationId } =
    sandbox.credentials
  const account = {
    kind: 'LIVECHAT',
    name: 'livechat',
    apiUrl: sandbox.url,
    accountsUrl: sandbox.url,
    helpdeskUrl: `${sandbox.url}/v1`,
    restUrl: sandbox.url,
    // Without an app's credential there are no new visitors and no renewals.
    credential: { type: 'bearer', token: accessToken },
    oauth: { clientId, clientSecret, refreshToken },
    organizationId,
    classic: { login, apiKey },
    offlineSource,
    timeZone: 'UTC',
    push: 'on',
  } as const
  const own = sandbox.tokens.personalAccessToken({ agentId: 'ada.kowalska@switchboard.test' })
  const agents = new Map([[ownAgentOperator.name, { agentId: own.accountId, token: own.token }]])
  const adapter = createAdapterWithoutStore(account, undefined, agents)
  return {
    subject: {
      adapter,
      ...participants(sandbox),
      closeRoom: async (roomId) => void sandbox.chats.close(roomId),
      addOfflineMessage: async (text, daysAgo) => {
        const at = Date.now() - daysAgo * DAY_MS
        if (offlineSource === 'helpdesk')
          sandbox.addTicket({ requester: { email: 'ada@example.test' }, text, at })
        else sandbox.addOfflineMessage({ visitorName: 'Ada', email: 'ada@example.test', text, at })
      },
    },
    close: () => closeBoth(adapter, sandbox),
  }
}

async function closeBoth(
  adapter: { close(): Promise<void> },
  sandbox: RocketChatSandbox | LiveChatSandbox,
): Promise<void> {
  await adapter.close()
  await sandbox.close()
}

/** Manual routing, a service account that takes chats, and a department of another agent. */
function roomWorkAtRocketChat({ settings, workspace }: RocketChatSandbox): RoomWorkSubject {
  const { _id: agentId } = workspace.createAgent({ name: 'Otto Other' })
  const { _id: departmentId } = workspace.createDepartment({ name: 'Orders', agentIds: [agentId] })
  return {
    agentId,
    departmentId,
    openQueuedRoom: async () => {
      settings.Livechat_Routing_Method = 'Manual_Selection'
      workspace.setLivechatStatus(workspace.serviceAccount().userId, 'available')
      return workspace.openRoom({ token: VISITOR_TOKEN, agentId: null })._id
    },
    // With manual routing no room is given to anybody.
    withoutFreeAgents: () => {},
  }
}

/** A chat of group 1, which goes to Ben or to group 2. */
function roomWorkAtLiveChat({ chats }: LiveChatSandbox): RoomWorkSubject {
  const statuses = chats.agents.map(({ id, routingStatus }) => [id, routingStatus] as const)
  const withoutFreeAgents = () => {
    for (const [id] of statuses) chats.setRoutingStatus(id, 'not_accepting_chats')
  }
  return {
    agentId: 'ben.osei@switchboard.test',
    departmentId: '2',
    withoutFreeAgents,
    openQueuedRoom: async () => {
      withoutFreeAgents()
      const { id } = chats.start({ groupId: 1 })
      chats.requeue(id)
      for (const [agentId, status] of statuses) chats.setRoutingStatus(agentId, status)
      return id
    },
  }
}

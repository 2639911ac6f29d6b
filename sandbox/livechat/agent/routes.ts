import type { WireRequest, WireRoute } from '../../wire-server.ts'
import { ApiError } from '../api-error.ts'
import type { AgentPrincipal, TokenStore } from '../token-store.ts'
import { apiRoutes, type Backend, type Method } from '../v3/method.ts'
import {
  getCustomer,
  listRoutingStatuses,
  setRoutingStatus,
  updateCustomer,
} from './customers-and-routing.ts'
import { followChat, unfollowChat } from './follow-chats.ts'
import { listArchives } from './list-archives.ts'
import { listChats } from './list-chats.ts'
import { getChat, listThreads } from './read-chats.ts'
import { resumeChat, startChat } from './start-chat.ts'
import { tagThread, untagThread } from './tags.ts'
import { listAgentsForTransfer, transfer } from './transfers.ts'
import { sendTypingIndicator } from './typing.ts'
import {
  addUserToChat,
  deactivateChat,
  markEventsAsSeen,
  removeUserFromChat,
  sendEvent,
} from './write-chats.ts'

/** The methods of the Agent Chat API v3.6 (docs/providers/livechat.md 3). RTM has the same. */
export const agentMethods: readonly Method<AgentPrincipal>[] = [
  listChats,
  listThreads,
  getChat,
  listArchives,
  getCustomer,
  updateCustomer,
  startChat,
  resumeChat,
  deactivateChat,
  addUserToChat,
  removeUserFromChat,
  transfer,
  listAgentsForTransfer,
  sendEvent,
  listRoutingStatuses,
  setRoutingStatus,
  tagThread,
  untagThread,
  markEventsAsSeen,
  followChat,
  unfollowChat,
  sendTypingIndicator,
]

/** Agent Chat Web API v3.6. */
export function agentRoutes(backend: Backend): WireRoute[] {
  return apiRoutes('agent', agentMethods, backend, requireAgent(backend.tokens))
}

/**
 * Authenticates agents by personal access token or OAuth token. Throws authentication otherwise
 * (docs/providers/livechat.md 3.6).
 */
export function requireAgent(tokens: TokenStore): (request: WireRequest) => AgentPrincipal {
  return ({ headers }) => {
    const caller = tokens.agentOf(headers.authorization)
    if (!caller) throw new ApiError('authentication', 'Invalid access token')
    return caller
  }
}

import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, invalidInput } from '../../../domain/errors.ts'
import type { Room } from '../../../domain/model.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { requireAssignable, servedByAnother } from '../../shared/room-work.ts'
import type { RoomWork } from '../../shared/room-work-capabilities.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { parseGroupId } from '../chat-requests.ts'
import { hasErrorType, LiveChatError } from '../errors.ts'
import type { Participants } from '../participants.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import { findRoom } from '../rooms.ts'
import { isAgentLimitError } from './agent-limit.ts'
import type { AgentMessages } from './agent-messages.ts'

export interface AgentRoomWorkOptions {
  readonly provider: string
  readonly participants: Participants
  readonly directory: AccountDirectory
  readonly agentMessages: AgentMessages
  readonly roomApiFor: (call: CallContext) => RoomApi
}

interface Transfer {
  /** Absent for the groups that the chat has. */
  readonly target?:
    | { readonly type: 'agent'; readonly ids: readonly [string] }
    | { readonly type: 'group'; readonly ids: readonly [number] }
  /** Whether the chat may be queued, where it would be refused otherwise. */
  readonly ignore_agents_availability: boolean
}

const AGENT_NOT_AVAILABLE =
  'LiveChat cannot assign the room to the agent now: the agent is offline or takes no more chats.'
const GROUP_NOT_AVAILABLE = 'No agent of the department can take the room now.'

/**
 * Takes, assigns, transfers and requeues rooms (docs/providers/livechat.md 12.1). Reads the room before each
 * write, because LiveChat's refusals do not say who serves it.
 */
export class AgentRoomWork implements RoomWork {
  readonly #options: AgentRoomWorkOptions

  constructor(options: AgentRoomWorkOptions) {
    this.#options = options
  }

  /** Makes the caller's own agent serve a room that nobody serves. */
  async take(roomId: string, call: CallContext): Promise<Room> {
    const { provider, roomApiFor } = this.#options
    const api = roomApiFor(call)
    const room = await this.#findAssignable(roomId, api)
    const agentId = await this.#findOwnAgentId(api)
    if (room.agents.length > 0) return this.#requireServedBy(room, agentId)
    const body = {
      chat_id: roomId,
      user_id: agentId,
      user_type: 'agent',
      visibility: 'all',
      ignore_requester_presence: true,
    }
    let isRefused = false
    try {
      await reconcileWrite<unknown>({
        provider,
        write: () => api.write('add_user_to_chat', body, emptyResponse),
        readBack: async () => ((await this.#find(roomId, api))?.agents.length ? true : null),
      })
    } catch (error) {
      if (!isAgentLimitError(error)) throw error
      isRefused = true
    }
    // Another agent may have joined first; if LiveChat allows several agents, both serve the room.
    return this.#requireServedBy(await this.#findAfterWrite(roomId, api, !isRefused), agentId)
  }

  /**
   * Makes an agent serve the room. LiveChat refuses an agent that cannot be assigned at once, except the caller's own
   * agent: it need not be logged in at LiveChat, so the room is read to see that it was assigned.
   */
  async assign(
    roomId: string,
    agentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null> {
    const api = this.#options.roomApiFor(call)
    const room = await this.#findAssignable(roomId, api)
    if (isServedBy(room, agentId)) return room
    const isOwn = agentId === (await this.#options.directory.findOwnAgentId(call))
    const transfer: Transfer = {
      target: { type: 'agent', ids: [agentId] },
      ignore_agents_availability: isOwn,
    }
    try {
      await this.#transfer(roomId, transfer, (current) => isServedBy(current, agentId), api)
    } catch (error) {
      throw this.#toAgentError(error)
    }
    const assigned = isOwn ? await this.#findAfterWrite(roomId, api, true) : null
    if (assigned) this.#requireServedBy(assigned, agentId)
    await this.#note(roomId, comment, api)
    return assigned
  }

  /** Transfers the room to a group. LiveChat refuses it if no agent of the group can be assigned at once. */
  async transfer(
    roomId: string,
    departmentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null> {
    const groupId = parseGroupId(departmentId)
    if (groupId === null) throw noSuchDepartment()
    const api = this.#options.roomApiFor(call)
    const room = await this.#findAssignable(roomId, api)
    if (room.departmentId === departmentId) return room
    const transfer: Transfer = {
      target: { type: 'group', ids: [groupId] },
      ignore_agents_availability: false,
    }
    try {
      await this.#transfer(roomId, transfer, (current) => current.departmentId === departmentId, api)
    } catch (error) {
      throw this.#toGroupError(error)
    }
    await this.#note(roomId, comment, api)
    return null
  }

  /** Returns the room to the queue of its groups. Their routing may assign it at once. */
  async requeue(roomId: string, call: CallContext): Promise<Room | null> {
    const api = this.#options.roomApiFor(call)
    const room = await this.#findAssignable(roomId, api)
    if (room.agents.length === 0) return room
    const isRequeued = ({ agents }: Room) => !agents.some(({ nativeId }) => isServedBy(room, nativeId))
    await this.#transfer(roomId, { ignore_agents_availability: true }, isRequeued, api)
    return null
  }

  /** Throws NOT_FOUND for an absent chat, ROOM_CLOSED for an inactive one. */
  async #findAssignable(roomId: string, api: RoomApi): Promise<Room> {
    return requireAssignable(await this.#find(roomId, api), this.#options.provider)
  }

  #find(roomId: string, api: RoomApi): Promise<Room | null> {
    const { provider, participants } = this.#options
    return findRoom(api, roomId, provider, participants)
  }

  /** Reads the room after a write. If the write was done, a failure of the read leaves its result unknown. */
  async #findAfterWrite(roomId: string, api: RoomApi, isWritten: boolean): Promise<Room> {
    const { provider } = this.#options
    const room = await this.#find(roomId, api).catch((error: unknown) => {
      throw isWritten ? outcomeUnknown(provider, error) : error
    })
    return requireAssignable(room, provider)
  }

  async #findOwnAgentId(api: RoomApi): Promise<string> {
    const agentId = await this.#options.directory.findOwnAgentId(api.call)
    if (agentId !== null) return agentId
    const detail = 'LiveChat does not say which agent the configured token belongs to.'
    throw new ChatError('FORBIDDEN', detail, { provider: this.#options.provider })
  }

  /** Throws CONFLICT for a room that another agent serves, or nobody. */
  #requireServedBy(room: Room, agentId: string): Room {
    const { provider } = this.#options
    if (isServedBy(room, agentId)) return room
    const [agent] = room.agents
    throw agent
      ? servedByAnother(agent, provider)
      : new ChatError('CONFLICT', AGENT_NOT_AVAILABLE, { provider })
  }

  async #transfer(
    roomId: string,
    transfer: Transfer,
    isDone: (room: Room) => boolean,
    api: RoomApi,
  ): Promise<void> {
    const body = { id: roomId, ...transfer, ignore_requester_presence: true }
    await reconcileWrite<unknown>({
      provider: this.#options.provider,
      write: () => api.write('transfer_chat', body, emptyResponse),
      readBack: async () => {
        const room = await this.#find(roomId, api)
        return room && isDone(room) ? true : null
      },
    })
  }

  /** Sends the comment as a note. The transfer is done, so a failure is logged and not reported to the caller. */
  async #note(roomId: string, comment: string | null, api: RoomApi): Promise<void> {
    if (comment === null) return
    const { provider, agentMessages } = this.#options
    const custom_id = createClientMessageId(roomId, api.author, null)
    const note = { type: 'message', text: comment, custom_id, visibility: 'agents' } as const
    try {
      await agentMessages.send(api, roomId, note, false)
    } catch (error) {
      api.call.log.warn({ err: error, provider }, 'the comment of a transfer could not be sent as a note')
    }
  }

  /** The chat was just read, so it is the agent that LiveChat does not find. */
  #toAgentError(error: unknown): unknown {
    const options = { provider: this.#options.provider, cause: error }
    if (isNotFoundError(error)) {
      return new ChatError('INVALID_INPUT', 'No such agent.', { ...options, field: 'agentId' })
    }
    if (hasErrorType(error, 'missing_access')) {
      return new ChatError('FORBIDDEN', 'The agent does not belong to the groups of the room.', options)
    }
    return isUnavailableError(error) ? new ChatError('CONFLICT', AGENT_NOT_AVAILABLE, options) : error
  }

  /** The chat was just read, so it is the group that LiveChat does not find. */
  #toGroupError(error: unknown): unknown {
    if (isNotFoundError(error)) return noSuchDepartment()
    const options = { provider: this.#options.provider, cause: error }
    return isUnavailableError(error) ? new ChatError('CONFLICT', GROUP_NOT_AVAILABLE, options) : error
  }
}

function noSuchDepartment(): ChatError {
  return invalidInput('departmentId', 'No such department.')
}

function isServedBy({ agents }: Room, agentId: string): boolean {
  return agents.some(({ nativeId }) => nativeId === agentId)
}

/** The types of "no agent can be assigned" are not documented (docs/providers/livechat.md 12.1). */
function isUnavailableError(error: unknown): boolean {
  return hasErrorType(
    error,
    'agent_offline',
    'group_offline',
    'groups_offline',
    'group_unavailable',
    'limit_reached',
  )
}

/** An unknown agent is a 422 (docs/providers/livechat.md 12.1), an unknown group probably a 404. */
function isNotFoundError(error: unknown): boolean {
  const isRuleError = error instanceof LiveChatError && error.type === 'validation' && error.status === 422
  return hasErrorType(error, 'not_found', 'group_not_found') || isRuleError
}

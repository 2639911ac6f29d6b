import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { Room } from '../../../domain/model.ts'
import { cached } from '../../shared/cache.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { requireAssignable, servedByAnother } from '../../shared/room-work.ts'
import type { RoomWork } from '../../shared/room-work-capabilities.ts'
import { hasErrorCode, isUnknownRoute } from '../errors.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { inquiryResponse, routingResponse } from './agent-wire.ts'

const INQUIRY = '/api/v1/livechat/inquiries.getOne'
const TAKE = '/api/v1/livechat/inquiries.take'
const FORWARD = '/api/v1/livechat/room.forward'
const RETURN = '/api/v1/livechat/inquiries.returnAsInquiry'
const ROUTING = '/api/v1/livechat/config/routing'

/** Administrators rarely change how rooms are routed. */
const ROUTING_TTL_MS = 60_000

/** Refusals that mean that the queue changed after it was read: the room then shows the reason. */
const STALE_INQUIRY_CODES = [
  'error-inquiry-taken',
  'error-taking-inquiry-lockedAt-mismatch',
  'error-not-found',
] as const

/** Refusals of `room.forward` that mean that the room is where it is to go. */
const ALREADY_THERE_CODES = [
  'error-selected-agent-room-agent-are-same',
  'error-forwarding-chat-same-department',
] as const

const NO_QUEUE =
  'This server assigns rooms automatically: a room that is returned to the queue would have no agent and could not be taken.'
const NO_RETURN_ROUTE = 'Only Rocket.Chat 7.13 and later can return a room to the queue.'

const NOT_TAKEN = 'The server did not assign the room: the agent may have as many rooms as allowed.'
const BEING_TAKEN = 'Another agent is taking the room.'
const STRANDED =
  'The room cannot be taken, because the server has no open inquiry for it. Use `assignRoom` to assign it to an agent.'

type ForwardTarget = { readonly userId: string } | { readonly departmentId: string }

/**
 * Takes, assigns, transfers and requeues rooms (docs/providers/rocketchat.md 12). Reads the room before each
 * write, because the server's refusals do not say who serves it.
 */
export class AgentRoomWork implements RoomWork {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #provider: string
  readonly #readReturnQueue = cached(ROUTING_TTL_MS, (call: CallContext) => this.#requestReturnQueue(call))
  #requeueDenialReason: string | null = null

  constructor(client: AgentClient, rooms: AgentRooms, provider: string) {
    this.#client = client
    this.#rooms = rooms
    this.#provider = provider
  }

  /** Why rooms cannot return to the queue, as far as the last request showed; null while nothing is known. */
  get requeueDenialReason(): string | null {
    return this.#requeueDenialReason
  }

  /** Makes the caller's own agent serve a room that nobody serves. */
  async take(roomId: string, call: CallContext): Promise<Room> {
    const agentId = this.#client.ownUserId(call)
    const room = await this.#findAssignable(roomId, call)
    if (room.agents.length > 0) return this.#requireServedBy(room, agentId)
    const inquiry = await this.#readInquiry(roomId, call)
    if (inquiry && !inquiry.isTaken) return this.#takeInquiry(inquiry.id, roomId, agentId, call)
    // Another agent has taken the room since it was read, or it is stranded: then only forwarding works.
    return this.#requireServedBy(await this.#findAssignable(roomId, call), agentId, STRANDED)
  }

  /**
   * Makes an agent serve the room. A room that nobody serves is taken for the agent, which needs fewer permissions than
   * forwarding; but only forwarding stores a comment, and only forwarding reaches a stranded room.
   */
  async assign(
    roomId: string,
    agentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null> {
    const room = await this.#findAssignable(roomId, call)
    if (isServedBy(room, agentId)) return room
    if (room.agents.length === 0 && comment === null) {
      const inquiry = await this.#readInquiry(roomId, call)
      if (inquiry && !inquiry.isTaken) return this.#takeInquiry(inquiry.id, roomId, agentId, call)
    }
    return this.#forward(roomId, { userId: agentId }, comment, call)
  }

  /** Transfers the room to a department. */
  async transfer(
    roomId: string,
    departmentId: string,
    comment: string | null,
    call: CallContext,
  ): Promise<Room | null> {
    const room = await this.#findAssignable(roomId, call)
    if (room.departmentId === departmentId) return room
    return this.#forward(roomId, { departmentId }, comment, call)
  }

  /** Returns the room to the queue, if the server then really queues it. */
  async requeue(roomId: string, call: CallContext): Promise<Room | null> {
    if (!(await this.#readReturnQueue(call))) throw this.#unsupported(this.#requeueDenialReason ?? NO_QUEUE)
    const room = await this.#findAssignable(roomId, call)
    if (room.agents.length === 0) return room
    const request = { method: 'POST', route: RETURN, body: { roomId }, permission: 'view-l-room' } as const
    const isQueued = async () => (await this.#rooms.readStatus(roomId, call)) === 'QUEUED'
    try {
      await this.#write(() => this.#client.send(request, emptyResponse, call), isQueued)
    } catch (error) {
      if (!isUnknownRoute(error)) throw error
      this.#requeueDenialReason = NO_RETURN_ROUTE
      throw this.#unsupported(NO_RETURN_ROUTE)
    }
    return null
  }

  async #findAssignable(roomId: string, call: CallContext): Promise<Room> {
    return requireAssignable(await this.#rooms.find(roomId, call), this.#provider)
  }

  /** Throws CONFLICT for a room that another agent serves, or with `unserved` for a room that nobody serves. */
  #requireServedBy(room: Room, agentId: string, unserved = ''): Room {
    const [agent] = room.agents
    if (agent?.nativeId === agentId) return room
    if (agent) throw servedByAnother(agent, this.#provider)
    throw new ChatError('CONFLICT', unserved, { provider: this.#provider })
  }

  /** Returns null for a room without an inquiry, such as one that was closed meanwhile. */
  #readInquiry(roomId: string, call: CallContext) {
    const request = {
      method: 'GET',
      route: INQUIRY,
      query: { roomId },
      permission: 'view-l-room',
    } as const
    return this.#client.send(request, inquiryResponse, call)
  }

  /**
   * Takes a room for an agent and reads it, because a success of the server proves nothing: for an agent who has as many
   * rooms as allowed it changes nothing.
   */
  async #takeInquiry(inquiryId: string, roomId: string, agentId: string, call: CallContext): Promise<Room> {
    const isOwn = agentId === this.#client.ownUserId(call)
    const body = { inquiryId, ...(!isOwn && { userId: agentId }) }
    // A refusal may concern the permissions of the other agent.
    const request = {
      method: 'POST',
      route: TAKE,
      body,
      ...(isOwn && { permission: 'view-l-room' }),
    } as const
    const isServed = async () => ((await this.#rooms.find(roomId, call))?.agents.length ?? 0) > 0
    let isAccepted = true
    try {
      await this.#write(() => this.#client.send(request, emptyResponse, call), isServed)
    } catch (error) {
      if (!STALE_INQUIRY_CODES.some((code) => hasErrorCode(error, code))) throw error
      isAccepted = false
    }
    const room = await this.#rooms.find(roomId, call).catch((error: unknown) => {
      throw isAccepted ? outcomeUnknown(this.#provider, error) : error
    })
    const assignable = requireAssignable(room, this.#provider)
    return this.#requireServedBy(assignable, agentId, isAccepted ? NOT_TAKEN : BEING_TAKEN)
  }

  /** Forwards the room and reads nothing. */
  async #forward(
    roomId: string,
    target: ForwardTarget,
    comment: string | null,
    call: CallContext,
  ): Promise<null> {
    const body = { roomId, ...target, ...(comment !== null && { comment }) }
    const request = { method: 'POST', route: FORWARD, body, permission: 'transfer-livechat-guest' } as const
    const isForwarded = async () => {
      const room = await this.#rooms.find(roomId, call)
      if (!room) return false
      return 'userId' in target ? isServedBy(room, target.userId) : room.departmentId === target.departmentId
    }
    try {
      await this.#write(() => this.#client.send(request, emptyResponse, call), isForwarded)
    } catch (error) {
      if (!ALREADY_THERE_CODES.some((code) => hasErrorCode(error, code))) throw error
    }
    return null
  }

  /** Sends a write once; after a lost response `isDone` reads the room. */
  async #write(write: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
    await reconcileWrite({
      provider: this.#provider,
      write: async () => {
        await write()
        return true
      },
      readBack: async () => ((await isDone()) ? true : null),
    })
  }

  /** Servers without the route cannot return rooms either: `inquiries.returnAsInquiry` is younger. */
  async #requestReturnQueue(call: CallContext): Promise<boolean> {
    const request = { method: 'GET', route: ROUTING } as const
    try {
      const hasQueue = (await this.#client.send(request, routingResponse, call)) === true
      this.#requeueDenialReason = hasQueue ? null : NO_QUEUE
      return hasQueue
    } catch (error) {
      if (!isUnknownRoute(error)) throw error
      this.#requeueDenialReason = NO_RETURN_ROUTE
      return false
    }
  }

  #unsupported(detail: string): ChatError {
    return new ChatError('UNSUPPORTED', detail, { provider: this.#provider })
  }
}

function isServedBy({ agents }: Room, agentId: string): boolean {
  return agents.some(({ nativeId }) => nativeId === agentId)
}

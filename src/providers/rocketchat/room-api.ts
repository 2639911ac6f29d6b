import type { CallContext } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MessageRef, Room } from '../../domain/model.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import type { AgentHistory } from './agent/agent-history.ts'
import type { AgentMessages } from './agent/agent-messages.ts'
import type { AgentRooms } from './agent/agent-rooms.ts'
import { hasErrorCode } from './errors.ts'
import type { NewMessage } from './room-messages.ts'
import type { VisitorMessages } from './visitor/visitor-messages.ts'
import type { VisitorRooms, WireHistoryPage } from './visitor/visitor-rooms.ts'
import type { WireMessage } from './wire.ts'

/** Rooms as one caller reaches them: a visitor with its own token, an operator as the service account. */
export interface RoomApi {
  /** Null where it is absent or not the caller's. */
  findRoom(roomId: string): Promise<Room | null>
  /** Up to `limit` messages before `end` (exclusive; null is the newest), newest first. */
  readHistory(roomId: string, end: Date | null, limit: number): Promise<WireHistoryPage>
  /** A visitor's comment is kept by no server. */
  closeRoom(roomId: string, comment: string | null): Promise<void>
  findMessage(ref: MessageRef): Promise<WireMessage | null>
  /** Throws where a message must not be posted although the server would take it. */
  assertCanPost(roomId: string): Promise<void>
  sendMessage(posting: NewMessage): Promise<WireMessage>
  updateMessage(ref: MessageRef, text: string): Promise<WireMessage>
  /** When, by the server's clock, where it says so. */
  deleteMessage(ref: MessageRef): Promise<Date | null>
  /** What the caller just wrote, told as the caller's where the answer to a write leaves that out. */
  withCallerAsAuthor(wire: WireMessage): WireMessage
}

/** What a visitor's token opens. */
export interface VisitorApi {
  readonly rooms: VisitorRooms
  readonly messages: VisitorMessages
}

/** What the service account opens. */
export interface AgentResources {
  readonly rooms: AgentRooms
  readonly history: AgentHistory
  readonly messages: AgentMessages
}

/** What the sides of one server are made of. */
export interface RoomApiOptions {
  readonly provider: string
  readonly visitor: VisitorApi
  /** Null without a service account. */
  readonly agent: AgentResources | null
  readonly accountTokens: AccountTokens
}

/** The side of whoever calls; `agent` is null without a service account. Throws UNAUTHENTICATED for who has none. */
export function roomApiFor(
  call: CallContext,
  { provider, visitor, agent, accountTokens }: RoomApiOptions,
): RoomApi {
  const { caller } = call
  if (caller.role === 'VISITOR')
    return accountBoundRoomApi(visitorRoomApi(visitor, caller.token, call), caller.token, accountTokens)
  if (caller.role === 'OPERATOR' && agent !== null) return agentRoomApi(agent, call)
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token or an operator’s key.', { provider })
}

/** The side of one visitor's token. */
export function visitorRoomApi({ rooms, messages }: VisitorApi, token: string, call: CallContext): RoomApi {
  return {
    findRoom: (roomId) => rooms.find(roomId, token, call),
    readHistory: (roomId, end, limit) => rooms.readHistory(roomId, token, end, limit, call),
    closeRoom: (roomId) => rooms.close(roomId, token, call),
    findMessage: (ref) => messages.find(ref, token, call),
    assertCanPost: async () => {},
    sendMessage: (posting) => messages.send(posting, token, call),
    updateMessage: (ref, text) => messages.update(ref, text, token, call),
    deleteMessage: (ref) => messages.delete(ref, token, call),
    withCallerAsAuthor: (wire) => ({ ...wire, token }),
  }
}

/** The same side for a token that may be another account's. A room or message that is not found proves nothing. */
function accountBoundRoomApi(side: RoomApi, token: string, accountTokens: AccountTokens): RoomApi {
  const isRefusal = (error: unknown) => hasErrorCode(error, 'invalid-token')
  const present = <T>(work: () => Promise<T>) => accountTokens.runWithToken(token, work, isRefusal)
  return {
    findRoom: (roomId) => present(() => side.findRoom(roomId)),
    readHistory: (roomId, end, limit) => present(() => side.readHistory(roomId, end, limit)),
    closeRoom: (roomId, comment) => present(() => side.closeRoom(roomId, comment)),
    findMessage: (ref) => present(() => side.findMessage(ref)),
    assertCanPost: side.assertCanPost,
    sendMessage: (posting) => present(() => side.sendMessage(posting)),
    updateMessage: (ref, text) => present(() => side.updateMessage(ref, text)),
    deleteMessage: (ref) => present(() => side.deleteMessage(ref)),
    withCallerAsAuthor: side.withCallerAsAuthor,
  }
}

function agentRoomApi({ rooms, history, messages }: AgentResources, call: CallContext): RoomApi {
  return {
    findRoom: (roomId) => rooms.find(roomId, call),
    readHistory: (roomId, end, limit) => history.read(roomId, end, limit, call),
    closeRoom: (roomId, comment) => rooms.close(roomId, comment, call),
    findMessage: (ref) => messages.find(ref, call),
    assertCanPost: (roomId) => messages.assertCanPost(roomId, call),
    sendMessage: (posting) => messages.send(posting, call),
    updateMessage: (ref, text) => messages.update(ref, text, call),
    deleteMessage: (ref) => messages.delete(ref, call),
    withCallerAsAuthor: (wire) => wire,
  }
}

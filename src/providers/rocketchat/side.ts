import type { Call } from '../../chat/adapter.ts'
import { ChatError } from '../../chat/errors.ts'
import type { MessageRef, Room } from '../../chat/model.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import type { AgentHistory } from './agent-history.ts'
import type { AgentMessages } from './agent-messages.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { isRefusedWith } from './errors.ts'
import type { Posting } from './messages.ts'
import type { VisitorRooms, WireHistory } from './visitor.ts'
import type { VisitorMessages } from './visitor-messages.ts'
import type { WireMessage } from './wire.ts'

/** Rooms as one caller reaches them: a visitor with its own token, an operator as the service account. */
export interface Side {
  /** Null where it is absent or not the caller's. */
  findRoom(roomId: string): Promise<Room | null>
  /** Up to `limit` messages before `end` (exclusive; null is the newest), newest first. */
  readHistory(roomId: string, end: Date | null, limit: number): Promise<WireHistory>
  /** A visitor's comment is kept by no server. */
  close(roomId: string, comment: string | null): Promise<void>
  findMessage(ref: MessageRef): Promise<WireMessage | null>
  /** Throws where a message must not be posted although the server would take it. */
  admitPost(roomId: string): Promise<void>
  post(posting: Posting): Promise<WireMessage>
  edit(ref: MessageRef, text: string): Promise<WireMessage>
  /** When, by the server's clock, where it says so. */
  remove(ref: MessageRef): Promise<Date | null>
  /** What the caller just wrote, told as the caller's where the answer to a write leaves that out. */
  own(wire: WireMessage): WireMessage
}

/** What a visitor's token opens. */
export interface VisitorAccess {
  readonly rooms: VisitorRooms
  readonly messages: VisitorMessages
}

/** What the service account opens. */
export interface AgentAccess {
  readonly rooms: AgentRooms
  readonly history: AgentHistory
  readonly messages: AgentMessages
}

/** What the sides of one server are made of. */
export interface SideOptions {
  readonly provider: string
  readonly visitor: VisitorAccess
  /** Null without a service account. */
  readonly agent: AgentAccess | null
  readonly accountTokens: AccountTokens
}

/** The side of whoever calls; `agent` is null without a service account. Throws UNAUTHENTICATED for who has none. */
export function sideOf(call: Call, { provider, visitor, agent, accountTokens }: SideOptions): Side {
  const { caller } = call
  if (caller.role === 'VISITOR')
    return ownTokenSide(visitorSide(visitor, caller.token, call), caller.token, accountTokens)
  if (caller.role === 'OPERATOR' && agent !== null) return agentSide(agent, call)
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token or an operator’s key.', { provider })
}

/** The side of one visitor's token. */
export function visitorSide({ rooms, messages }: VisitorAccess, token: string, call: Call): Side {
  return {
    findRoom: (roomId) => rooms.find(roomId, token, call),
    readHistory: (roomId, end, limit) => rooms.readHistory(roomId, token, end, limit, call),
    close: (roomId) => rooms.close(roomId, token, call),
    findMessage: (ref) => messages.find(ref, token, call),
    admitPost: async () => {},
    post: (posting) => messages.post(posting, token, call),
    edit: (ref, text) => messages.edit(ref, text, token, call),
    remove: (ref) => messages.remove(ref, token, call),
    own: (wire) => ({ ...wire, token }),
  }
}

/** The same side for a token that may be another account's. A room or message that is not found proves nothing. */
function ownTokenSide(side: Side, token: string, accountTokens: AccountTokens): Side {
  const isRefusal = (error: unknown) => isRefusedWith(error, 'invalid-token')
  const present = <T>(work: () => Promise<T>) => accountTokens.present(token, work, isRefusal)
  return {
    findRoom: (roomId) => present(() => side.findRoom(roomId)),
    readHistory: (roomId, end, limit) => present(() => side.readHistory(roomId, end, limit)),
    close: (roomId, comment) => present(() => side.close(roomId, comment)),
    findMessage: (ref) => present(() => side.findMessage(ref)),
    admitPost: side.admitPost,
    post: (posting) => present(() => side.post(posting)),
    edit: (ref, text) => present(() => side.edit(ref, text)),
    remove: (ref) => present(() => side.remove(ref)),
    own: side.own,
  }
}

function agentSide({ rooms, history, messages }: AgentAccess, call: Call): Side {
  return {
    findRoom: (roomId) => rooms.find(roomId, call),
    readHistory: (roomId, end, limit) => history.read(roomId, end, limit, call),
    close: (roomId, comment) => rooms.close(roomId, comment, call),
    findMessage: (ref) => messages.find(ref, call),
    admitPost: (roomId) => messages.admit(roomId, call),
    post: (posting) => messages.post(posting, call),
    edit: (ref, text) => messages.edit(ref, text, call),
    remove: (ref) => messages.remove(ref, call),
    own: (wire) => wire,
  }
}

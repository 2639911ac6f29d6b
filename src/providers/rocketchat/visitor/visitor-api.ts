import type { CallContext } from '../../../domain/adapter.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode } from '../errors.ts'
import type { ProviderOrigin } from '../map.ts'
import type { RoomApi } from '../room-api.ts'
import { VisitorMessages } from './visitor-messages.ts'
import { VisitorRooms } from './visitor-rooms.ts'

/** Requests that need a visitor token only. */
export interface VisitorApi {
  readonly rooms: VisitorRooms
  readonly messages: VisitorMessages
}

/** Creates the visitor API of one server. */
export function createVisitorApi(client: RocketChatClient, origin: ProviderOrigin): VisitorApi {
  const rooms = new VisitorRooms(client, origin)
  return { rooms, messages: new VisitorMessages(client, rooms) }
}

/** Creates the room API of one visitor token. The token must be this server's: see `accountBoundRoomApi` for any other. */
export function visitorRoomApi({ rooms, messages }: VisitorApi, token: string, call: CallContext): RoomApi {
  return {
    findRoom: (roomId) => rooms.find(roomId, token, call),
    readHistory: (roomId, end, limit) => rooms.readHistory(roomId, token, end, limit, call),
    closeRoom: (roomId) => rooms.close(roomId, token, call),
    findMessage: (ref) => messages.find(ref, token, call),
    assertCanPost: async () => {},
    sendMessage: (message) => messages.send(message, token, call),
    updateMessage: (ref, text) => messages.update(ref, text, token, call),
    deleteMessage: (ref) => messages.delete(ref, token, call),
    withCallerAsAuthor: (wire) => ({ ...wire, token }),
  }
}

/**
 * Wraps the room API of a token that may belong to another account, so that the token is sent to one account at a time.
 * A room or message that is not found does not prove that the server knows the token.
 */
export function accountBoundRoomApi(api: RoomApi, token: string, accountTokens: AccountTokens): RoomApi {
  const isUnknownToken = (error: unknown) => hasErrorCode(error, 'invalid-token')
  const run = <T>(request: () => Promise<T>) => accountTokens.runWithToken(token, request, isUnknownToken)
  return {
    ...api,
    findRoom: (roomId) => run(() => api.findRoom(roomId)),
    readHistory: (roomId, end, limit) => run(() => api.readHistory(roomId, end, limit)),
    closeRoom: (roomId, comment) => run(() => api.closeRoom(roomId, comment)),
    findMessage: (ref) => run(() => api.findMessage(ref)),
    sendMessage: (message) => run(() => api.sendMessage(message)),
    updateMessage: (ref, text) => run(() => api.updateMessage(ref, text)),
    deleteMessage: (ref) => run(() => api.deleteMessage(ref)),
  }
}

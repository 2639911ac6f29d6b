import type { CallContext } from '../../domain/adapter.ts'
import { NO_ROOM_DETAILS, type Room } from '../../domain/model.ts'
import type { VisitorRoom } from '../../domain/rooms.ts'
import { Memo } from '../shared/memo.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import type { AgentApi } from './agent/agent-api.ts'
import { mapRoom, type ProviderOrigin } from './map.ts'
import { type VisitorApi, VisitorRoomApi } from './visitor/visitor-api.ts'
import type { WireRoom } from './wire.ts'

export interface VisitorRoomListOptions {
  readonly origin: ProviderOrigin
  readonly visitor: VisitorApi
  /** Null without a service account: then closed rooms are missing. */
  readonly agent: AgentApi | null
  readonly accountTokens: AccountTokens
}

/**
 * Lists a visitor's own rooms. With the token alone the server shows the open one only; the service account shows all rooms of
 * that visitor, of which those with the token are returned (docs/providers/rocketchat.md 16.3).
 */
export class VisitorRoomList {
  readonly #options: VisitorRoomListOptions
  readonly #rooms = new Memo<WireRoom, Room>()

  constructor(options: VisitorRoomListOptions) {
    this.#options = options
  }

  /** Newest first; empty for callers that are no visitors. Throws `invalid-token`. */
  async list(call: CallContext): Promise<readonly VisitorRoom[]> {
    const { visitor, agent, accountTokens } = this.#options
    const { caller } = call
    if (caller.role !== 'VISITOR') return []
    const { token } = caller
    const identity = await new VisitorRoomApi(visitor, { token, call, accountTokens }).readIdentity()
    const history = (await agent?.visitorHistory.list({ ...identity, token }, call)) ?? []
    const { openRoomId } = identity
    const isListed = history.some(({ _id }) => _id === openRoomId)
    return [
      // The configuration contains only the ids of the open room.
      ...(openRoomId === null || isListed ? [] : [{ roomId: openRoomId, room: null }]),
      ...history.map((wire) => ({ roomId: wire._id, room: this.#map(wire) })),
    ]
  }

  #map(wire: WireRoom): Room {
    return this.#rooms.get(wire, [], () => {
      const room = mapRoom(wire, this.#options.origin)
      // A visitor can read the document of an open room. Of a closed one, the token grants what was said, not the agents' work.
      return wire.open ? room : { ...room, ...NO_ROOM_DETAILS, tags: [] }
    })
  }
}

import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { isUnexplainedError } from '../errors.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'

/** Tags of rooms. The last writer wins: two agents that set tags overwrite each other (docs/providers/rocketchat.md 14.1). */
export class AgentTags {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #provider: string

  constructor(client: AgentClient, rooms: AgentRooms, provider: string) {
    this.#client = client
    this.#rooms = rooms
    this.#provider = provider
  }

  /** Replaces the tags of a room, open or closed. After a lost response it reads them back, and sends them once more. */
  async set(roomId: string, tags: readonly string[], call: CallContext): Promise<void> {
    const request = await this.#createRequest(roomId, tags, call)
    try {
      await reconcileWrite({
        provider: this.#provider,
        write: async () => {
          await this.#client.send(request, emptyResponse, call)
          return true
        },
        readBack: async () => {
          const stored = await this.#rooms.readTags(roomId, call)
          return stored !== null && isSameSet(stored, tags) ? true : null
        },
        maxAttempts: 2,
      })
    } catch (error) {
      // A failure without a text concerns the visitor: the server saves the room at the same time, perhaps later.
      throw isUnexplainedError(error) ? outcomeUnknown(this.#provider, error) : error
    }
  }

  /** The server wants the visitor too, and keeps what is absent of it; absent tags would be removed. */
  async #createRequest(roomId: string, tags: readonly string[], call: CallContext) {
    const { visitorId } = await this.#rooms.getAccessible(roomId, call)
    if (visitorId === null) {
      const detail = 'The room has no visitor, and Rocket.Chat saves tags together with the visitor.'
      throw new ChatError('PROVIDER_ERROR', detail, { provider: this.#provider })
    }
    return {
      method: 'POST',
      route: '/api/v1/livechat/room.saveInfo',
      body: { guestData: { _id: visitorId }, roomData: { _id: roomId, tags } },
      permission: 'save-others-livechat-room-info',
    } as const
  }
}

function isSameSet(stored: readonly string[], tags: readonly string[]): boolean {
  return stored.length === tags.length && tags.every((tag) => stored.includes(tag))
}

import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, isNotFound } from '../../../domain/errors.ts'
import type { VisitorFeedback } from '../visitor/visitor-feedback.ts'
import type { AgentRooms } from './agent-rooms.ts'

/**
 * Requests transcripts for operators through the visitor route, with the token from the room's document: that route
 * also serves closed rooms, and mails at once. The agents' route serves open rooms only, and mails when they close
 * (docs/providers/rocketchat.md 19).
 */
export class AgentTranscripts {
  readonly #rooms: AgentRooms
  readonly #feedback: VisitorFeedback
  readonly #provider: string

  constructor(rooms: AgentRooms, feedback: VisitorFeedback, provider: string) {
    this.#rooms = rooms
    this.#feedback = feedback
    this.#provider = provider
  }

  /** First checks that the account may see the room. Throws CONFLICT for a room whose visitor was deleted. */
  async request(roomId: string, email: string, call: CallContext): Promise<void> {
    const { token } = await this.#rooms.getAccessible(roomId, call)
    if (token === null) throw this.#noVisitorError(null)
    try {
      await this.#feedback.requestTranscript(roomId, token, email, call)
    } catch (error) {
      throw isNotFound(error) ? this.#noVisitorError(error) : error
    }
  }

  #noVisitorError(cause: unknown): ChatError {
    const detail = 'The visitor of the room was deleted, and Rocket.Chat mails transcripts of visitors only.'
    return new ChatError('CONFLICT', detail, { provider: this.#provider, cause })
  }
}

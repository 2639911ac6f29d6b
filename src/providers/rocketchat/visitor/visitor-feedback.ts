import type { CallContext } from '../../../domain/adapter.ts'
import { notFound } from '../../../domain/errors.ts'
import type { RatingDraft } from '../../../domain/rooms.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, mayHaveBeenProcessed } from '../errors.ts'
import { sendRepeatableWrite } from '../reconcile-write.ts'

const SURVEY = '/api/v1/livechat/room.survey'
const TRANSCRIPT = '/api/v1/livechat/transcript'

/** The server finds the room by its id, and then compares the token (docs/providers/rocketchat.md 4.1, 19). */
const absentRoomCodes = ['error-invalid-room', 'error-invalid-visitor']

/** Ratings and transcripts of visitors, in open and in closed rooms (docs/providers/rocketchat.md 15, 19). */
export class VisitorFeedback {
  readonly #client: RocketChatClient
  readonly #provider: string

  constructor(client: RocketChatClient, provider: string) {
    this.#client = client
    this.#provider = provider
  }

  /** Rates the room. The server replaces the whole rating, so a lost response is followed by the same rating again. */
  async rate(
    roomId: string,
    token: string,
    { score, comment }: RatingDraft,
    call: CallContext,
  ): Promise<void> {
    const data = [
      { name: 'satisfaction', value: String(score) },
      ...(comment === null ? [] : [{ name: 'additionalFeedback', value: comment }]),
    ]
    const body = { token, rid: roomId, data }
    const request = { method: 'POST', route: SURVEY, body, visitorToken: token } as const
    await sendRepeatableWrite(this.#provider, () => this.#client.send(request, emptyResponse, call))
  }

  /**
   * Has the server mail the transcript now. A lost response is OUTCOME_UNKNOWN: nothing shows whether the mail was sent.
   * Throws NOT_FOUND for a room that is not the visitor's.
   */
  async requestTranscript(roomId: string, token: string, email: string, call: CallContext): Promise<void> {
    const body = { token, rid: roomId, email }
    const request = { method: 'POST', route: TRANSCRIPT, body, visitorToken: token } as const
    try {
      await this.#client.send(request, emptyResponse, call)
    } catch (error) {
      if (mayHaveBeenProcessed(error)) throw outcomeUnknown(this.#provider, error)
      const isAbsent = absentRoomCodes.some((code) => hasErrorCode(error, code))
      throw isAbsent ? notFound('room', this.#provider) : error
    }
  }
}

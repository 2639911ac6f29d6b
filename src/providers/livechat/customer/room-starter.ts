import { z } from 'zod'
import type { CallContext, RoomDraft, StartedRoom } from '../../../domain/adapter.ts'
import type { IdempotentWrites, WriteAttempt } from '../../../domain/idempotent-writes.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { detach } from '../../shared/request-options.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { LiveChatClient } from '../client.ts'
import { mayCompleteWithinMs } from '../completion-time.ts'
import { toChatError } from '../errors.ts'
import type { Participants } from '../participants.ts'
import { customerApi } from '../room-api.ts'
import { findRoom } from '../rooms.ts'
import type { CustomerTokens } from './customer-tokens.ts'
import type { Customers, StartedChat, TokenSource } from './customers.ts'

export interface RoomStarterOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly customers: Customers
  readonly customerTokens: CustomerTokens
  readonly participants: Participants
  readonly accountTokens: AccountTokens
  readonly idempotentWrites: IdempotentWrites
}

/** A customer's token, and its chat after it was started: the stored record of an idempotent write. */
type CustomerRecord = Pick<StartedChat, 'token'> & { readonly chatId: string | null }

const recordSchema = z.tuple([z.string(), z.string().nullable()])

/**
 * Starts rooms for new visitors. LiveChat chooses a customer's id and does not recognize repeated requests. With an
 * idempotency key the customer's token is stored before its chat is started, so that a repetition finds the chat.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #keyedStarts = new InFlightMap<CustomerRecord>()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** Starts a room, or returns the one that the same key started. Throws OUTCOME_UNKNOWN if it cannot be read back. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const { provider, client, participants, accountTokens } = this.#options
    const { idempotencyKey } = draft
    const { token, chatId } =
      idempotencyKey === null
        ? await this.#startChat(draft, call)
        : await this.#startOnce(draft, idempotencyKey, call)
    // Another process may have created the token.
    accountTokens.markAccepted(token)
    try {
      // The chat exists: the end of the operation's time must not hide it.
      const api = customerApi(token, client, accountTokens, detach(call))
      const room = await findRoom(api, chatId ?? '', provider, participants)
      if (room) return { room, visitorToken: token, visitorId: room.visitor?.nativeId ?? null }
    } catch (error) {
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a chat that was started is not there'))
  }

  #startOnce(draft: RoomDraft, idempotencyKey: string, call: CallContext): Promise<CustomerRecord> {
    const { name, email, departmentId, text } = draft
    const scope = ['startRoom', name, email, departmentId, text]
    return this.#keyedStarts.join(JSON.stringify([idempotencyKey, scope]), (signal) =>
      this.#runIdempotently(draft, { idempotencyKey, scope }, { ...call, signal }),
    )
  }

  async #runIdempotently(
    draft: RoomDraft,
    key: { readonly idempotencyKey: string; readonly scope: readonly (string | null)[] },
    call: CallContext,
  ): Promise<CustomerRecord> {
    const { provider, idempotentWrites } = this.#options
    const record = await idempotentWrites.run({
      provider,
      ...key,
      input: [],
      execute: async (attempt) =>
        encodeRecord(await this.#startChat(draft, call, this.#tokenSource(attempt, call))),
      reconcile: { find: (earlierRecord) => this.#findChat(earlierRecord, call), mayCompleteWithinMs },
    })
    return decodeRecord(record)
  }

  /** Reuses the token that an earlier attempt stored, or creates and stores a new one. */
  #tokenSource(attempt: WriteAttempt, call: CallContext): TokenSource {
    return {
      getToken: async () => {
        if (attempt.earlierRecord !== null) return decodeRecord(attempt.earlierRecord).token
        const token = await this.#options.customerTokens.create(call)
        await attempt.saveRecord(encodeRecord({ token, chatId: null }))
        return token
      },
      assertNotReplaced: () => attempt.assertNotReplaced(),
    }
  }

  /** Finds the chat that an attempt started. Without a stored token, no chat can have been started. */
  async #findChat(earlierRecord: string | null, call: CallContext): Promise<string | null> {
    const { provider, customers } = this.#options
    if (earlierRecord === null) return null
    const { token } = decodeRecord(earlierRecord)
    try {
      const chat = await customers.findChat(token, call)
      return chat && encodeRecord({ token, chatId: chat.chatId })
    } catch (error) {
      throw toChatError(error, provider)
    }
  }

  async #startChat(draft: RoomDraft, call: CallContext, tokenSource?: TokenSource): Promise<CustomerRecord> {
    const { provider, customers } = this.#options
    const { name, email, departmentId: groupId, text } = draft
    const customId = createClientMessageId('', 'VISITOR', null)
    const chat = { name, email, groupId, text, customId, offline: false }
    try {
      return await customers.startChat(chat, call, tokenSource)
    } catch (error) {
      throw toChatError(error, provider)
    }
  }
}

function encodeRecord({ token, chatId }: CustomerRecord): string {
  return JSON.stringify([token, chatId])
}

function decodeRecord(record: string): CustomerRecord {
  const [token, chatId] = recordSchema.parse(JSON.parse(record))
  return { token, chatId }
}

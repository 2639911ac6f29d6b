import { z } from 'zod'
import type { CallContext, RoomDraft, StartedRoom } from '../../../domain/adapter.ts'
import type { IdempotentWrites, WriteAttempt } from '../../../domain/idempotent-writes.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { LiveChatClient } from '../client.ts'
import { mayCompleteWithinMs } from '../completion-time.ts'
import { toChatError } from '../errors.ts'
import type { Participants } from '../participants.ts'
import { customerApi } from '../room-api.ts'
import { findRoom } from '../rooms.ts'
import type { Customers, StartedChat, TokenSource } from './customers.ts'

/** For which licence rooms are opened, and through what. */
export interface RoomStarterOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly customers: Customers
  readonly participants: Participants
  readonly accountTokens: AccountTokens
  readonly keyedWrites: IdempotentWrites
}

/** A customer's token, and its chat once that is started. */
type Opened = Pick<StartedChat, 'token'> & { readonly chatId: string | null }

const recordShape = z.tuple([z.string(), z.string().nullable()])

/**
 * Opens rooms for new visitors. LiveChat gives a customer the id it likes and recognises no repetition. With a key the
 * customer's token is kept before its chat is started: a repetition of the key finds the chat by it.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #underWay = new InFlightMap<Opened>()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** The new room, or the one that the same key began; OUTCOME_UNKNOWN where it cannot be shown. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const { provider, client, participants: people, accountTokens } = this.#options
    const { idempotencyKey } = draft
    const { token, chatId } =
      idempotencyKey === null ? await this.#begin(draft, call) : await this.#once(draft, idempotencyKey, call)
    // Another process may have made it.
    accountTokens.markAccepted(token)
    try {
      const side = customerApi(token, client, accountTokens, call)
      const room = await findRoom(side, chatId ?? '', provider, people)
      if (room) return { room, visitorToken: token }
    } catch (error) {
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a chat that was started is not there'))
  }

  #once(draft: RoomDraft, idempotencyKey: string, call: CallContext): Promise<Opened> {
    const { name, email, departmentId, text } = draft
    const scope = ['startRoom', name, email, departmentId, text]
    return this.#underWay.join(JSON.stringify([idempotencyKey, scope]), (signal) =>
      this.#claimed(draft, { idempotencyKey, scope }, { ...call, signal }),
    )
  }

  async #claimed(
    draft: RoomDraft,
    key: { readonly idempotencyKey: string; readonly scope: readonly (string | null)[] },
    call: CallContext,
  ): Promise<Opened> {
    const { provider, keyedWrites } = this.#options
    const record = await keyedWrites.run({
      provider,
      ...key,
      input: [],
      execute: async (attempt) => encode(await this.#begin(draft, call, this.#minting(attempt, call))),
      reconcile: { find: (noted) => this.#find(noted, call), mayCompleteWithinMs: mayCompleteWithinMs },
    })
    return decode(record)
  }

  /** Takes the token that an earlier attempt noted, or notes a new one. */
  #minting(attempt: WriteAttempt, call: CallContext): TokenSource {
    return {
      getToken: async () => {
        if (attempt.earlierRecord !== null) return decode(attempt.earlierRecord).token
        const token = await this.#options.customers.createToken(call)
        await attempt.saveRecord(encode({ token, chatId: null }))
        return token
      },
      assertNotReplaced: () => attempt.assertNotReplaced(),
    }
  }

  /** Where no token was noted, no chat can have been started. */
  async #find(noted: string | null, call: CallContext): Promise<string | null> {
    const { provider, customers: visitors } = this.#options
    if (noted === null) return null
    const { token } = decode(noted)
    try {
      const chat = await visitors.findChat(token, call)
      return chat && encode({ token, chatId: chat.chatId })
    } catch (error) {
      throw toChatError(error, provider)
    }
  }

  async #begin(draft: RoomDraft, call: CallContext, minting?: TokenSource): Promise<Opened> {
    const { provider, customers: visitors } = this.#options
    const { name, email, departmentId: groupId, text } = draft
    const customId = createClientMessageId('', 'VISITOR', null)
    try {
      return await visitors.startChat({ name, email, groupId, text, customId, offline: false }, call, minting)
    } catch (error) {
      throw toChatError(error, provider)
    }
  }
}

function encode({ token, chatId }: Opened): string {
  return JSON.stringify([token, chatId])
}

function decode(record: string): Opened {
  const [token, chatId] = recordShape.parse(JSON.parse(record))
  return { token, chatId }
}

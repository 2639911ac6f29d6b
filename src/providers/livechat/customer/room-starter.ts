import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import type { IdempotentWrite, IdempotentWrites, WriteAttempt } from '../../../domain/idempotent-writes.ts'
import type { RoomDraft, StartedRoom } from '../../../domain/rooms.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { InFlightMap } from '../../shared/in-flight-map.ts'
import { detach } from '../../shared/request-options.ts'
import { roomDraftTexts } from '../../shared/room-draft.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { LiveChatClient } from '../client.ts'
import { mayCompleteWithinMs } from '../completion-time.ts'
import { hasErrorType, toChatError } from '../errors.ts'
import type { Participants } from '../participants.ts'
import { customerApi, type RoomApi } from '../room-api.ts'
import { findRoom } from '../rooms.ts'
import type { CustomerServices } from './customer-services.ts'
import type { StartedChat, TokenSource } from './customers.ts'
import { fillForm } from './filled-form.ts'
import type { PreChatForms } from './pre-chat-forms.ts'
import type { NewChat } from './start-chat-body.ts'

export interface RoomStarterOptions {
  readonly provider: string
  readonly client: LiveChatClient
  readonly customers: CustomerServices
  readonly participants: Participants
  readonly accountTokens: AccountTokens
  readonly idempotentWrites: IdempotentWrites
  readonly forms: PreChatForms
}

/** A draft with its answers as LiveChat expects them. */
type FilledDraft = RoomDraft & Pick<NewChat, 'form'>

/** A key, with what it belongs to. */
type IdempotencyKey = Pick<IdempotentWrite, 'idempotencyKey' | 'scope'>

/** A customer's token, and its chat after it was started: the stored record of an idempotent write. */
type CustomerRecord = Pick<StartedChat, 'token'> & { readonly chatId: string | null }

const recordSchema = z.tuple([z.string(), z.string().nullable()])

/**
 * Starts rooms for new visitors, and for the visitor whose token the caller sends. LiveChat chooses a customer's id and does
 * not recognize repeated requests. With an idempotency key the token of a new customer is stored before its chat is started,
 * so that a repetition finds the chat; that of a known customer has the first message under an id that is derived from the key.
 */
export class RoomStarter {
  readonly #options: RoomStarterOptions
  readonly #keyedStarts = new InFlightMap<CustomerRecord>()

  constructor(options: RoomStarterOptions) {
    this.#options = options
  }

  /** Starts a room, or returns the one that the same key started. Throws OUTCOME_UNKNOWN if it cannot be read back. */
  async start(draft: RoomDraft, call: CallContext): Promise<StartedRoom> {
    const { provider, participants, accountTokens } = this.#options
    const { token, chatId } = await this.#findOrStart(await this.#fillForm(draft, call), call)
    // Another process may have created the token.
    accountTokens.markAccepted(token)
    try {
      // The chat exists: the end of the operation's time must not hide it.
      const api = this.#apiOf(token, detach(call))
      const room = await findRoom(api, chatId ?? '', provider, participants)
      if (room) return { room, visitorToken: token, visitorId: room.visitor?.nativeId ?? null }
    } catch (error) {
      // The chat was started earlier, and the token has expired since.
      if (hasErrorType(error, 'authentication')) throw error
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a chat that was started is not there'))
  }

  /** Fills in the form that the draft answers, before anything is written. */
  async #fillForm(draft: RoomDraft, call: CallContext): Promise<FilledDraft> {
    if (draft.preChatAnswers.length === 0) return { ...draft, form: null }
    const readForm = this.#translateErrors(() => this.#options.forms.read(draft.departmentId, call))
    return { ...draft, form: fillForm(await readForm(), draft, this.#options.provider) }
  }

  #findOrStart(draft: FilledDraft, call: CallContext): Promise<CustomerRecord> {
    const { idempotencyKey } = draft
    if (idempotencyKey !== null) return this.#startOnce(draft, idempotencyKey, call)
    const { caller } = call
    return caller.role === 'VISITOR'
      ? this.#openChat(toNewChat(draft), caller.token, call)
      : this.#startChat(draft, call)
  }

  #startOnce(draft: FilledDraft, idempotencyKey: string, call: CallContext): Promise<CustomerRecord> {
    const scope = ['startRoom', ...roomDraftTexts(draft)]
    const { caller } = call
    return this.#keyedStarts.join(JSON.stringify([idempotencyKey, scope]), (signal) => {
      const key = { idempotencyKey, scope }
      const shared = { ...call, signal }
      return caller.role === 'VISITOR'
        ? this.#openIdempotently(draft, key, caller.token, shared)
        : this.#runIdempotently(draft, key, shared)
    })
  }

  async #runIdempotently(
    draft: FilledDraft,
    key: IdempotencyKey,
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

  async #openIdempotently(
    draft: FilledDraft,
    key: IdempotencyKey,
    token: string,
    call: CallContext,
  ): Promise<CustomerRecord> {
    const { provider, idempotentWrites, customers } = this.#options
    const chat = toNewChat(draft)
    const toRecord = (chatId: string) => encodeRecord({ token, chatId })
    const record = await idempotentWrites.run({
      provider,
      ...key,
      input: [],
      execute: async (attempt) =>
        encodeRecord(await this.#openChat(chat, token, call, () => attempt.assertNotReplaced())),
      reconcile: {
        find: this.#translateErrors(async () => {
          const chatId = await customers.returningCustomers.findOpened(chat, this.#apiOf(token, call))
          return chatId === null ? null : toRecord(chatId)
        }),
        mayCompleteWithinMs,
      },
    })
    return decodeRecord(record)
  }

  /** Reuses the token that an earlier attempt stored, or creates and stores a new one. */
  #tokenSource(attempt: WriteAttempt, call: CallContext): TokenSource {
    return {
      getToken: async () => {
        if (attempt.earlierRecord !== null) return decodeRecord(attempt.earlierRecord).token
        const token = await this.#options.customers.tokens.create(call)
        await attempt.saveRecord(encodeRecord({ token, chatId: null }))
        return token
      },
      assertNotReplaced: () => attempt.assertNotReplaced(),
    }
  }

  /** Finds the chat that an attempt started. Without a stored token, no chat can have been started. */
  async #findChat(earlierRecord: string | null, call: CallContext): Promise<string | null> {
    if (earlierRecord === null) return null
    const { token } = decodeRecord(earlierRecord)
    const { newCustomers } = this.#options.customers
    const chat = await this.#translateErrors(() => newCustomers.findChat(token, call))()
    return chat && encodeRecord({ token, chatId: chat.chatId })
  }

  #startChat(draft: FilledDraft, call: CallContext, tokenSource?: TokenSource): Promise<CustomerRecord> {
    const { newCustomers } = this.#options.customers
    return this.#translateErrors(() => newCustomers.startChat(toNewChat(draft), call, tokenSource))()
  }

  /** Opens the chat of the customer with this token. `assertNotReplaced` is called before each write to it. */
  async #openChat(
    chat: NewChat,
    token: string,
    call: CallContext,
    assertNotReplaced = () => {},
  ): Promise<CustomerRecord> {
    const { returningCustomers } = this.#options.customers
    const open = () => returningCustomers.openChat(chat, this.#apiOf(token, call), assertNotReplaced)
    return { token, chatId: await this.#translateErrors(open)() }
  }

  #apiOf(token: string, call: CallContext): RoomApi {
    return customerApi(token, this.#options.client, this.#options.accountTokens, call)
  }

  get #translateErrors() {
    return translateErrorsWith((error) => toChatError(error, this.#options.provider))
  }
}

/** With an idempotency key, the id of the first message is derived from it. */
function toNewChat(draft: FilledDraft): NewChat {
  const { name, email, phone, customFields, departmentId: groupId, text, form, idempotencyKey } = draft
  const customId = createClientMessageId('', 'VISITOR', idempotencyKey)
  return { name, email, phone, customFields, groupId, text, form, customId, offline: false }
}

function encodeRecord({ token, chatId }: CustomerRecord): string {
  return JSON.stringify([token, chatId])
}

function decodeRecord(record: string): CustomerRecord {
  const [token, chatId] = recordSchema.parse(JSON.parse(record))
  return { token, chatId }
}

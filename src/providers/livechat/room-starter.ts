import { z } from 'zod'
import type { Call, RoomDraft, StartedRoom } from '../../chat/adapter.ts'
import type { KeyedWrites, WriteAttempt } from '../../chat/keyed-writes.ts'
import { outcomeUnknown } from '../failures.ts'
import { messageKey } from '../keys.ts'
import { UnderWay } from '../under-way.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import { toChatError } from './errors.ts'
import { landsInMs } from './landing.ts'
import type { People } from './people.ts'
import { findRoom } from './rooms.ts'
import { visitorSide } from './side.ts'
import type { V3Client } from './v3-client.ts'
import type { Begun, Minting, Visitors } from './visitors.ts'

/** For which licence rooms are opened, and through what. */
export interface StarterOptions {
  readonly provider: string
  readonly client: V3Client
  readonly visitors: Visitors
  readonly people: People
  readonly accountTokens: AccountTokens
  readonly keyedWrites: KeyedWrites
}

/** A customer's token, and its chat once that is started. */
type Opened = Pick<Begun, 'token'> & { readonly chatId: string | null }

const recordShape = z.tuple([z.string(), z.string().nullable()])

/**
 * Opens rooms for new visitors. LiveChat gives a customer the id it likes and recognises no repetition. With a key the
 * customer's token is kept before its chat is started: a repetition of the key finds the chat by it.
 */
export class RoomStarter {
  readonly #options: StarterOptions
  readonly #underWay = new UnderWay<Opened>()

  constructor(options: StarterOptions) {
    this.#options = options
  }

  /** The new room, or the one that the same key began; OUTCOME_UNKNOWN where it cannot be shown. */
  async start(draft: RoomDraft, call: Call): Promise<StartedRoom> {
    const { provider, client, people, accountTokens } = this.#options
    const { idempotencyKey } = draft
    const { token, chatId } =
      idempotencyKey === null ? await this.#begin(draft, call) : await this.#once(draft, idempotencyKey, call)
    // Another process may have made it.
    accountTokens.accept(token)
    try {
      const side = visitorSide(token, client, accountTokens, call)
      const room = await findRoom(side, chatId ?? '', provider, people)
      if (room) return { room, visitorToken: token }
    } catch (error) {
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a chat that was started is not there'))
  }

  #once(draft: RoomDraft, idempotencyKey: string, call: Call): Promise<Opened> {
    const { name, email, departmentId, text } = draft
    const scope = ['startRoom', name, email, departmentId, text]
    return this.#underWay.join(JSON.stringify([idempotencyKey, scope]), (signal) =>
      this.#claimed(draft, { idempotencyKey, scope }, { ...call, signal }),
    )
  }

  async #claimed(
    draft: RoomDraft,
    key: { readonly idempotencyKey: string; readonly scope: readonly (string | null)[] },
    call: Call,
  ): Promise<Opened> {
    const { provider, keyedWrites } = this.#options
    const record = await keyedWrites.run({
      provider,
      ...key,
      input: [],
      do: async (attempt) => encode(await this.#begin(draft, call, this.#minting(attempt, call))),
      reconcile: { find: (noted) => this.#find(noted, call), landsInMs },
    })
    return decode(record)
  }

  /** Takes the token that an earlier attempt noted, or notes a new one. */
  #minting(attempt: WriteAttempt, call: Call): Minting {
    return {
      token: async () => {
        if (attempt.noted !== null) return decode(attempt.noted).token
        const token = await this.#options.visitors.newToken(call)
        await attempt.note(encode({ token, chatId: null }))
        return token
      },
      demandCurrent: () => attempt.demandCurrent(),
    }
  }

  /** Where no token was noted, no chat can have been started. */
  async #find(noted: string | null, call: Call): Promise<string | null> {
    const { provider, visitors } = this.#options
    if (noted === null) return null
    const { token } = decode(noted)
    try {
      const chat = await visitors.findChat(token, call)
      return chat && encode({ token, chatId: chat.chatId })
    } catch (error) {
      throw toChatError(error, provider)
    }
  }

  async #begin(draft: RoomDraft, call: Call, minting?: Minting): Promise<Opened> {
    const { provider, visitors } = this.#options
    const { name, email, departmentId: groupId, text } = draft
    const customId = messageKey('', 'VISITOR', null)
    try {
      return await visitors.begin({ name, email, groupId, text, customId, offline: false }, call, minting)
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

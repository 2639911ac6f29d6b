import { createHash } from 'node:crypto'
import type { Call, RoomDraft, StartedRoom } from '../../chat/adapter.ts'
import { ChatError } from '../../chat/errors.ts'
import { outcomeUnknown } from '../failures.ts'
import { messageKey } from '../keys.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import { toChatError } from './errors.ts'
import type { People } from './people.ts'
import { findRoom } from './rooms.ts'
import { visitorSide } from './side.ts'
import type { V3Client } from './v3-client.ts'
import type { Begun, Visitors } from './visitors.ts'

const KEYS_KEPT = 10_000

/** For which licence rooms are opened, and through what. */
export interface StarterOptions {
  readonly provider: string
  readonly client: V3Client
  readonly visitors: Visitors
  readonly people: People
  readonly accountTokens: AccountTokens
}

/**
 * Opens rooms for new visitors. LiveChat gives a customer the id it likes and recognises no repetition, so the same
 * key with the same input finds the same room for as long as this process lives.
 */
export class RoomStarter {
  readonly #options: StarterOptions
  readonly #begun = new Map<string, Promise<Begun>>()

  constructor(options: StarterOptions) {
    this.#options = options
  }

  /** The new room, or the one that the same key began; OUTCOME_UNKNOWN where it cannot be shown. */
  async start(draft: RoomDraft, call: Call): Promise<StartedRoom> {
    const { provider, client, people, accountTokens } = this.#options
    const { token, chatId } = await this.#once(draft, call)
    try {
      const room = await findRoom(visitorSide(token, client, accountTokens, call), chatId, provider, people)
      if (room) return { room, visitorToken: token }
    } catch (error) {
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a chat that was started is not there'))
  }

  #once(draft: RoomDraft, call: Call): Promise<Begun> {
    const { idempotencyKey, name, email, departmentId, text } = draft
    if (idempotencyKey === null) return this.#begin(draft, call)
    const input = JSON.stringify([idempotencyKey, name, email, departmentId, text])
    const key = createHash('sha256').update(input).digest('base64url')
    const known = this.#begun.get(key)
    if (known !== undefined) return known
    // Others may come to wait for the same room: nobody's leaving may end it.
    const begun = this.#begin(draft, { ...call, signal: new AbortController().signal })
    this.#keep(key, begun)
    return begun
  }

  async #begin(draft: RoomDraft, call: Call): Promise<Begun> {
    const { provider, visitors } = this.#options
    const { name, email, departmentId: groupId, text } = draft
    const customId = messageKey('', 'VISITOR', null)
    try {
      return await visitors.begin({ name, email, groupId, text, customId, offline: false }, call)
    } catch (error) {
      throw toChatError(error, provider)
    }
  }

  #keep(key: string, begun: Promise<Begun>): void {
    this.#begun.set(key, begun)
    const [oldest] = this.#begun.keys()
    if (this.#begun.size > KEYS_KEPT && oldest !== undefined) this.#begun.delete(oldest)
    begun.catch((error: unknown) => {
      // What certainly did not happen may be tried again under the same key.
      const unknown = error instanceof ChatError && error.code === 'OUTCOME_UNKNOWN'
      if (!unknown && this.#begun.get(key) === begun) this.#begun.delete(key)
    })
  }
}

import type { Call, Registry } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import type { ChatError } from '../chat/errors.ts'
import type { Hub } from '../live/hub.ts'
import type { Loaders } from '../loaders/loaders.ts'
import type { Outbox } from '../offline/outbox.ts'

/** What every resolver is given. One per operation; a subscription renews `loaders` for each event. */
export interface Context {
  /** Who acts, and the signal that says when nobody waits any more. */
  readonly call: Call
  /** Who presented the request. */
  readonly presented: Caller
  readonly registry: Registry
  readonly hub: Pick<Hub, 'watch' | 'nudge'>
  readonly outbox: Pick<Outbox, 'send'>
  readonly loaders: Loaders
  /** Gives `loaders` anew, so that an event shows what is, not what an earlier event found. */
  renewLoaders(): void
  /** Goes on as somebody else: who has just become a visitor sees its new room with its new token. */
  actAs(caller: Caller): void
  /** Failures that cost a part of an answer and no field of it; they are told beside the answer. */
  readonly partial: PartialFailure[]
}

export interface PartialFailure {
  readonly path: readonly (string | number)[]
  readonly error: ChatError
}

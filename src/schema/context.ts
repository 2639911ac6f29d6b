import type { AdapterRegistry, CallContext } from '../domain/adapter.ts'
import type { Caller } from '../domain/caller.ts'
import type { ChatError } from '../domain/errors.ts'
import type { Hub } from '../live/hub.ts'
import type { Loaders } from '../loaders/loaders.ts'
import type { OfflineMessageFeed } from '../offline/offline-message-feed.ts'
import type { Outbox } from '../offline/outbox.ts'
import type { StoredMessageList } from '../offline/stored-message-list.ts'

/** What every resolver is given. One per operation; a subscription renews `loaders` for each event. */
export interface Context {
  /** Who acts, and the signal that says when nobody waits any more. */
  readonly call: CallContext
  /** Who sent the request. */
  readonly initialCaller: Caller
  /** The client's address as limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** Where a stream that was lost goes on, as the transport was told: it wins over the operation's own start. */
  readonly resumeAfter: string | null
  readonly registry: AdapterRegistry
  readonly hub: Pick<
    Hub,
    'getRoomLiveState' | 'getAccountLiveState' | 'requestPoll' | 'subscribeToActivity' | 'subscribe'
  >
  readonly outbox: Pick<Outbox, 'send' | 'retry' | 'discard' | 'erase'>
  /** What the gateway keeps of offline messages. */
  readonly storedMessages: Pick<StoredMessageList, 'find' | 'read' | 'count' | 'withoutStored'>
  readonly offlineMessageFeed: Pick<OfflineMessageFeed, 'subscribe'>
  readonly mutationLimits: MutationLimits
  /** The upstream calls of this operation, or of this event of a subscription. */
  readonly upstreamCalls: UpstreamCalls
  readonly loaders: Loaders
  /** Gives `loaders` anew, so that an event shows what is, not what an earlier event found; its calls count anew too. */
  renewLoaders(): void
  /** Goes on as somebody else: who has just become a visitor sees its new room with its new token. */
  actAs(caller: Caller): void
  /** Failures that cost a part of an answer and no field of it; they are told beside the answer. */
  readonly partialFailures: PartialFailure[]
}

/** Upstream calls of one operation. */
export interface UpstreamCalls {
  readonly spent: number
  readonly limit: number
  /** Whom the limit is for, in words. */
  readonly callerDescription: string
  /** Whether the caller came with a credential that a provider or the gateway has accepted. */
  readonly isVerified: boolean
}

/** Bounds how many mutations each caller sends, over all its operations and connections. */
export interface MutationLimits {
  /** Counts one mutation of a caller. Resolves to null where it is accepted, else to the reason. */
  consume(caller: Caller, address: string | null): Promise<ChatError | null>
  /** Reads what a caller has left; null where it is not limited. */
  budget(caller: Caller, address: string | null): Promise<MutationBudget | null>
}

/** What a caller has left of its mutations. */
export interface MutationBudget {
  /** Mutations per minute. */
  readonly limit: number
  /** Mutations that are accepted beyond the limit, once in ten minutes. */
  readonly burst: number
  /** Mutations that are accepted now, the burst included. */
  readonly remaining: number
  /** Milliseconds until the current minute ends; 0 where none has begun. */
  readonly resetMs: number
}

/** A failure, and the response path of the field that it cost a part of. */
export interface PartialFailure {
  readonly path: readonly (string | number)[]
  readonly error: ChatError
}

import type { AdapterRegistry, CallContext } from '../domain/adapter.ts'
import type { Caller } from '../domain/caller.ts'
import type { ChatError } from '../domain/errors.ts'
import type { RenewalTokens } from '../domain/renewal-tokens.ts'
import type { EventErasure } from '../live/event-erasure.ts'
import type { Hub } from '../live/hub.ts'
import type { SignalHub } from '../live/signals/signal-hub.ts'
import type { Loaders } from '../loaders/loaders.ts'
import type { OfflineMessageFeed } from '../offline/offline-message-feed.ts'
import type { Outbox } from '../offline/outbox.ts'
import type { StoredMessageList } from '../offline/stored-message-list.ts'
import type { MutationAllowance } from './mutation-allowance.ts'

/** Context of all resolvers. One per operation; a subscription renews `loaders` for each event. */
export interface Context {
  /** The caller on whose behalf the operation acts, and the signal that aborts when no client waits for the result. */
  readonly call: CallContext
  /** The caller that sent the request; `call.caller` differs after `startRoom`. */
  readonly initialCaller: Caller
  /** The client's address as rate limits count it; null for an execution that several clients share. */
  readonly clientAddress: string | null
  /** Cursor that the transport received to resume a stream (Last-Event-ID). It overrides the operation's argument. */
  readonly resumeAfter: string | null
  readonly registry: AdapterRegistry
  readonly hub: Pick<
    Hub,
    'getRoomLiveState' | 'getAccountLiveState' | 'requestPoll' | 'subscribeToActivity' | 'subscribe'
  > & { readonly signals: Pick<SignalHub, 'subscribe'> }
  readonly eventErasure: Pick<EventErasure, 'erase'>
  readonly outbox: Pick<Outbox, 'send' | 'retry' | 'discard' | 'erase'>
  /** Offline messages in the gateway's own store. */
  readonly storedMessages: Pick<
    StoredMessageList,
    'find' | 'read' | 'count' | 'countWaiting' | 'withoutStored'
  >
  readonly offlineMessageFeed: Pick<OfflineMessageFeed, 'subscribe'>
  readonly mutationLimits: MutationLimits
  readonly renewalTokens: RenewalTokens
  /** Called when a mutation has ended: a query that begins later must see its effect. */
  readonly onMutationEnd: () => void
  /** Upstream calls of this operation, or of the current event of a subscription. */
  readonly upstreamCalls: UpstreamCalls
  readonly loaders: Loaders
  /** Empties `loaders` and resets `upstreamCalls`, so that an event does not show what an earlier event loaded. */
  renewLoaders(): void
  /** Changes the acting caller and empties `loaders`. `startRoom` does, so that its payload reads the room with the new visitor's token. */
  actAs(caller: Caller): void
  /** Failures that make a result incomplete without failing a field; reported in `errors` of the response. */
  readonly partialFailures: PartialFailure[]
}

/** Number and limit of the upstream calls of one operation. */
export interface UpstreamCalls {
  readonly spent: number
  readonly limit: number
  /** The kind of caller that the limit applies to, for error messages. */
  readonly callerDescription: string
  /** Whether a provider or the gateway has accepted the caller's credential. */
  readonly isVerified: boolean
}

/** Limits the mutations of each caller, over all its operations and connections. */
export interface MutationLimits {
  /** Counts one mutation of a caller; a write where no allowance is named. Resolves to null if it is accepted, else to the error. */
  consume(caller: Caller, address: string | null, allowance?: MutationAllowance): Promise<ChatError | null>
  /** Reads the caller's remaining writes; null for a caller without a limit. */
  budget(caller: Caller, address: string | null): Promise<MutationBudget | null>
}

/** A caller's limit of mutations and what remains of it. */
export interface MutationBudget {
  /** Mutations per minute. */
  readonly limit: number
  /** Mutations that are accepted beyond the limit, once per ten minutes. */
  readonly burst: number
  /** Mutations that are accepted now, including the burst. */
  readonly remaining: number
  /** Milliseconds until the current minute ends; 0 if none has begun. */
  readonly resetMs: number
}

/** A failure, and the response path of the field that is incomplete because of it. */
export interface PartialFailure {
  readonly path: readonly (string | number)[]
  readonly error: ChatError
}

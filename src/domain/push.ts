import type { Caller } from './caller.ts'
import type { ChatError } from './errors.ts'
import type { Message, Room } from './model.ts'
import type { PushedSignal } from './signals.ts'

/**
 * A change in a room that a provider pushes over its own socket. `Message` is a new message, or a message in a new version
 * (edited, or marked as deleted). `RoomChanged`: the room's own state changed; `room` is the new state in the subscribed
 * caller's view, null where the push does not contain it. `Unreadable`: something changed that the push does not show, so
 * the room must be read.
 */
export type PushedChange =
  | { readonly type: 'Message'; readonly message: Message }
  | { readonly type: 'MessageDeleted'; readonly messageId: string }
  | { readonly type: 'RoomChanged'; readonly room: Room | null }
  | { readonly type: 'Unreadable' }

/** Receives the state of a subscription to a provider's push. */
export interface PushStateReceiver {
  /**
   * The provider has accepted the caller's credential for what is subscribed to, and pushes from now on. It is called again
   * after each reconnection: what happened meanwhile was not pushed.
   */
  onLive(): void
  /**
   * The provider pushes nothing more for now. `isFinal`: the adapter does not try again until somebody subscribes anew.
   * `reason` is for operators; it contains no credential and no text of a visitor. `error`, where the provider refused this
   * caller: the error that a read would throw (UNAUTHENTICATED, NOT_FOUND).
   */
  onDown(reason: string, isFinal: boolean, error?: ChatError): void
}

/** Receives what a provider pushes of one room. It is never called after the subscription was closed. */
export interface RoomPushReceiver extends PushStateReceiver {
  onChange(change: PushedChange): void
}

/** Receives the signals of one room. */
export interface SignalReceiver extends PushStateReceiver {
  onSignal(signal: PushedSignal): void
}

/** Receives which rooms of an account have activity. */
export interface AccountPushReceiver extends PushStateReceiver {
  onActivity(roomId: string): void
}

/** A subscription to a provider's push, until it is closed. */
export interface PushSubscription {
  /** `performance.now()` at which its socket last showed life; null while it has none. */
  readonly aliveAt: number | null
  close(): void
}

/**
 * What a provider pushes over sockets of its own. Push has no replay, promises no order and may repeat or lose a change:
 * polls compare. The adapter shares sockets between subscriptions, and reconnects them by itself.
 */
export interface ProviderPush {
  /** Why this caller receives no push, for any room; null where it does. Sends nothing. */
  denialReason(caller: Caller): string | null
  /** Subscribes to the messages of a room with the caller's credential. */
  subscribeToRoom(roomId: string, caller: Caller, receiver: RoomPushReceiver): PushSubscription
  /** Subscribes to typing, seen and queue position of a room with the caller's credential. */
  subscribeToSignals(roomId: string, caller: Caller, receiver: SignalReceiver): PushSubscription
  /** Subscribes to all rooms of the account, with the service account; null where the account cannot. */
  readonly subscribeToAccount: ((receiver: AccountPushReceiver) => PushSubscription) | null
}

import type { Caller } from '../../domain/caller.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { Subscriber } from '../delivery/subscriber.ts'

/** How long an authorization is valid for a subscriber whose room is read with another caller's credential. */
const REAUTHORIZE_AFTER_MS = 60_000
/** When to retry where the provider could not check the credential. */
const RETRY_MS = 5_000

/** Error codes of authorization failures, as opposed to transient ones. */
export const AUTHORIZATION_ERRORS: ReadonlySet<ErrorCode> = new Set([
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
])

/** Whether the provider receives the same credential for two callers. All operators read as the service account. */
export function isSameCaller(a: Caller, b: Caller): boolean {
  if (a.role !== b.role) return false
  return a.role !== 'VISITOR' || b.role !== 'VISITOR' || a.token === b.token
}

/** Finds a subscriber with this caller's credential; null where there is none. */
export function findPeer(subscribers: Iterable<Subscriber>, caller: Caller): Subscriber | null {
  for (const subscriber of subscribers) if (isSameCaller(subscriber.caller, caller)) return subscriber
  return null
}

/**
 * Finds a caller whose authorization has expired; null where there is none. As long as the provider itself pushes to a
 * caller (`isPushedTo`), it authorizes that caller.
 */
export function findExpiredAuthorization(
  subscribers: Iterable<Subscriber>,
  isPushedTo: (caller: Caller) => boolean,
): Caller | null {
  const expiredBefore = performance.now() - REAUTHORIZE_AFTER_MS
  for (const { authorizedAt, caller } of subscribers)
    if (authorizedAt < expiredBefore && !isPushedTo(caller)) return caller
  return null
}

/** Chooses the caller whose credential reads for all: an operator where one is subscribed. Null without subscribers. */
export function choosePollingCaller(subscribers: Iterable<Subscriber>): Caller | null {
  let first: Caller | null = null
  for (const { caller } of subscribers) {
    if (caller.role === 'OPERATOR') return caller
    first ??= caller
  }
  return first
}

/** Renews the authorization of a caller's subscribers: the provider has just accepted its credential for the room. */
export function markAuthorized(subscribers: Iterable<Subscriber>, caller: Caller): void {
  const now = performance.now()
  for (const subscriber of subscribers)
    if (isSameCaller(subscriber.caller, caller)) subscriber.authorizedAt = now
}

/** Whether an authorization of then (`performance.now()`) is still valid. */
export function isAuthorizationValid(authorizedAt: number): boolean {
  return authorizedAt > performance.now() - REAUTHORIZE_AFTER_MS
}

/** Extends the authorization of a caller's subscribers until the retry: the provider could not be asked. */
export function extendAuthorization(subscribers: Iterable<Subscriber>, caller: Caller): void {
  const expiresSoon = performance.now() - REAUTHORIZE_AFTER_MS + RETRY_MS
  for (const subscriber of subscribers) {
    if (!isSameCaller(subscriber.caller, caller)) continue
    subscriber.authorizedAt = Math.max(subscriber.authorizedAt, expiresSoon)
  }
}

import type { Caller } from '../../domain/caller.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { Subscriber } from '../delivery/subscriber.ts'

/** A credential that others read for is shown to the provider again after this long. */
export const REAUTHORIZE_AFTER_MS = 60_000
/** Where that failed for another reason than the credential, it is shown again after this long. */
const RETRY_MS = 5_000

/** Failures that say "not you", where others say "not now". */
export const AUTHORIZATION_ERRORS: ReadonlySet<ErrorCode> = new Set([
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
])

/** Whether two callers come to the provider with the same credential. All operators come with the service account. */
export function isSameCaller(a: Caller, b: Caller): boolean {
  if (a.role !== b.role) return false
  return a.role !== 'VISITOR' || b.role !== 'VISITOR' || a.token === b.token
}

/** A watcher who comes with this caller's credential; null where none does. */
export function findPeer(watchers: Iterable<Subscriber>, caller: Caller): Subscriber | null {
  for (const watcher of watchers) if (isSameCaller(watcher.caller, caller)) return watcher
  return null
}

/** Somebody whom the provider has not granted the room for long; null where there is none. */
export function findExpiredAuthorization(watchers: Iterable<Subscriber>): Caller | null {
  const long = performance.now() - REAUTHORIZE_AFTER_MS
  for (const { authorizedAt: grantedAt, caller } of watchers) if (grantedAt < long) return caller
  return null
}

/** Whose credential reads for all: an operator's where one watches. Null of nobody. */
export function choosePollingCaller(watchers: Iterable<Subscriber>): Caller | null {
  let reader: Caller | null = null
  for (const { caller } of watchers) {
    if (caller.role === 'OPERATOR') return caller
    reader ??= caller
  }
  return reader
}

/** The provider has just granted a caller the room. */
export function markAuthorized(watchers: Iterable<Subscriber>, caller: Caller): void {
  for (const watcher of watchers)
    if (isSameCaller(watcher.caller, caller)) watcher.authorizedAt = performance.now()
}

/** The provider could not be asked: it is asked again soon, and the caller goes on as granted until then. */
export function extendAuthorization(watchers: Iterable<Subscriber>, caller: Caller): void {
  const soon = performance.now() - REAUTHORIZE_AFTER_MS + RETRY_MS
  for (const watcher of watchers) {
    if (isSameCaller(watcher.caller, caller)) watcher.authorizedAt = Math.max(watcher.authorizedAt, soon)
  }
}

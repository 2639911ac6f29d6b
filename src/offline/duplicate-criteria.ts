import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessage } from './offline-store.ts'

const MINUTE_MS = 60_000
/** How far the provider's clock may lie behind ours. */
const CLOCK_SKEW_MS = 2 * MINUTE_MS
/** How long after it was accepted the provider may have received what arrived at the first attempt. */
const FIRST_ATTEMPT_MS = 10 * MINUTE_MS

/** How long before its time in the provider's list a message may have been accepted here, at most; milliseconds. */
export const MAX_TRANSIT_MS = 36 * 60 * MINUTE_MS

/**
 * Whether a message of the provider's list is one that was accepted here: by its id where the provider's answer
 * named it, else by its sender, its words and its time. Where no time is known, none is taken for ours.
 */
export function isDuplicate(stored: StoredMessage, listed: OfflineMessage): boolean {
  const { draft, provider, nativeId } = stored
  if (listed.provider !== provider) return false
  if (nativeId !== null) return nativeId === listed.nativeId
  if (listed.receivedAt === null || !isOnTime(stored, listed.receivedAt)) return false
  return (
    plain(draft.email) === plain(listed.email ?? '') &&
    plain(draft.name) === plain(listed.name ?? '') &&
    words(draft.text) === words(listed.rawText)
  )
}

/** The moments between which a message must have been accepted here to be a listed one; null where no time is known. */
export function acceptanceRange({
  receivedAt,
}: OfflineMessage): { readonly from: Date; readonly to: Date } | null {
  if (receivedAt === null) return null
  const at = receivedAt.getTime()
  return { from: new Date(at - MAX_TRANSIT_MS), to: new Date(at + CLOCK_SKEW_MS) }
}

function isOnTime({ acceptedAt, attempts }: StoredMessage, receivedAt: Date): boolean {
  const way = receivedAt.getTime() - acceptedAt.getTime()
  return way >= -CLOCK_SKEW_MS && way <= (attempts > 1 ? MAX_TRANSIT_MS : FIRST_ATTEMPT_MS)
}

function plain(value: string): string {
  return value.trim().toLowerCase()
}

function words(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}

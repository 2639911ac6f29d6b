import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessage } from './offline-store.ts'

const MINUTE_MS = 60_000
/** How far the provider's clock may be behind this one. */
const MAX_CLOCK_SKEW_MS = 2 * MINUTE_MS
/** Maximum time from acceptance here to the provider's time for a message that arrived with its first attempt. */
const MAX_FIRST_ATTEMPT_MS = 10 * MINUTE_MS

/** Maximum time from acceptance here to the provider's time, retries included. */
export const MAX_TRANSIT_MS = 36 * 60 * MINUTE_MS

/** Reads the gateway's stored messages that a list shows. */
export interface StoredMessageSource {
  /** Whether one of them has this native id. */
  find(nativeId: string): Promise<boolean>
  /** The messages accepted before this time, newest first. */
  read(to: Date): AsyncIterable<StoredMessage>
}

/**
 * Finds, along a provider's list read newest first, the messages that the gateway's own list shows already. Each stored
 * message matches one message of the provider at most: the same text left twice is two messages.
 */
export class DuplicateMatcher {
  readonly #find: StoredMessageSource['find']
  readonly #read: (to: Date) => AsyncIterator<StoredMessage>
  #rows: AsyncIterator<StoredMessage> | null = null
  #next: StoredMessage | null = null
  #candidates: StoredMessage[] = []

  constructor({ find, read }: StoredMessageSource) {
    this.#find = find
    this.#read = (to) => read(to)[Symbol.asyncIterator]()
  }

  /** Whether the gateway's own list shows this message of the provider. Rejects if that list cannot be read. */
  async matches(listed: OfflineMessage): Promise<boolean> {
    if (listed.nativeId !== null && (await this.#find(listed.nativeId))) return true
    const range = acceptanceRange(listed)
    if (range === null) return false
    if (this.#rows === null) {
      this.#rows = this.#read(range.to)
      await this.#advance(this.#rows)
    }
    while (this.#next && this.#next.acceptedAt >= range.from) {
      if (this.#next.nativeId === null) this.#candidates.push(this.#next)
      await this.#advance(this.#rows)
    }
    this.#candidates = this.#candidates.filter(({ acceptedAt }) => acceptedAt <= range.to)
    const index = this.#candidates.findIndex((stored) => isDuplicate(stored, listed))
    if (index === -1) return false
    this.#candidates.splice(index, 1)
    return true
  }

  /** Stops reading. */
  async close(): Promise<void> {
    await this.#rows?.return?.()
  }

  /** After a read that fails there is no next message: the current one must not become a candidate twice. */
  async #advance(rows: AsyncIterator<StoredMessage>): Promise<void> {
    this.#next = null
    const result = await rows.next()
    this.#next = result.done ? null : result.value
  }
}

/**
 * Whether a message of the provider's list is a stored message: by its native id if the provider returned one, otherwise
 * by sender, text and time. A message without a time never matches.
 */
export function isDuplicate(stored: StoredMessage, listed: OfflineMessage): boolean {
  const { draft, provider, nativeId } = stored
  if (listed.provider !== provider) return false
  if (nativeId !== null) return nativeId === listed.nativeId
  if (listed.receivedAt === null || !isWithinTransit(stored, listed.receivedAt)) return false
  return (
    normalizeLine(draft.email) === normalizeLine(listed.email ?? '') &&
    normalizeLine(draft.name) === normalizeLine(listed.name ?? '') &&
    normalizeText(draft.text) === normalizeText(listed.rawText)
  )
}

/** The range of acceptance times of stored messages that a listed one may be; null if it has no time. */
export function acceptanceRange({
  receivedAt,
}: OfflineMessage): { readonly from: Date; readonly to: Date } | null {
  if (receivedAt === null) return null
  const at = receivedAt.getTime()
  return { from: new Date(at - MAX_TRANSIT_MS), to: new Date(at + MAX_CLOCK_SKEW_MS) }
}

function isWithinTransit({ acceptedAt, attempts }: StoredMessage, receivedAt: Date): boolean {
  const transitMs = receivedAt.getTime() - acceptedAt.getTime()
  return (
    transitMs >= -MAX_CLOCK_SKEW_MS && transitMs <= (attempts > 1 ? MAX_TRANSIT_MS : MAX_FIRST_ATTEMPT_MS)
  )
}

function normalizeLine(value: string): string {
  return value.trim().toLowerCase()
}

function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}

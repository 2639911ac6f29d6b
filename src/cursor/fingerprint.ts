import { z } from 'zod'
import type { Message, Position } from '../domain/model.ts'
import { shortHash } from '../domain/short-hash.ts'
import { messageVersion } from './message-version.ts'

/**
 * What a reader has seen of a room's newest messages, short enough for a cursor: whether anything of it is gone, or
 * was put between, can be told by it in another process, and of what is recent which.
 */
export interface Fingerprint {
  /** Where what it covers begins. */
  readonly from: Position
  /** A hash of the ids of all messages from there on that were not deleted and are for everyone. */
  readonly idsHash: string
  /** Provider time in microseconds: of each message written or changed at or after it there is a trace. */
  readonly recentFromMicros: number
  /** `TRACE` characters for each such message: which, and how it read. */
  readonly recentVersions: string
}

/** A message as a reader has seen it; `isOutdated` where it has changed since, and the reader was not told. */
export interface ReadMessage {
  readonly message: Message
  readonly isOutdated: boolean
}

const IDS = 8
const ID = 6
const VERSION = 4
const TRACE = ID + VERSION
/** How an outdated message reads: like no other. */
const UNKNOWN_VERSION = '.'.repeat(VERSION)

/** So many traces at most: a burst leaves more, and is then known by its ids only. */
export const MAX_RECENT_VERSIONS = 32

/** What `hashOfIds` gives. */
export const idsHashText = z.string().regex(/^[\w-]{8}$/)
/** What `traceOf` gives, so many times as there may be. */
export const recentVersionsText = z.string().regex(/^(?:[\w-]{6}(?:[\w-]{4}|\.{4})){0,32}$/)

/** The hash of the ids of messages in the order of the room. */
export function hashMessageIds(messages: readonly Message[]): string {
  return shortHash(JSON.stringify(messages.map(({ ref }) => ref.messageId)), IDS)
}

/** A message is in the prints of all cursors of the next seconds. */
const traces = new WeakMap<Message, string>()

/** The trace of a message. */
export function encodeVersion({ message, isOutdated }: ReadMessage): string {
  if (isOutdated) return shortHash(message.ref.messageId, ID) + UNKNOWN_VERSION
  const known = traces.get(message)
  if (known !== undefined) return known
  const trace = shortHash(message.ref.messageId, ID) + shortHash(messageVersion(message), VERSION)
  traces.set(message, trace)
  return trace
}

/** Whether there is a trace of a message, and of the version that is given. */
export function findVersion(print: Fingerprint, message: Message): 'none' | 'same version' | 'other version' {
  const wanted = encodeVersion({ message, isOutdated: false })
  const id = wanted.slice(0, ID)
  for (let at = 0; at < print.recentVersions.length; at += TRACE) {
    if (!print.recentVersions.startsWith(id, at)) continue
    return print.recentVersions.startsWith(wanted, at) ? 'same version' : 'other version'
  }
  return 'none'
}

import { z } from 'zod'
import type { Message, Position } from '../domain/model.ts'
import { shortHash } from '../domain/short-hash.ts'
import { hashMessageVersion } from './message-version.ts'

/**
 * A summary of the newest messages that a reader has read, short enough for a cursor. With it another process can detect
 * that one of these messages was deleted or that one was inserted among them, and identify the recent ones.
 */
export interface Fingerprint {
  /** The position of the first message that it covers. */
  readonly from: Position
  /** Hash of the ids of all messages from there on that are not deleted and visible to everyone. */
  readonly idsHash: string
  /** Provider time in microseconds: `recentVersions` contains each message created or changed at or after it. */
  readonly recentFromMicros: number
  /** One encoded version of fixed length (`encodeVersion`) per recent message. */
  readonly recentVersions: string
}

/** A message that a reader has read; `isOutdated` where it has changed since and the reader did not receive the change. */
export interface ReadMessage {
  readonly message: Message
  readonly isOutdated: boolean
}

const IDS_HASH_LENGTH = 8
const ID_HASH_LENGTH = 6
const VERSION_HASH_LENGTH = 4
const ENCODED_LENGTH = ID_HASH_LENGTH + VERSION_HASH_LENGTH
/** The version of an outdated message; it equals no hash. */
const UNKNOWN_VERSION = '.'.repeat(VERSION_HASH_LENGTH)

/** Maximum number of recent versions. The older messages of a burst are covered by `idsHash` only. */
export const MAX_RECENT_VERSIONS = 32

/** The format of `Fingerprint.idsHash`. */
export const idsHashText = z.string().regex(/^[\w-]{8}$/)
/** The format of `Fingerprint.recentVersions`. */
export const recentVersionsText = z.string().regex(/^(?:[\w-]{6}(?:[\w-]{4}|\.{4})){0,32}$/)

/** Hashes the ids of messages that are in the order of the room. */
export function hashMessageIds(messages: readonly Message[]): string {
  return shortHash(JSON.stringify(messages.map(({ ref }) => ref.messageId)), IDS_HASH_LENGTH)
}

/** Caches encoded versions: the cursors of several seconds contain the same message. */
const encodedVersions = new WeakMap<Message, string>()

/** Encodes a message's id and version. */
export function encodeVersion({ message, isOutdated }: ReadMessage): string {
  if (isOutdated) return shortHash(message.ref.messageId, ID_HASH_LENGTH) + UNKNOWN_VERSION
  const known = encodedVersions.get(message)
  if (known !== undefined) return known
  const id = shortHash(message.ref.messageId, ID_HASH_LENGTH)
  const encoded = id + hashMessageVersion(message, VERSION_HASH_LENGTH)
  encodedVersions.set(message, encoded)
  return encoded
}

/** Finds a message among the recent versions, and compares its version. */
export function findVersion({ recentVersions }: Fingerprint, message: Message): 'absent' | 'same' | 'other' {
  const encoded = encodeVersion({ message, isOutdated: false })
  const id = encoded.slice(0, ID_HASH_LENGTH)
  for (let at = 0; at < recentVersions.length; at += ENCODED_LENGTH) {
    if (!recentVersions.startsWith(id, at)) continue
    return recentVersions.startsWith(encoded, at) ? 'same' : 'other'
  }
  return 'absent'
}

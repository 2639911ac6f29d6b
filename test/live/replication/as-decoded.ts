import { expect } from 'vitest'
import { fileVersionHash } from '../../../src/cursor/message-version.ts'
import type { Message, Room } from '../../../src/domain/model.ts'

/** A message as another process reads it: without the addresses of files that the provider keeps. */
export function messageAsDecoded(message: Message): Message {
  const versionHash = fileVersionHash(message)
  if (versionHash === undefined) return message
  const attachments = message.attachments.map((attachment) => ({ ...attachment, providerUrl: null }))
  return { ...message, attachments, versionHash }
}

/** A room as another process reads it. */
export function roomAsDecoded(room: Room): Room {
  return { ...room, lastMessage: room.lastMessage && messageAsDecoded(room.lastMessage) }
}

/** Expects that a value was decoded as this one, with the same optional fields. */
export function expectDecoded(decoded: unknown, expected: unknown): void {
  // fast-check makes objects without prototype, too.
  expect(decoded).toStrictEqual(structuredClone(expected))
}

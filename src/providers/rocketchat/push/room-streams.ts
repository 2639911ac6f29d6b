import type { PushedChange } from '../../../domain/push.ts'
import { fieldOf, readNonEmptyString, readOptional, readString } from '../../shared/read-document.ts'
import { mapMessage, type ProviderOrigin } from '../map.ts'
import { readMessage, type WireMessage } from '../wire.ts'
import type { StreamSpec } from './shared-subscription.ts'

const UNREADABLE: readonly PushedChange[] = [{ type: 'Unreadable' }]

/** Maps what the streams of rooms contain to changes (docs/providers/rocketchat.md 7.2). */
export class RoomStreams {
  readonly #origin: ProviderOrigin
  readonly #onMessage: (wire: WireMessage, roomId: string) => void

  /** `onMessage` receives each message that could be read. */
  constructor(origin: ProviderOrigin, onMessage: (wire: WireMessage, roomId: string) => void) {
    this.#origin = origin
    this.#onMessage = onMessage
  }

  /**
   * A visitor's room. The server tests the room's own stream for access, which is more than a visitor's own livechat rooms;
   * the stream of deletions tests exactly that, so both are required.
   */
  ofVisitor(roomId: string): readonly StreamSpec<PushedChange>[] {
    return [
      { ...this.#deletions(roomId), need: 'required', provesAccess: true },
      {
        stream: 'stream-room-messages',
        event: roomId,
        need: 'required',
        read: ([document]) => this.readMessage(document, roomId),
      },
      this.#bulkDeletions(roomId),
    ]
  }

  /**
   * What `__my_messages__` does not carry of an operator's room. Up to 5.x the server refuses it to an account that is no
   * member of the room (docs/providers/rocketchat.md 20): polls find deletions then.
   */
  ofAccount(roomId: string): readonly StreamSpec<PushedChange>[] {
    return [{ ...this.#deletions(roomId), need: 'awaited' }, this.#bulkDeletions(roomId)]
  }

  /** A message that is new, edited or marked as deleted: the event does not say which. */
  readMessage(document: unknown, roomId: string): readonly PushedChange[] {
    const wire = readOptional(document, readMessage, new Set())
    if (wire === null || (wire.rid ?? roomId) !== roomId) return UNREADABLE
    this.#onMessage(wire, roomId)
    // Reads leave a hidden message out: it was deleted, or is the text before an edit.
    if (wire._hidden) return UNREADABLE
    return [{ type: 'Message', message: mapMessage(wire, roomId, this.#origin) }]
  }

  #deletions(roomId: string): Omit<StreamSpec<PushedChange>, 'need'> {
    return {
      stream: 'stream-notify-room',
      event: `${roomId}/deleteMessage`,
      read: ([deletion]) => toDeletions([readNonEmptyString(fieldOf(deletion, '_id'))]),
    }
  }

  /** Retention removes messages in bulk, rarely in livechat rooms; without ids the room must be read. */
  #bulkDeletions(roomId: string): StreamSpec<PushedChange> {
    return {
      stream: 'stream-notify-room',
      event: `${roomId}/deleteMessageBulk`,
      need: 'optional',
      read: ([deletion]) => {
        const ids = fieldOf(deletion, 'ids')
        return Array.isArray(ids) ? toDeletions(ids.map(readNonEmptyString)) : UNREADABLE
      },
    }
  }
}

/** A message of any livechat room, not yet read. */
export interface AccountMessage {
  readonly roomId: string
  readonly document: unknown
}

/** Reads an event of `__my_messages__`; empty for other kinds of rooms, which operators must not see. */
export function readAccountMessage([document, room]: readonly unknown[]): readonly AccountMessage[] {
  const roomId = readNonEmptyString(fieldOf(document, 'rid'))
  if (roomId === null || readString(fieldOf(room, 'roomType')) !== 'l') return []
  return [{ roomId, document }]
}

function toDeletions(ids: readonly (string | null)[]): readonly PushedChange[] {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0 || known.length < ids.length) return UNREADABLE
  return known.map((messageId) => ({ type: 'MessageDeleted', messageId }))
}

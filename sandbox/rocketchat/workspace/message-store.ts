import type { Message } from '../model.ts'

/** An insert of an `_id` that is taken; the text is MongoDB's. */
export class DuplicateKeyError extends Error {
  constructor(id: string) {
    super(
      `E11000 duplicate key error collection: rocketchat.rocketchat_message index: _id_ dup key: { _id: "${id}" }`,
    )
  }
}

/**
 * The messages by id and by room. Within a room they have the order of the server's index `{rid, ts, _updatedAt}`,
 * so messages of one millisecond have no order of their own, and an edit changes it.
 */
export class MessageStore {
  readonly #byId = new Map<string, Message>()
  readonly #rooms = new Map<string, Message[]>()

  get(id: string): Message | undefined {
    return this.#byId.get(id)
  }

  /** Throws a DuplicateKeyError where the id is taken, in whichever room. */
  insert(message: Message): void {
    if (this.#byId.has(message._id)) throw new DuplicateKeyError(message._id)
    this.#byId.set(message._id, message)
    const room = this.#rooms.get(message.rid) ?? []
    this.#rooms.set(message.rid, room)
    room.splice(placeOf(message, room), 0, message)
  }

  /** Updates some fields of a stored message. Returns the new document, or undefined for an unknown id. */
  update(id: string, patch: Partial<Message>): Message | undefined {
    const message = this.remove(id)
    if (!message) return undefined
    const changed = { ...message, ...patch }
    this.insert(changed)
    return changed
  }

  /** Removes and returns a message; undefined for an unknown id. */
  remove(id: string): Message | undefined {
    const message = this.#byId.get(id)
    if (!message) return undefined
    this.#byId.delete(id)
    const room = this.#rooms.get(message.rid) ?? []
    room.splice(room.lastIndexOf(message), 1)
    return message
  }

  removeRoom(rid: string): void {
    for (const { _id } of this.#rooms.get(rid) ?? []) this.#byId.delete(_id)
    this.#rooms.delete(rid)
  }

  /** Everything stored of a room, hidden documents too, oldest first. */
  ofRoom(rid: string): readonly Message[] {
    return this.#rooms.get(rid) ?? []
  }

  /** A room's messages older than `before` (epoch ms, exclusive), newest first; without `before` all of them. */
  *newestFirst(rid: string, before = Number.POSITIVE_INFINITY): Generator<Message> {
    const room = this.ofRoom(rid)
    for (let index = firstAtOrAfter(before, room) - 1; index >= 0; index -= 1) {
      const message = room[index]
      if (message) yield message
    }
  }
}

/** The index of a message: after all that are not newer by `ts`, then by `_updatedAt`. */
function placeOf(message: Message, room: readonly Message[]): number {
  return partition(
    room,
    (other) =>
      other.ts.getTime() < message.ts.getTime() ||
      (other.ts.getTime() === message.ts.getTime() &&
        other._updatedAt.getTime() <= message._updatedAt.getTime()),
  )
}

function firstAtOrAfter(time: number, room: readonly Message[]): number {
  return partition(room, (message) => message.ts.getTime() < time)
}

/** The number of leading items for which `isBefore` holds. It must hold for a prefix of the list only. */
function partition<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && isBefore(item)) low = middle + 1
    else high = middle
  }
  return low
}

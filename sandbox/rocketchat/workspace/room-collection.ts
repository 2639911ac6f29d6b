import type { Room } from '../model.ts'

/** The rooms by id. It reports each write, as a database's change stream does, but not removals. */
export class RoomCollection extends Map<string, Room> {
  readonly #onWrite: (room: Room) => void

  constructor(onWrite: (room: Room) => void) {
    super()
    this.#onWrite = onWrite
  }

  override set(rid: string, room: Room): this {
    super.set(rid, room)
    this.#onWrite(room)
    return this
  }
}

import { clock } from '../shared/usage.ts'
import { MESSAGE_EVERY_MS } from './scenario.ts'

const TEXT = 'Your parcel has left the depot and arrives tomorrow before noon.'

/** Writes messages into rooms at the pace of people. Each text begins with the time of its commit and its own name. */
export class MessageWriter {
  readonly #write: (room: number, text: string) => void
  readonly #timers = new Map<number, NodeJS.Timeout>()
  #written = 0

  /** `write` commits an agent's message in the room with this index. */
  constructor(write: (room: number, text: string) => void) {
    this.#write = write
  }

  /** Starts in this many rooms, in each at a random moment. */
  start(rooms: number): void {
    for (let room = 0; room < rooms; room += 1) this.#writeAfter(room, Math.random() * MESSAGE_EVERY_MS.max)
  }

  /** Returns the number of messages. */
  stop(): number {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    return this.#written
  }

  #writeAfter(room: number, ms: number): void {
    const timer = setTimeout(() => {
      this.#written += 1
      this.#write(room, `${clock()} ${room}.${this.#written} ${TEXT}`)
      const { min, max } = MESSAGE_EVERY_MS
      this.#writeAfter(room, min + Math.random() * (max - min))
    }, ms)
    this.#timers.set(room, timer)
  }
}

const WRITTEN = /"text":"(\d+) (\d+\.\d+) /

/** A message of the writer in what a subscriber receives: the time of its commit (`clock()`) and its name; null without one. */
export function findWritten(text: string): { readonly committedAt: number; readonly name: string } | null {
  const [, committedAt, name] = WRITTEN.exec(text) ?? []
  return name === undefined ? null : { committedAt: Number(committedAt), name }
}
